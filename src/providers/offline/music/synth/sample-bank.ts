import { chanceOf } from "../chance.ts";
import { RATE, type Stage, type Tone } from "./stage.ts";

/** How a struck or plucked note sounds, mono, from its attack until it has died away. */
export type Strike = (strike: {
  readonly midi: number;
  readonly velocity: number;
  readonly chance: () => number;
}) => Float32Array;

/** A sound that is computed once a pitch and strength and then replayed. */
export interface StruckSound {
  /** Names the sound in the bank; one name is one recipe for ever. */
  readonly name: string;
  readonly strike: Strike;
  /** Seconds in which a released note fades; `null` lets it ring. */
  readonly release: number | null;
  /** How far low and high notes stand apart, 0 to 1. */
  readonly width: number;
}

const LAYERS = [0.3, 0.5, 0.7, 0.92];
const BYTES_MAX = 64 * 1024 * 1024;
const bank = new Map<string, Float32Array>();
let bankBytes = 0;

/** Adds one note of a struck sound to the stage. */
export function playStruck(sound: StruckSound, tone: Tone, stage: Stage): void {
  const layer = nearestLayer(tone.velocity);
  const strength = LAYERS[layer] ?? 0.7;
  const sample = recall(`${sound.name}:${tone.midi}:${layer}`, (name) =>
    sound.strike({ midi: tone.midi, velocity: strength, chance: chanceOf(7, name) }),
  );
  // Layers differ in colour only; how loud a note is follows the touch alone.
  const gain = (tone.velocity / 0.7) ** 1.3 * (0.97 + 0.06 * tone.chance());
  const pan = Math.max(-1, Math.min(1, ((tone.midi - 60) / 30) * sound.width));
  replay(sample, tone, {
    left: stage.left,
    right: stage.right,
    gainLeft: gain * Math.sqrt(1 - pan * 0.8),
    gainRight: gain * Math.sqrt(1 + pan * 0.8),
    release: sound.release,
  });
}

/** A sound by its name, made at its first use. The bank holds 64 MiB and forgets the oldest. */
export function recall(name: string, make: (name: string) => Float32Array): Float32Array {
  const known = bank.get(name);
  if (known !== undefined) {
    bank.delete(name);
    bank.set(name, known);
    return known;
  }
  const made = make(name);
  bank.set(name, made);
  bankBytes += made.byteLength;
  for (const [oldest, sample] of bank) {
    if (bankBytes <= BYTES_MAX) break;
    bank.delete(oldest);
    bankBytes -= sample.byteLength;
  }
  return made;
}

interface Replay extends Stage {
  readonly gainLeft: number;
  readonly gainRight: number;
  readonly release: number | null;
}

function replay(sample: Float32Array, tone: Tone, into: Replay): void {
  const { left, right, gainLeft, gainRight } = into;
  const room = Math.min(sample.length, left.length - tone.at);
  const held = into.release === null ? room : Math.min(room, tone.length);
  for (let index = 0; index < held; index += 1) {
    const value = sample[index] ?? 0;
    const at = tone.at + index;
    left[at] = (left[at] ?? 0) + value * gainLeft;
    right[at] = (right[at] ?? 0) + value * gainRight;
  }
  if (into.release === null) return;
  const fade = Math.exp(-1 / (into.release * RATE * 0.35));
  const end = Math.min(room, held + Math.ceil(into.release * RATE * 2.5));
  let level = 1;
  for (let index = held; index < end; index += 1) {
    level *= fade;
    const value = (sample[index] ?? 0) * level;
    const at = tone.at + index;
    left[at] = (left[at] ?? 0) + value * gainLeft;
    right[at] = (right[at] ?? 0) + value * gainRight;
  }
}

function nearestLayer(velocity: number): number {
  let best = 0;
  for (const [index, layer] of LAYERS.entries()) {
    if (Math.abs(layer - velocity) < Math.abs((LAYERS[best] ?? 0) - velocity)) best = index;
  }
  return best;
}
