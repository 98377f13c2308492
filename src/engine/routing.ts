import { GatewayError } from "../core/error.ts";
import type { Mode } from "../core/key.ts";
import type { Route } from "../core/task.ts";
import { BUILT_IN, type Registry } from "../providers/registry.ts";
import { RETIRED } from "../providers/retired.ts";

/** What a choice of routes depends on. */
export interface RoutingQuery {
  readonly model: string;
  readonly mode: Mode;
  readonly offline: "auto" | "always" | "never";
}

/**
 * The routes of a new task, in the order in which they are tried; empty when nothing serves it.
 *
 * Test keys always go to the offline engine. A live task goes to the providers that are set up;
 * the offline engine takes it with `always`, or with `auto` as long as no provider is set up, so
 * that a paid model is never silently replaced by a procedural picture.
 */
export function chooseRoutes(registry: Registry, query: RoutingQuery): readonly Route[] {
  const { offline, upstream } = parted(registry.routes(query.model));
  if (query.mode === "test" || query.offline === "always") return offline;
  if (query.offline === "never") return upstream;
  const anyProvider = registry.active.some(({ provider }) => provider.name !== BUILT_IN);
  return anyProvider ? upstream : offline;
}

interface Parted {
  readonly offline: readonly Route[];
  readonly upstream: readonly Route[];
}

/** A registry gives the same list each time; every submit asks which of it are its own. */
const PARTED = new WeakMap<readonly Route[], Parted>();

function parted(routes: readonly Route[]): Parted {
  const known = PARTED.get(routes);
  if (known !== undefined) return known;
  const parts = {
    offline: routes.filter(({ provider }) => provider === BUILT_IN),
    upstream: routes.filter(({ provider }) => provider !== BUILT_IN),
  };
  PARTED.set(routes, parts);
  return parts;
}

/** What serves live tasks of a model in the order of trial, and why; or why nothing does. */
export function whyServed(registry: Registry, query: Omit<RoutingQuery, "mode">): string {
  const routes = chooseRoutes(registry, { ...query, mode: "live" });
  if (routes.length === 0) return withoutRoute(registry, query.model).message;
  const reasons = routes.map(({ provider, account }) => {
    if (provider !== BUILT_IN) return `${provider} by ${registry.origin(provider, account)}`;
    const cause = query.offline === "always" ? "VIDGO_OFFLINE=always" : "no provider is set up";
    return `${BUILT_IN}: ${cause}`;
  });
  return [...new Set(reasons)].join(", ");
}

/** Why a model cannot be served, and what would change that. */
export function withoutRoute(registry: Registry, modelId: string): GatewayError {
  const retired = RETIRED[modelId];
  if (retired === undefined) {
    const variables = registry.activators(modelId);
    const wish = variables.length === 0 ? "" : `set ${variables.join(" or ")}, `;
    return new GatewayError(
      "unavailable",
      `model ${modelId} has no route: ${wish}add a route in vidgo.config.json, or use ` +
        "VIDGO_OFFLINE=always",
    );
  }
  const names = retired.substitutes.map((each) => `${each.provider}/${each.upstreamModel}`);
  return new GatewayError(
    "model_retired",
    `model ${modelId} was shut down by its maker on ${retired.since}. The operator may allow a ` +
      `substitute, which each task then shows: "substitute": ["${modelId}"] in ` +
      `vidgo.config.json has it served by ${names.join(" or ")}, as far as these have an account`,
  );
}
