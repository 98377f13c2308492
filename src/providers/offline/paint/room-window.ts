import type { Stage } from "./stage.ts";

/** Where the window of a room is: its middle as a fraction of the width, its sill, its height. */
export function windowOf({ plan, horizonY, unit }: Stage): {
  readonly x: number;
  readonly sill: number;
  readonly high: number;
} {
  const high = horizonY * 0.58;
  return { x: plan.sun.x > 0.5 ? 0.72 : 0.28, sill: horizonY * 0.14 + high + 16 * unit, high };
}
