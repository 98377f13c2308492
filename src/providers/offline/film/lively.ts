import { openSheet, type Sheet } from "../paint/canvas.ts";
import type { Size } from "../request/ratio.ts";

/** What is added to a shot in which too little would happen. */
export interface Lift {
  /** How much more the camera travels than planned, 0 to 1. */
  readonly push: number;
  /** How strongly light drifts over the scene: levels of change that it brings to each frame. */
  readonly light: number;
}

/** A shot as it was planned. */
export const AS_PLANNED: Lift = { push: 0, light: 0 };

/** A shot that may be drawn with more motion than it has. */
export interface LiftedShot {
  readonly size: Size;
  readonly frames: number;
  /** Draws a frame, on a sheet of the size. */
  draw(target: Sheet, frame: number, lift: Lift): void;
}

/** Levels, of 255, by which frames that follow each other differ on average at the least. */
const LEAST = 0.44;
/** Tried in turn: the camera first, light where that is not enough. */
const LIFTS: readonly Lift[] = [
  AS_PLANNED,
  { push: 1, light: 0 },
  { push: 1, light: 0.35 },
  { push: 1, light: 0.55 },
];
/** Where in a shot pairs of frames are looked at. */
const PLACES = [0.04, 0.3, 0.62, 0.96];
/** Frames are looked at as small as this: what changes in single pixels does not count. */
const LOOK = { width: 160, height: 90 } as const;

/** The size at which a shot is tried, with the shape of the film. */
export function trialSize({ width, height }: Size): Size {
  const scale = Math.min(1, 240 / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** Finds the least lift with which frames of a shot never stand nearly still. */
export function chooseLift(shot: LiftedShot): Lift {
  const target = openSheet(shot.size.width, shot.size.height);
  const small = openSheet(LOOK.width, LOOK.height);
  const look = (frame: number, lift: Lift): Uint8ClampedArray => {
    shot.draw(target, frame, lift);
    small.pen.drawImage(target.canvas, 0, 0, LOOK.width, LOOK.height);
    return small.pen.getImageData(0, 0, LOOK.width, LOOK.height).data;
  };
  let chosen = AS_PLANNED;
  for (const lift of LIFTS) {
    chosen = lift;
    const calm = PLACES.some((place) => {
      const frame = Math.floor(place * Math.max(0, shot.frames - 2));
      return change(look(frame, lift), look(frame + 1, lift)) < LEAST;
    });
    if (!calm) break;
  }
  return chosen;
}

/** Mean difference of lightness. */
function change(before: Uint8ClampedArray, now: Uint8ClampedArray): number {
  let sum = 0;
  for (let at = 0; at < now.length; at += 4) {
    sum += Math.abs(lightness(now, at) - lightness(before, at));
  }
  return sum / (now.length / 4);
}

function lightness(pixels: Uint8ClampedArray, at: number): number {
  const [red, green, blue] = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
  return Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue);
}

/** Seconds in which a wave of light passes. */
const PERIOD_S = 3;
const WAVES = 4;

/** Lets wide, soft light and shade drift over a frame, as clouds do. Never stands still. */
export function driftLight(
  { pen, width, height }: Sheet,
  { t, fps, light, way }: { readonly way: number; readonly t: number } & Light,
): void {
  // Every point goes up and down by twice this share of 255 in each period.
  const alpha = Math.min(0.1, (light * PERIOD_S * fps) / (2 * 255));
  if (alpha <= 0) return;
  const long = width * 1.2;
  const lean = 0.3;
  const passed = (t / PERIOD_S) % 1;
  // Along its own direction, so that a wave that has passed leaves the next one in its place.
  const start = ((way > 0 ? passed : 1 - passed) - 2) * long;
  const end = start + WAVES * long;
  const wave = pen.createLinearGradient(start, start * lean, end, end * lean);
  for (let step = 0; step <= WAVES * 12; step += 1) {
    const swell = Math.sin((step / 6) * Math.PI);
    const share = step / (WAVES * 12);
    const strength = (alpha * Math.abs(swell)).toFixed(4);
    // Between light and shade nothing is drawn, in the colour of either.
    if (swell > -0.01) wave.addColorStop(share, `rgba(255,248,236,${strength})`);
    if (swell < 0.01) wave.addColorStop(share, `rgba(6,4,16,${strength})`);
  }
  pen.globalCompositeOperation = "source-over";
  pen.globalAlpha = 1;
  pen.fillStyle = wave;
  pen.fillRect(0, 0, width, height);
}

interface Light {
  readonly fps: number;
  readonly light: number;
}
