import type { Random } from "../chance.ts";
import type { Lch } from "../paint/colour.ts";
import type { Build } from "./beast-builds.ts";
import type { Gait } from "./gait.ts";
import type { Joint } from "./limb.ts";
import type { Tones } from "./shapes.ts";

/** How an animal is to be drawn. */
export interface BeastArt {
  readonly kind: string;
  readonly tones: Tones;
  readonly gait: Gait;
  /** Phase of the step, 0 to 1. */
  readonly phase: number;
  readonly random: Random;
}

/** Where the joints of an animal are. */
export interface Frame {
  readonly hip: Joint;
  readonly waist: Joint;
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

/** Puts the joints of an animal where its build wants them; who runs stretches the neck. */
export function skeleton(build: Build, gait: Gait): Frame {
  const { leg, long, deep, neck, lift, head, snout, slim } = build;
  const middle = 100 - leg - deep * 0.42;
  const shoulder: Joint = [long * 0.34, middle + deep * 0.02, deep * (slim ? 0.53 : 0.5)];
  const hip: Joint = [-long * 0.38, middle - deep * 0.03, deep * (slim ? 0.43 : 0.47)];
  const waist: Joint = [
    -long * 0.08,
    middle - deep * (slim ? 0.04 : -0.03),
    deep * (slim ? 0.4 : 0.5),
  ];
  const lowered = { stand: 0, walk: 0, run: Math.min(16, lift * 0.4), lie: lift + 26, howl: -18 }[
    gait
  ];
  const angle = ((lift - lowered) * Math.PI) / 180;
  const reach = (neck + deep * 0.36) * (gait === "lie" ? 0.85 : 1);
  const top: Joint = [
    shoulder[0] + Math.cos(angle) * reach,
    shoulder[1] - Math.sin(angle) * reach,
    Math.max(head * 0.72, deep * 0.2),
  ];
  const skull: Joint = [top[0] + head * 0.34, top[1] - head * 0.1, head];
  const [along, down] = gait === "howl" ? [0.42, -1] : build.droop;
  const nose: Joint = [
    skull[0] + head * (gait === "howl" ? 0.3 : 0.55) + snout * along,
    skull[1] + head * (gait === "howl" ? -0.3 : 0.3) + snout * down,
    head * 0.44,
  ];
  return { hip, waist, shoulder, neckTop: top, head: skull, nose };
}
