import { RATE, type Stage } from "../synth/stage.ts";
import { loudness } from "./loudness.ts";

const TARGET_LUFS = -14;
/** Highest sample, −1.9 dBFS: what the encoder and the listener's converter add stays below −1. */
const CEILING = 0.8;
const LOOK_AHEAD = Math.round(0.005 * RATE);

/**
 * The gain of each sample that brings a mix to −14 LUFS under the ceiling, with a fade at the end.
 * It is a curve and not a shaper, so that stems under the same curve add up to the master.
 */
export function masterCurve(mix: Stage): Float32Array {
  let gain = 10 ** ((TARGET_LUFS - loudness(mix)) / 20);
  let curve = limit(mix, Math.min(gain, 400));
  for (let pass = 0; pass < 2; pass += 1) {
    const reached = loudness(mix, curve);
    if (Math.abs(reached - TARGET_LUFS) < 0.3) break;
    gain *= 10 ** ((TARGET_LUFS - reached) / 20);
    curve = limit(mix, Math.min(gain, 400));
  }
  fadeEnd(curve);
  return curve;
}

/** Multiplies a stage by a curve, in place. */
export function applyCurve(stage: Stage, curve: Float32Array): void {
  const count = Math.min(curve.length, stage.left.length);
  for (let index = 0; index < count; index += 1) {
    const gain = curve[index] ?? 0;
    stage.left[index] = (stage.left[index] ?? 0) * gain;
    stage.right[index] = (stage.right[index] ?? 0) * gain;
  }
}

/** Gain that never lets a sample pass the ceiling: look-ahead minimum, slow release, smoothed. */
function limit(mix: Stage, gain: number): Float32Array {
  const curve = needed(mix, gain);
  slidingMinimum(curve, LOOK_AHEAD);
  const release = 1 - Math.exp(-1 / (0.12 * RATE));
  let level = 1;
  for (let index = 0; index < curve.length; index += 1) {
    level = Math.min(curve[index] ?? 1, level + (1 - level) * release);
    curve[index] = level;
  }
  smooth(curve, LOOK_AHEAD);
  for (let index = 0; index < curve.length; index += 1) curve[index] = (curve[index] ?? 1) * gain;
  return curve;
}

function needed(mix: Stage, gain: number): Float32Array {
  const need = new Float32Array(mix.left.length);
  const threshold = CEILING / gain;
  for (let index = 0; index < need.length; index += 1) {
    const peak = Math.max(Math.abs(mix.left[index] ?? 0), Math.abs(mix.right[index] ?? 0));
    need[index] = peak > threshold ? threshold / peak : 1;
  }
  return need;
}

/**
 * Replaces each value by the least of itself and the `span` values after it. Nearly all values are
 * 1, so only the others are spread, backward over those that may not be higher.
 */
function slidingMinimum(values: Float32Array, span: number): void {
  const pending: { readonly at: number; readonly value: number }[] = [];
  for (let index = values.length - 1; index >= 0; index -= 1) {
    const value = values[index] ?? 1;
    if (value < 1) {
      while (pending.length > 0 && (pending.at(-1)?.value ?? 0) >= value) pending.pop();
      pending.push({ at: index, value });
    }
    while (pending.length > 0 && (pending[0]?.at ?? 0) > index + span) pending.shift();
    values[index] = pending[0]?.value ?? 1;
  }
}

/** The mean of each value and the `span` values before it. */
function smooth(values: Float32Array, span: number): void {
  const source = values.slice();
  const first = source[0] ?? 1;
  let sum = first * (span + 1);
  for (let index = 0; index < source.length; index += 1) {
    sum += (source[index] ?? 1) - (index > span ? (source[index - span - 1] ?? 1) : first);
    values[index] = Math.min(sum / (span + 1), 1);
  }
}

function fadeEnd(curve: Float32Array): void {
  const count = Math.min(curve.length, Math.round(0.8 * RATE));
  for (let index = 0; index < count; index += 1) {
    const at = curve.length - 1 - index;
    curve[at] = (curve[at] ?? 0) * (index / count) ** 1.5;
  }
}
