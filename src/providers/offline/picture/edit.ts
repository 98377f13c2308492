import type { RenderJob } from "../job.ts";
import { applyLooks } from "../look/apply.ts";
import { grade } from "../look/grade.ts";
import { openSheet, type Sheet } from "../paint/canvas.ts";
import { castLayers } from "../paint/cast.ts";
import { css, type Lch } from "../paint/colour.ts";
import { heavenLayers } from "../paint/heavens.ts";
import { buildScene } from "../paint/scene.ts";
import { openStage, STILL } from "../paint/stage.ts";
import { weatherLayers } from "../paint/weather.ts";
import type { ScenePlan } from "../scene/plan.ts";
import { loadPicture } from "./load.ts";

/** A picture of the customer that is to be changed. */
export interface Edit {
  /** The picture, as large as the result. */
  readonly base: Sheet;
  /** What the instruction asks for. */
  readonly plan: ScenePlan;
  /** The mask as large as the result, or `null` to change the whole. */
  readonly mask: Sheet | null;
}

/**
 * Changes a picture by an instruction: light, weather, season, colours and looks grade it, what is
 * named is put in. With a mask everything happens inside it, and outside no pixel changes.
 */
export function editPicture({ base, plan, mask }: Edit): Sheet {
  const changed = openSheet(base.width, base.height);
  if (mask === null) {
    changed.pen.drawImage(base.canvas, 0, 0);
    change(changed, plan);
    return changed;
  }
  const share = readMask(mask);
  const box = boxOf(share, base);
  const scene = openSheet(box.width, box.height);
  buildScene(openStage(plan, box)).draw(scene);
  applyLooks(scene, plan);
  changed.pen.drawImage(scene.canvas, box.x, box.y);
  return inside({ base, changed, mask: share });
}

/** Loads the mask of an edit. */
export async function loadMask(job: RenderJob, url: string, size: Sheet): Promise<Sheet> {
  return loadPicture(job, url, size);
}

/** Lays the light, the season and the colour that words name over a picture. */
export function relight(target: Sheet, plan: ScenePlan): void {
  if (isLit(plan)) gradeLight(target, plan);
  const tint = tintOf(plan);
  if (tint !== undefined) wash(target, { colour: tint, mode: "color", alpha: 0.4 });
}

/** Words of which none is known still leave a trace, by the hue that their hash gives. */
export function leaveTrace(target: Sheet, plan: ScenePlan): void {
  const { subjects, looks, seed } = plan;
  if (isLit(plan) || tintOf(plan) !== undefined || subjects.length + looks.length > 0) return;
  wash(target, { colour: [0.6, 0.12, seed % 360], mode: "soft-light", alpha: 0.3 });
  grade(target, { saturation: 1.12, contrast: 1.12, tint: null });
}

function isLit({ why }: ScenePlan): boolean {
  return why.some((line) => /: (time|weather|season|place) /.test(line));
}

function tintOf({ subjects, accents }: ScenePlan): Lch | undefined {
  return subjects.length === 0 ? accents[0] : undefined;
}

function change(target: Sheet, plan: ScenePlan): void {
  const { pen, width, height } = target;
  relight(target, plan);
  const stage = openStage({ ...plan, setting: "backdrop" }, { width, height });
  const open = openStage({ ...plan, setting: "hills" }, { width, height });
  for (const layer of [
    ...heavenLayers(open),
    ...castLayers(placedOn(stage.plan) ? open : stage),
    ...weatherLayers(open),
  ]) {
    layer.draw(target, STILL);
    pen.resetTransform();
    pen.globalCompositeOperation = "source-over";
  }
  leaveTrace(target, plan);
  applyLooks(target, plan);
}

function placedOn({ subjects }: ScenePlan): boolean {
  return subjects.length > 0;
}

interface Wash {
  readonly colour: Lch;
  readonly mode: "color" | "soft-light" | "multiply" | "screen";
  readonly alpha: number;
}

function wash({ pen, width, height }: Sheet, { colour, mode, alpha }: Wash): void {
  pen.save();
  pen.globalCompositeOperation = mode;
  pen.globalAlpha = alpha;
  pen.fillStyle = css(colour);
  pen.fillRect(0, 0, width, height);
  pen.restore();
}

function gradeLight(target: Sheet, { palette, has, paletteName }: ScenePlan): void {
  const { pen, width, height } = target;
  if (palette.dark > 0.5) {
    wash(target, { colour: [0.34, 0.09, 268], mode: "multiply", alpha: 0.35 + 0.5 * palette.dark });
    wash(target, { colour: [0.3, 0.1, 265], mode: "soft-light", alpha: 0.4 });
  } else if (paletteName !== "noon") {
    pen.save();
    pen.globalCompositeOperation = "soft-light";
    const fill = pen.createLinearGradient(0, 0, 0, height);
    palette.sky.forEach((tone, index) => void fill.addColorStop(index / 3, css(tone, 0.8)));
    pen.fillStyle = fill;
    pen.fillRect(0, 0, width, height);
    pen.restore();
  }
  if (has.snow !== undefined || has.winter !== undefined) {
    wash(target, { colour: [0.95, 0.02, 240], mode: "screen", alpha: 0.16 });
    grade(target, { saturation: 0.6, contrast: 1, tint: null });
  }
  if (has.autumn !== undefined)
    wash(target, { colour: [0.65, 0.16, 55], mode: "color", alpha: 0.3 });
  if (has.rain !== undefined || has.fog !== undefined)
    grade(target, { saturation: 0.6, contrast: 1, tint: null });
}

/** How much each pixel may change: said by a mask's holes, or else by its brightness. */
function readMask({ pen, width, height }: Sheet): Uint8ClampedArray {
  const { data } = pen.getImageData(0, 0, width, height);
  let holed = false;
  for (let place = 3; place < data.length && !holed; place += 4) holed = (data[place] ?? 255) < 250;
  const share = new Uint8ClampedArray(width * height);
  for (let pixel = 0; pixel < share.length; pixel += 1) {
    const at = pixel * 4;
    const bright = ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3;
    share[pixel] = holed ? 255 - (data[at + 3] ?? 255) : bright;
  }
  return share;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box round what a mask opens; the whole picture when it opens nothing. */
function boxOf(mask: Uint8ClampedArray, { width, height }: Sheet): Box {
  let [left, top, right, bottom] = [width, height, -1, -1];
  mask.forEach((share, pixel) => {
    if (share < 8) return;
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  });
  if (right < 0) return { x: 0, y: 0, width, height };
  return {
    x: left,
    y: top,
    width: Math.max(16, right - left + 1),
    height: Math.max(16, bottom - top + 1),
  };
}

interface Inside {
  readonly base: Sheet;
  readonly changed: Sheet;
  readonly mask: Uint8ClampedArray;
}

function inside({ base, changed, mask }: Inside): Sheet {
  const { width, height } = base;
  const before = base.pen.getImageData(0, 0, width, height);
  const after = changed.pen.getImageData(0, 0, width, height).data;
  for (let pixel = 0; pixel < mask.length; pixel += 1) {
    const share = (mask[pixel] ?? 0) / 255;
    if (share === 0) continue;
    for (let part = 0; part < 3; part += 1) {
      const at = pixel * 4 + part;
      before.data[at] = (before.data[at] ?? 0) * (1 - share) + (after[at] ?? 0) * share;
    }
  }
  changed.pen.putImageData(before, 0, 0);
  return changed;
}
