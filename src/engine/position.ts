import type { Position } from "../core/move.ts";
import { present } from "../lib/assert.ts";
import type { Claim } from "../store/store.ts";
import type { EngineContext } from "./context.ts";

/** Where a claimed task stands, as decisions need it. */
export function positionOf(context: EngineContext, claim: Claim): Position {
  const { task, attempt } = claim;
  const route = present(task.routes[task.routeIndex], "route");
  const provider = context.registry.provider(attempt?.provider ?? route.provider);
  return {
    task,
    attempt,
    traits: provider?.traits ?? ABSENT_TRAITS,
    nowMs: context.clock.nowMs(),
    chance: (context.random(1)[0] ?? 0) / 255,
  };
}

/** The most careful traits, for an attempt whose provider is not set up any more. */
const ABSENT_TRAITS: Position["traits"] = {
  completion: ["poll"],
  resubmit: "blind",
  cancel: "none",
  volatile: false,
  pollMs: { min: 30_000, start: 30_000, max: 60_000 },
  graceMs: 120_000,
  softLimitMs: 3_600_000,
  resultTtlMs: null,
};
