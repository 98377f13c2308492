/** How an animal goes. */
export type Gait = "stand" | "walk" | "run" | "lie" | "howl";

/** Where a foot is beside the place under its root: 1 is a whole reach ahead, −1 behind. */
export interface Footfall {
  readonly ahead: number;
  /** Height over the ground, 0 to 1. */
  readonly lift: number;
}

/** The legs of an animal, as their roots stand. */
export type LegName = "hindNear" | "hindFar" | "foreNear" | "foreFar";

/** When in a step each foot is set down: a walk goes round, a gallop gathers and stretches. */
const OFFSETS: Readonly<
  Record<Exclude<Gait, "stand" | "lie" | "howl">, Readonly<Record<LegName, number>>>
> = {
  walk: { hindNear: 0.12, foreNear: 0.37, hindFar: 0.62, foreFar: 0.87 },
  run: { hindNear: 0.4, hindFar: 0.33, foreNear: 0.9, foreFar: 0.84 },
};

/** How much of a step a foot stands. */
const STANCE = { walk: 0.6, run: 0.32 } as const;

/** Where a foot is at a phase of the step. At phase 0 a gallop is at its longest. */
export function footfall(leg: LegName, gait: Gait, phase: number): Footfall {
  if (gait === "stand" || gait === "lie" || gait === "howl") {
    const rest = { hindNear: -0.22, hindFar: 0.3, foreNear: 0.06, foreFar: 0.3 };
    return { ahead: rest[leg], lift: 0 };
  }
  const stance = STANCE[gait];
  const at = (phase + OFFSETS[gait][leg]) % 1;
  if (at < stance) return { ahead: 1 - (2 * at) / stance, lift: 0 };
  const swing = (at - stance) / (1 - stance);
  return { ahead: -Math.cos(Math.PI * swing), lift: Math.sin(Math.PI * swing) };
}

/** How high a gallop carries the whole body at a phase, 0 to 1. */
export function flightOf(gait: Gait, phase: number): number {
  return gait === "run" ? 0.35 + 0.65 * Math.max(0, Math.cos(phase * Math.PI * 2)) : 0;
}
