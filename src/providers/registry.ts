import type { Route } from "../core/task.ts";
import type { Provider, ProviderAccount } from "./provider.ts";

/** A provider that can be used, with the accounts that pay for it. */
export interface ActiveProvider {
  readonly provider: Provider;
  /** At least one; the first is used unless a route names another. */
  readonly accounts: readonly ProviderAccount[];
}

/** The providers of this gateway. */
export interface Registry {
  /** In the order in which their routes are tried. */
  readonly active: readonly ActiveProvider[];
  provider(name: string): Provider | null;
  account(provider: string, id: string): ProviderAccount | null;
  /** The default routes to a model by the active providers, in order. */
  routes(modelId: string): readonly Route[];
}

/** Makes a registry of the providers given. */
export function createRegistry(active: readonly ActiveProvider[]): Registry {
  const byName = new Map(active.map((entry) => [entry.provider.name, entry]));
  return {
    active,
    provider: (name) => byName.get(name)?.provider ?? null,
    account: (name, id) => byName.get(name)?.accounts.find((account) => account.id === id) ?? null,
    routes: (modelId) => active.flatMap((entry) => routesOf(entry, modelId)),
  };
}

function routesOf({ provider, accounts }: ActiveProvider, modelId: string): readonly Route[] {
  const upstreamModel = provider.models[modelId];
  const account = accounts[0];
  if (upstreamModel === undefined || account === undefined) return [];
  return [{ provider: provider.name, upstreamModel, account: account.id, onAmbiguous: "fail" }];
}
