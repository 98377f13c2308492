import type { Play } from "./stage.ts";

/** The twelve stems that the API names. */
export const STEMS = [
  "backing_vocals",
  "bass",
  "brass",
  "drums",
  "fx",
  "guitar",
  "keyboard",
  "percussion",
  "strings",
  "synth",
  "vocal",
  "woodwinds",
] as const;

/** A member of {@link STEMS}. */
export type Stem = (typeof STEMS)[number];

/** Something that can be given a part. */
export interface Instrument {
  readonly stem: Stem;
  /** How a note is made; `null` for the two that sing. */
  readonly play: Play | null;
  /** Brings a middle note of strength 0.7 to the same loudness for all, decibels. */
  readonly trim: number;
  /** Corner of the low-cut, hertz. */
  readonly lowCut: number;
  /** Strength of the valve stage after the part, 0 for none. */
  readonly drive: number;
}
