import type { Sheet } from "../paint/canvas.ts";

/** What a look needs to know. */
export interface LookOptions {
  readonly seed: number;
  /** Lettered on posters, or `null`. */
  readonly title: string | null;
}

/** Turns a picture into another medium, in place. */
export type Look = (target: Sheet, options: LookOptions) => void;
