import type { Outfit } from "./outfits.ts";
import type { Pose, PoseName } from "./person-pose.ts";
import type { Tones } from "./shapes.ts";

/** How somebody is to be drawn. */
export interface PersonArt {
  readonly kind: string;
  readonly tones: Tones;
  /** Whether the prompt or the lexicon named a colour for the clothes. */
  readonly coloured: boolean;
  readonly pose: PoseName;
  /** Phase of the step, 0 to 1. */
  readonly phase: number;
  /** Which skin and face, 0 to 3. */
  readonly variant: number;
}

/** What the painters of a person's parts need. */
export interface PersonParts {
  readonly art: PersonArt;
  readonly outfit: Outfit;
  readonly pose: Pose;
}
