import type { Chance } from "../chance.ts";

/** Samples per second of everything that the synthesiser makes. */
export const RATE = 48_000;

/** Two channels that sounds are added to. Both have the same length. */
export interface Stage {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** A note to play, with its place on the stage in samples. */
export interface Tone {
  readonly at: number;
  /** From the attack to the release of the key, samples. */
  readonly length: number;
  readonly midi: number;
  readonly velocity: number;
  /** Small differences between one note and the next are drawn from here. */
  readonly chance: Chance;
}

/** Adds one note to a stage. What does not fit at its end is cut. */
export type Play = (tone: Tone, stage: Stage) => void;

/** An empty stage of so many samples. */
export function newStage(length: number): Stage {
  return { left: new Float32Array(length), right: new Float32Array(length) };
}
