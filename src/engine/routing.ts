import type { Mode } from "../core/key.ts";
import type { Route } from "../core/task.ts";
import type { Registry } from "../providers/registry.ts";

/** The name of the built-in engine in routes. */
export const OFFLINE = "offline";

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
  const routes = registry.routes(query.model);
  const offline = routes.filter((route) => route.provider === OFFLINE);
  const upstream = routes.filter((route) => route.provider !== OFFLINE);
  if (query.mode === "test" || query.offline === "always") return offline;
  if (query.offline === "never") return upstream;
  const anyProvider = registry.active.some(({ provider }) => provider.name !== OFFLINE);
  return anyProvider ? upstream : offline;
}
