import { makeChance } from "../chance.ts";
import { openSheet, type Sheet } from "../paint/canvas.ts";
import { openStage, STILL } from "../paint/stage.ts";
import { weatherLayers } from "../paint/weather.ts";
import type { Size } from "../request/ratio.ts";
import type { ScenePlan } from "../scene/plan.ts";
import type { Film } from "./direct.ts";
import { chooseLift, driftLight, type Lift, trialSize } from "./lively.ts";

/** A film that begins, and may end, with pictures of the customer. */
export interface StillFilm {
  readonly start: Sheet | null;
  readonly end: Sheet | null;
  readonly frames: number;
  readonly fps: number;
  readonly plan: ScenePlan;
}

const STRIPS = 60;

/**
 * Brings a picture to life: it comes nearer round what matters, the ground moves more than the
 * sky, weather of the prompt falls in front. The first frame is the first picture, the last frame
 * the last one.
 */
export function stillFilm(still: StillFilm): Film {
  const { start, end, frames, fps, plan } = still;
  const paint = openPainter(still);
  const lift = liftOf(still);
  return {
    frames,
    fps,
    plans: [plan],
    faithful: true,
    draw: (target, frame) => {
      if (start === null && end === null) return;
      paint(target, frame, lift);
    },
  };
}

type Painter = (target: Sheet, frame: number, lift: Lift) => void;

function openPainter({ start, end, frames, fps, plan }: StillFilm): Painter {
  const base = start ?? end;
  const weather =
    base === null ? [] : weatherLayers(openStage({ ...plan, setting: "hills" }, base));
  const way = makeChance(plan.seed)("still")() < 0.5 ? -1 : 1;
  const over = base === null ? null : openSheet(base.width, base.height);
  return (target, frame, { push, light }) => {
    const share = frames <= 1 ? 0 : frame / (frames - 1);
    const t = frame / fps;
    const far = 1 + push;
    if (start !== null)
      drawAlive(target, {
        picture: start,
        amount: ease(share) * Math.min(1.4, frames / fps / 6) * far,
        way,
        t,
        rest: share,
      });
    if (end !== null && over !== null) {
      const back = 1 - share;
      const from = start === null ? target : over;
      drawAlive(from, { picture: end, amount: ease(back) * 0.8 * far, way: -way, t, rest: back });
      if (start !== null) dissolve(target, over, Math.min(1, Math.max(0, (share - 0.4) / 0.3)));
    }
    // The pictures that were given are shown as they are, in the light that they have.
    const since = start === null ? 1 : t / LIGHT_COMES_S;
    const until = end === null ? 1 : (frames - 1 - frame) / fps / LIGHT_COMES_S;
    driftLight(target, { t, fps, light: light * Math.min(1, since, until), way });
    // What falls in front is not in the customer's picture: it comes after the first frame.
    const life = Math.min(1, share * 10, end === null ? 1 : (1 - share) * 10);
    if (life <= 0) return;
    target.pen.save();
    target.pen.globalAlpha = life;
    for (const layer of life < 1 ? [] : weather)
      layer.draw(target, { ...STILL, t, duration: frames / fps });
    target.pen.restore();
  };
}

/** Seconds in which drifting light comes over a picture that was given. */
const LIGHT_COMES_S = 0.5;

/** How much motion the pictures need beside the planned; tried small. */
function liftOf(still: StillFilm): Lift {
  const size = trialSize(still.start ?? still.end ?? { width: 1, height: 1 });
  const start = still.start === null ? null : shrink(still.start, size);
  const end = still.end === null ? null : shrink(still.end, size);
  const draw = openPainter({ ...still, start, end });
  return chooseLift({ size, frames: still.frames, draw });
}

function shrink({ canvas }: Sheet, { width, height }: Size): Sheet {
  const sheet = openSheet(width, height);
  sheet.pen.drawImage(canvas, 0, 0, width, height);
  return sheet;
}

interface Alive {
  readonly picture: Sheet;
  /** How far the camera has gone, 0 at the picture itself. */
  readonly amount: number;
  readonly way: number;
  readonly t: number;
  /** 0 where the picture must be as it was given. */
  readonly rest: number;
}

/** Draws rows that move the more the lower they lie: depth without knowing it. */
function drawAlive({ pen }: Sheet, { picture, amount, way, t, rest }: Alive): void {
  const { width, height, canvas } = picture;
  if (amount <= 0.0001) return void pen.drawImage(canvas, 0, 0);
  const zoom = 1 + 0.13 * amount;
  const calm = Math.min(1, rest * 8);
  for (let strip = 0; strip < STRIPS; strip += 1) {
    const from = Math.floor((height * strip) / STRIPS);
    const to = Math.floor((height * (strip + 1)) / STRIPS);
    const v = strip / STRIPS;
    const depth = Math.max(0, v - 0.4) ** 2;
    const sway = Math.sin(t * 1.1 + v * 5) * 0.0012 * calm;
    const scale = zoom + depth * 0.09 * amount;
    const shift = (way * amount * depth * 0.07 + sway) * width;
    const y0 = height * 0.45 + (from - height * 0.45) * zoom;
    const y1 = height * 0.45 + (to - height * 0.45) * zoom;
    pen.drawImage(
      canvas,
      0,
      from,
      width,
      to - from,
      (width - width * scale) / 2 + shift,
      y0,
      width * scale,
      y1 - y0 + 1,
    );
  }
}

function dissolve({ pen }: Sheet, over: Sheet, share: number): void {
  if (share <= 0) return;
  pen.globalAlpha = share * share * (3 - 2 * share);
  pen.drawImage(over.canvas, 0, 0);
  pen.globalAlpha = 1;
}

function ease(share: number): number {
  return 0.7 * share + 0.3 * share * share * (3 - 2 * share);
}
