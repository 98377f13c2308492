import { openSheet, type Sheet } from "../paint/canvas.ts";
import type { ScenePlan } from "../scene/plan.ts";
import type { Film } from "./direct.ts";
import type { Footage } from "./footage.ts";
import type { Sway } from "./sway.ts";

/** A character of a picture that moves as something in a clip does. */
export interface MotionFilm {
  readonly picture: Sheet;
  readonly sway: readonly Sway[];
  readonly frames: number;
  readonly fps: number;
  readonly plan: ScenePlan;
  /** The clip itself, where the character is put into it; else its own picture fills the frame. */
  readonly into: Footage | null;
}

/** How far the character follows, as shares of the frame. */
const REACH = { x: 0.07, y: 0.06 } as const;
/** Room at the edges, so that what leans and shifts leaves no border. */
const ZOOM = 1.2;

/** Lets a picture follow the motion of a clip, alone or inside of the clip. */
export function motionFilm({ picture, sway, frames, fps, plan, into }: MotionFilm): Film {
  const { width, height } = picture;
  const figure = into === null ? null : cutOut(picture);
  return {
    frames,
    fps,
    plans: [plan],
    faithful: true,
    ...(into === null ? {} : { load: (from: number, count: number) => into.load(from, count) }),
    draw({ pen }, frame) {
      const { x, y, energy } = sway[frame % Math.max(1, sway.length)] ?? { x: 0, y: 0, energy: 0 };
      pen.resetTransform();
      pen.globalCompositeOperation = "source-over";
      if (into !== null) pen.drawImage(into.frame(frame).canvas, 0, 0, width, height);
      // Inside of a clip the character goes where the motion is; its own picture only leans to it.
      const reach = figure === null ? REACH : { x: 0.32, y: 0.2 };
      const scale = figure === null ? ZOOM + 0.04 * energy : 1 + 0.06 * energy;
      pen.translate(width * (0.5 + reach.x * x), height * (0.5 + reach.y * y));
      pen.rotate(0.03 * x);
      pen.scale(scale, scale);
      pen.drawImage((figure ?? picture).canvas, -width / 2, -height / 2);
      pen.resetTransform();
    },
  };
}

/** The middle of a picture, where its character stands, with a soft edge. */
function cutOut({ canvas, width, height }: Sheet): Sheet {
  const sheet = openSheet(width, height);
  const { pen } = sheet;
  pen.drawImage(canvas, 0, 0);
  pen.globalCompositeOperation = "destination-in";
  pen.translate(width / 2, height / 2);
  pen.scale(Math.min(width, height * 0.8) / 2.2, height / 2.2);
  const edge = pen.createRadialGradient(0, 0, 0.55, 0, 0, 0.95);
  edge.addColorStop(0, "rgba(0,0,0,1)");
  edge.addColorStop(1, "rgba(0,0,0,0)");
  pen.fillStyle = edge;
  pen.fillRect(-3, -3, 6, 6);
  pen.resetTransform();
  pen.globalCompositeOperation = "source-over";
  return sheet;
}
