import type { Route } from "../core/task.ts";
import type { MappedRoute } from "./mapped.ts";
import type { Provider, ProviderAccount } from "./provider.ts";
import { type AccountLimits, NO_LIMITS } from "./settings.ts";

/** A provider that can be used, with the accounts that pay for it. */
export interface ActiveProvider {
  readonly provider: Provider;
  /** At least one; the first is used unless a route names another. */
  readonly accounts: readonly ActiveAccount[];
  /** Whether the operator chose what serves each model, so that tasks show it; absent if not. */
  readonly standsIn?: true;
}

/** An account with what it may be asked at most; no limits when absent. */
export interface ActiveAccount extends ProviderAccount {
  readonly limits?: AccountLimits;
}

/** The lists of routes that an operator has set, by model; they replace the default ones. */
export type RoutePlan = Readonly<Record<string, readonly Route[]>>;

/** A provider that could be activated, and the variable that would do it. */
export interface KnownProvider {
  readonly name: string;
  readonly models: Provider["models"];
  readonly variable: string;
  /** Where it is by the settings, or `null` for a server whose address is not told. */
  readonly baseUrl: string | null;
}

/** What is ready to be used. */
export interface Upstreams {
  readonly active: readonly ActiveProvider[];
  /** The routes that the operator has set. */
  readonly plan: RoutePlan;
  /** All providers, those without an account too. */
  readonly known: readonly KnownProvider[];
  /** The routes that are told by data; absent for none. */
  readonly mapped?: readonly MappedRoute[];
}

/** No provider is set up. */
export const NO_UPSTREAMS: Upstreams = { active: [], plan: {}, known: [] };

/** The providers of this gateway. */
export interface Registry {
  /** In the order in which their routes are tried. */
  readonly active: readonly ActiveProvider[];
  provider(name: string): Provider | null;
  account(provider: string, id: string): ProviderAccount | null;
  limits(provider: string, id: string): AccountLimits;
  /** The routes to a model: those that were set, else the default ones of the active providers. */
  routes(modelId: string): readonly Route[];
  /** The variables of the environment that would activate a provider with a model. */
  activators(modelId: string): readonly string[];
  /** What brought an account to life: a variable of the environment, or a name in words. */
  origin(provider: string, account: string): string;
}

/** Makes a registry of the providers given. */
export function createRegistry(
  active: readonly ActiveProvider[],
  { plan, known }: Pick<Upstreams, "plan" | "known"> = NO_UPSTREAMS,
): Registry {
  const byName = new Map(active.map((entry) => [entry.provider.name, entry]));
  const account = (name: string, id: string): ActiveAccount | null =>
    byName.get(name)?.accounts.find((candidate) => candidate.id === id) ?? null;
  const routesTo = (modelId: string): readonly Route[] => {
    const defaults = defaultRoutes(active, modelId);
    if (!Object.hasOwn(plan, modelId)) return defaults;
    // The built-in engine is no upstream that an operator would list: its routes stay.
    const planned = plan[modelId] ?? [];
    return [...planned, ...defaults.filter(({ provider }) => provider === BUILT_IN)];
  };
  return {
    active,
    provider: (name) => byName.get(name)?.provider ?? null,
    account,
    limits: (name, id) => account(name, id)?.limits ?? NO_LIMITS,
    activators: (modelId) =>
      known.flatMap(({ models, variable }) => (Object.hasOwn(models, modelId) ? [variable] : [])),
    origin: (provider, id) => {
      const variable = known.find(({ name }) => name === provider)?.variable;
      return id === FROM_ENVIRONMENT && variable !== undefined ? variable : `account ${id}`;
    },
    // What is set up stays as it is for as long as the registry: each submit asks.
    routes: remembered(routesTo),
  };
}

/** Asks once about each model. */
function remembered(
  ask: (modelId: string) => readonly Route[],
): (modelId: string) => readonly Route[] {
  const answers = new Map<string, readonly Route[]>();
  return (modelId) => {
    const known = answers.get(modelId);
    if (known !== undefined) return known;
    const answer = ask(modelId);
    answers.set(modelId, answer);
    return answer;
  };
}

/** The account that variables make. Its id is part of every task that it pays for: it stays. */
export const FROM_ENVIRONMENT = "environment";

/** The name of the built-in engine in routes. */
export const BUILT_IN = "offline";

/** The routes to a model that the active providers offer, in their order. */
export function defaultRoutes(
  active: readonly ActiveProvider[],
  modelId: string,
): readonly Route[] {
  return active.flatMap((entry) => routesOf(entry, modelId));
}

function routesOf(
  { provider, accounts, standsIn }: ActiveProvider,
  modelId: string,
): readonly Route[] {
  const upstreamModel = Object.hasOwn(provider.models, modelId)
    ? provider.models[modelId]
    : undefined;
  const account = accounts[0];
  if (upstreamModel === undefined || account === undefined) return [];
  const route = { provider: provider.name, upstreamModel, account: account.id } as const;
  const isOther = standsIn === true && upstreamModel !== modelId;
  return [{ ...route, onAmbiguous: "fail", ...(isOther ? { substitute: true } : {}) }];
}
