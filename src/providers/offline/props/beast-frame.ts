import type { Random } from "../chance.ts";
import type { Lch } from "../paint/colour.ts";
import type { Build } from "./beast-builds.ts";
import type { Joint } from "./limb.ts";
import type { Tones } from "./shapes.ts";

/** How an animal is to be drawn. */
export interface BeastArt {
  readonly kind: string;
  readonly tones: Tones;
  /** Phase of the step, 0 to 1; `null` stands. */
  readonly step: number | null;
  readonly random: Random;
}

/** Where the joints of an animal are. */
export interface Frame {
  readonly hip: Joint;
  readonly shoulder: Joint;
  readonly neckTop: Joint;
  readonly head: Joint;
  readonly nose: Joint;
}

/** What the painters of its parts need. */
export interface Part {
  readonly build: Build;
  readonly frame: Frame;
  readonly art: BeastArt;
  readonly body: Lch;
}

/** Puts the joints of an animal where its build wants them. */
export function skeleton(build: Build): Frame {
  const { leg, long, deep, neck, lift, head, snout } = build;
  const middle = 100 - leg - deep * 0.42;
  const shoulder: Joint = [long * 0.36, middle, deep * 0.5];
  const hip: Joint = [-long * 0.4, middle + deep * 0.02, deep * 0.46];
  const angle = (lift * Math.PI) / 180;
  const reach = neck + deep * 0.36;
  const top: Joint = [
    shoulder[0] + Math.cos(angle) * reach,
    shoulder[1] - Math.sin(angle) * reach,
    Math.max(head * 0.72, deep * 0.2),
  ];
  const skull: Joint = [top[0] + head * 0.34, top[1] - head * 0.1, head];
  const nose: Joint = [
    skull[0] + head * 0.55 + snout,
    skull[1] + head * 0.3 + snout * 0.24,
    head * 0.44,
  ];
  return { hip, shoulder, neckTop: top, head: skull, nose };
}
