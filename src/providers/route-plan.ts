import type { Route } from "../core/task.ts";
import type { Provider } from "./provider.ts";
import {
  type ActiveProvider,
  defaultRoutes,
  type KnownProvider,
  type RoutePlan,
} from "./registry.ts";
import { RETIRED } from "./retired.ts";
import type { RouteSettings, UpstreamSettings } from "./settings.ts";

/** A mistake in the settings. Path and message read as one sentence. */
export interface SettingsFault {
  readonly path: string;
  /** What is wrong and what to write instead; begins with what stands between it and the path. */
  readonly message: string;
}

/** Turns the operator's lists of routes and allowed substitutes into routes that tasks can take. */
export function planRoutes(
  active: readonly ActiveProvider[],
  settings: UpstreamSettings,
  known: readonly KnownProvider[],
): { readonly plan: RoutePlan; readonly faults: readonly SettingsFault[] } {
  const faults: SettingsFault[] = [];
  const plan = new Map<string, readonly Route[]>();
  for (const [place, model] of settings.substitute.entries()) {
    if (RETIRED[model] === undefined) {
      const message = `: ${model} has no built-in substitute; write its routes under routes`;
      faults.push({ path: `substitute[${place}]`, message });
    }
    // What serves the model itself comes before what stands in for it.
    plan.set(model, [...defaultRoutes(active, model), ...substitutesFor(active, model)]);
  }
  for (const [model, routes] of Object.entries(settings.routes)) {
    const read = routes.map((route) => routeFrom({ active, known, model }, route));
    for (const [place, result] of read.entries()) {
      if (result.kind === "fault") {
        faults.push({ path: `routes.${model}[${place}].${result.path}`, message: result.message });
      }
    }
    plan.set(
      model,
      read.flatMap((result) => (result.kind === "route" ? [result.route] : [])),
    );
  }
  return { plan: Object.fromEntries(plan), faults };
}

function substitutesFor(active: readonly ActiveProvider[], model: string): readonly Route[] {
  return (RETIRED[model]?.substitutes ?? []).flatMap(({ provider, upstreamModel }) => {
    const account = active.find((entry) => entry.provider.name === provider)?.accounts[0]?.id;
    if (account === undefined) return [];
    return [{ provider, upstreamModel, account, onAmbiguous: "fail", substitute: true } as const];
  });
}

interface Scene {
  readonly active: readonly ActiveProvider[];
  readonly known: readonly KnownProvider[];
  readonly model: string;
}

type Reading =
  | { readonly kind: "route"; readonly route: Route }
  | ({ readonly kind: "fault" } & SettingsFault);

function routeFrom({ active, known, model }: Scene, settings: RouteSettings): Reading {
  const entry = active.find(({ provider }) => provider.name === settings.provider);
  if (entry === undefined) return fault("provider", absence(settings.provider, known));
  const { provider, accounts } = entry;
  const { account: wanted } = settings;
  const account = wanted === null ? accounts[0] : accounts.find(({ id }) => id === wanted);
  if (account === undefined) {
    const ids = accounts.map(({ id }) => id).join(", ");
    return fault("account", `: ${wanted} is unknown at ${provider.name}; write one of ${ids}`);
  }
  return upstreamRoute({ provider, model, account: account.id }, settings);
}

function absence(name: string, known: readonly KnownProvider[]): string {
  const offer = known.find((each) => each.name === name);
  return offer === undefined
    ? `: ${name} is no provider; write one of ${known.map((each) => each.name).join(", ")}`
    : `: ${name} has no account; set ${offer.variable} or add one under accounts`;
}

function upstreamRoute(
  place: { readonly provider: Provider; readonly model: string; readonly account: string },
  { upstreamModel: wanted, onAmbiguous, substitute }: RouteSettings,
): Reading {
  const { provider, model, account } = place;
  const own = Object.hasOwn(provider.models, model) ? provider.models[model] : undefined;
  const upstreamModel = wanted ?? own;
  if (upstreamModel === undefined) {
    const message = ` is missing: ${provider.name} has no default for ${model}, so name its model`;
    return fault("upstream_model", message);
  }
  if (own === undefined && substitute === null) {
    const message =
      ` is missing: ${provider.name} does not serve ${model} by default. Write "allow" if ` +
      `${upstreamModel} is another model, which each task will show, or "none" if it is the same`;
    return fault("substitute", message);
  }
  const route: Route = { provider: provider.name, upstreamModel, account, onAmbiguous };
  return { kind: "route", route: substitute === "allow" ? { ...route, substitute: true } : route };
}

function fault(path: string, message: string): Reading {
  return { kind: "fault", path, message };
}
