import { newStage, RATE, type Stage } from "../synth/stage.ts";
import { loudness } from "./loudness.ts";

/** A sound and how loud it shall be in a blend. */
export interface Layer {
  readonly stage: Stage;
  /** LUFS; `null` leaves it as it is. */
  readonly lufs: number | null;
}

/** Adds sounds on top of each other, each brought to its loudness. */
export function blend(layers: readonly Layer[]): Stage {
  const length = Math.max(...layers.map(({ stage }) => stage.left.length));
  const sum = newStage(length);
  for (const { stage, lufs } of layers) {
    const gain = lufs === null ? 1 : gainTo(stage, lufs);
    for (let index = 0; index < stage.left.length; index += 1) {
      sum.left[index] = (sum.left[index] ?? 0) + (stage.left[index] ?? 0) * gain;
      sum.right[index] = (sum.right[index] ?? 0) + (stage.right[index] ?? 0) * gain;
    }
  }
  return sum;
}

/** A copy that ends at a time with a fade of so many seconds, which begins there. */
export function endedAt(stage: Stage, seconds: number, fadeS: number): Stage {
  const from = Math.min(stage.left.length, Math.round(seconds * RATE));
  const fade = Math.round(fadeS * RATE);
  const length = Math.min(stage.left.length, from + fade);
  const made = { left: stage.left.slice(0, length), right: stage.right.slice(0, length) };
  for (let index = from; index < length; index += 1) {
    const gain = Math.cos((Math.PI / 2) * ((index - from) / fade));
    made.left[index] = (made.left[index] ?? 0) * gain;
    made.right[index] = (made.right[index] ?? 0) * gain;
  }
  return made;
}

/** A copy in which a stretch is silent, with short fades at both ends. */
export function withGap(stage: Stage, fromS: number, toS: number): Stage {
  const head = endedAt(stage, fromS, 0.25);
  const made = { left: stage.left.slice(), right: stage.right.slice() };
  const start = Math.round(fromS * RATE);
  const end = Math.min(made.left.length, Math.round(toS * RATE));
  made.left.fill(0, start, end);
  made.right.fill(0, start, end);
  made.left.set(head.left.subarray(start, Math.min(head.left.length, end)), start);
  made.right.set(head.right.subarray(start, Math.min(head.right.length, end)), start);
  const rise = Math.min(Math.round(0.03 * RATE), made.left.length - end);
  for (let index = 0; index < rise; index += 1) {
    made.left[end + index] = ((made.left[end + index] ?? 0) * index) / rise;
    made.right[end + index] = ((made.right[end + index] ?? 0) * index) / rise;
  }
  return made;
}

function gainTo(stage: Stage, lufs: number): number {
  const now = loudness(stage);
  return now <= -69 ? 1 : Math.min(30, 10 ** ((lufs - now) / 20));
}
