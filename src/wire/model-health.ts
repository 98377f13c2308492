import type { JsonObject } from "../lib/json.ts";
import { wireTime } from "./time.ts";

/** How a route to a model stands. */
export interface RouteFacts {
  readonly provider: string;
  readonly account: string;
  readonly upstreamModel: string;
  /** Whether another model than the one named serves it. */
  readonly isSubstitute: boolean;
  readonly state: "healthy" | "paused" | "circuit" | "resting" | "busy";
  /** When it is tried again, or `null`. */
  readonly untilMs: number | null;
}

/** What became of a model's tasks. */
export interface ModelSums {
  readonly tasks: number;
  readonly finished: number;
  readonly failed: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/** Writes how a model does. */
export function modelHealthData(
  id: string,
  sums: ModelSums | null,
  routes: readonly JsonObject[],
): JsonObject {
  const ended = sums === null ? 0 : sums.finished + sums.failed;
  return {
    id,
    tasks: sums?.tasks ?? 0,
    success_rate:
      sums === null || ended === 0 ? null : Math.round((sums.finished / ended) * 10_000) / 10_000,
    p50_ms: sums?.p50Ms ?? null,
    p95_ms: sums?.p95Ms ?? null,
    routes,
  };
}

/** Writes a route; its account and upstream model are the operator's business. */
export function routeData(route: RouteFacts, isOperator: boolean): JsonObject {
  return {
    provider: route.provider,
    account: isOperator ? route.account : null,
    upstream_model: isOperator || route.isSubstitute ? route.upstreamModel : null,
    substitute: route.isSubstitute,
    state: route.state,
    until_time: route.untilMs === null ? null : wireTime(route.untilMs),
  };
}
