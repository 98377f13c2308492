import type { Entry } from "../lexicon/lexicon.ts";
import type { Lch } from "../paint/colour.ts";

/** What was read from a prompt. Plain data, shown by `explain`. */
export interface Tokens {
  /** The words that are known, in their order, heaviest facts first by `weight`. */
  readonly mentions: readonly Mention[];
  /** What must not be seen: ids of entries. */
  readonly banned: readonly string[];
  /** Text between quotes. */
  readonly quoted: readonly string[];
  /** Words that no lexicon knows, with the hash that steers palette and texture. */
  readonly unknown: readonly { readonly word: string; readonly hash: number }[];
  /** Corrections of spelling, as `mountian → mountains`. */
  readonly corrected: readonly string[];
}

/** One known word with what stands beside it. */
export interface Mention {
  readonly entry: Entry;
  /** As it was written. */
  readonly text: string;
  readonly weight: number;
  readonly count: number;
  /** Whether the count was said, as against read from the plural. */
  readonly counted: boolean;
  /** How big beside the usual. */
  readonly size: number;
  readonly colour: Lch | null;
  /** The small words between the known word before and this one. */
  readonly after: readonly string[];
  /** Position of the word in the prompt, counted in words. */
  readonly place: number;
}
