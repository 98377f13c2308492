import type { Footage } from "./footage.ts";

/** Where something moves in a frame, from its middle: −1 left or top, 1 right or foot. */
export interface Sway {
  readonly x: number;
  readonly y: number;
  /** How much moves, 0 to 1. */
  readonly energy: number;
}

/** A stretch that is decoded at once. */
const STRETCH = 96;
/** How much of the place before is kept: a hand that shakes must not tear the character about. */
const CALM = 0.7;

/**
 * Follows what moves in a clip, frame by frame.
 * @param footage Decoded small: every pixel is looked at.
 */
export async function followMotion(footage: Footage, frames: number): Promise<readonly Sway[]> {
  const path: Sway[] = [];
  let before: Uint8ClampedArray | null = null;
  let place: Sway = { x: 0, y: 0, energy: 0 };
  for (let from = 0; from < frames; from += STRETCH) {
    const count = Math.min(STRETCH, frames - from);
    await footage.load(from, count);
    for (let frame = from; frame < from + count; frame += 1) {
      const { pen, width, height } = footage.frame(frame);
      const pixels = pen.getImageData(0, 0, width, height).data;
      const seen = before === null ? null : difference(before, pixels, width);
      if (seen !== null) place = blend(place, seen);
      path.push(place);
      before = pixels;
    }
  }
  return path;
}

/** The middle of what changed between two frames, or `null` when nothing did. */
function difference(before: Uint8ClampedArray, now: Uint8ClampedArray, width: number): Sway | null {
  const height = now.length / 4 / width;
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let at = 0; at < now.length; at += 4) {
    const change = Math.abs((now[at + 1] ?? 0) - (before[at + 1] ?? 0));
    // Below this it is the noise of the clip's own encoder.
    if (change < 10) continue;
    const pixel = at / 4;
    sum += change;
    sumX += change * (pixel % width);
    sumY += change * Math.floor(pixel / width);
  }
  if (sum === 0) return null;
  return {
    x: (sumX / sum / (width - 1)) * 2 - 1,
    y: (sumY / sum / (height - 1)) * 2 - 1,
    energy: Math.min(1, sum / (width * height * 24)),
  };
}

function blend(before: Sway, seen: Sway): Sway {
  const mix = (a: number, b: number): number => CALM * a + (1 - CALM) * b;
  return {
    x: mix(before.x, seen.x),
    y: mix(before.y, seen.y),
    energy: mix(before.energy, seen.energy),
  };
}
