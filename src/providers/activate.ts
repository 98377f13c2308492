import type { Environment } from "../lib/environment.ts";
import type { Provider } from "./provider.ts";
import {
  type ActiveAccount,
  type ActiveProvider,
  FROM_ENVIRONMENT,
  type KnownProvider,
  type Upstreams,
} from "./registry.ts";
import { planRoutes, type SettingsFault } from "./route-plan.ts";
import {
  type AccountLimits,
  type AccountSettings,
  NO_LIMITS,
  type UpstreamSettings,
} from "./settings.ts";

/** A provider that variables of the environment bring to life. */
export interface Offer {
  readonly provider: Provider;
  /** The variable of its key. */
  readonly keyVariable: string;
  /** The variable of its base URL. */
  readonly urlVariable: string;
  /** Where it is unless said; `null` for a server whose address only the operator knows. */
  readonly baseUrl: string | null;
  /** `always`: no account without a key. `hosted`: a server of the operator's own may need none. */
  readonly key: "always" | "hosted";
  /** Whether the operator chose what serves each model; absent if not. */
  readonly standsIn?: true;
  /** What its account may be asked at most unless the operator says; no limits when absent. */
  readonly limits?: AccountLimits;
}

/** Where settings are found, and where their mistakes are listed. */
export interface SettingsSource {
  readonly environment: Environment;
  readonly settings: UpstreamSettings;
  readonly faults: SettingsFault[];
  /** Accounts that were added while the gateway runs; none when absent. */
  readonly stored?: readonly StoredAccount[];
}

/** An account that was added while the gateway runs. */
export interface StoredAccount {
  readonly id: string;
  readonly provider: string;
  /** Where alone its key is sent, whatever the settings say by now. */
  readonly baseUrl: string;
  readonly key: string;
}

/**
 * Activates each provider that has an account: by its variables of the environment, or by the
 * operator's file. What has a mistake stays out, and the mistake is listed.
 */
export function activateProviders(offers: readonly Offer[], source: SettingsSource): Upstreams {
  const { settings, faults } = source;
  const known = offers.map((offer) => knownFacts(offer, source.environment));
  faults.push(...nameFaults(settings, known));
  const active = ordered(offers, settings).flatMap((offer): readonly ActiveProvider[] => {
    const accounts = accountsOf(offer, source);
    if (accounts.length === 0) return [];
    const { provider, standsIn } = offer;
    return [{ provider, accounts, ...(standsIn === undefined ? {} : { standsIn }) }];
  });
  const { plan, faults: routeFaults } = planRoutes(active, settings, known);
  faults.push(...routeFaults);
  return { active, plan, known };
}

function knownFacts(
  { provider, baseUrl, keyVariable, urlVariable }: Offer,
  environment: Environment,
): KnownProvider {
  const given = variable(environment, urlVariable);
  return {
    name: provider.name,
    models: provider.models,
    variable: baseUrl === null ? urlVariable : keyVariable,
    baseUrl: given === "" ? baseUrl : baseUrlOf(given),
  };
}

function ordered(offers: readonly Offer[], { order }: UpstreamSettings): readonly Offer[] {
  const rank = ({ provider }: Offer): number => {
    const place = order.indexOf(provider.name);
    return place === -1 ? order.length : place;
  };
  return offers.toSorted((left, right) => rank(left) - rank(right));
}

function nameFaults(
  { order, accounts }: UpstreamSettings,
  known: readonly KnownProvider[],
): readonly SettingsFault[] {
  const names = known.map(({ name }) => name);
  const fault = (path: string, name: string): readonly SettingsFault[] => {
    const message = `: ${name} is no provider; write one of ${names.join(", ")}`;
    return names.includes(name) ? [] : [{ path, message }];
  };
  return [
    ...order.flatMap((name, place) => fault(`order[${place}]`, name)),
    ...accounts.flatMap(({ id, provider }) => fault(`accounts.${id}.provider`, provider)),
  ];
}

/** The accounts of the file first, then those that were added, then that of the environment. */
function accountsOf(offer: Offer, source: SettingsSource): readonly ActiveAccount[] {
  const { settings } = source;
  const named = settings.accounts.filter(({ provider }) => provider === offer.provider.name);
  return [
    ...named.flatMap((account) => namedAccount(offer, account, source)),
    ...(source.stored ?? []).flatMap((account) => storedAccount(offer, account)),
    ...environmentAccount(offer, source),
  ];
}

function namedAccount(
  offer: Offer,
  account: AccountSettings,
  { environment, faults }: SettingsSource,
): readonly ActiveAccount[] {
  const keyVariable = account.keyVariable ?? offer.keyVariable;
  const key = variable(environment, keyVariable);
  const given = account.baseUrl ?? variable(environment, offer.urlVariable);
  const path = `accounts.${account.id}`;
  const baseUrl = given === "" ? offer.baseUrl : baseUrlOf(given);
  if (baseUrl === null) {
    const wanted = "write an address such as https://api.example.com or http://127.0.0.1:8001";
    const message = given === "" ? ` is missing: ${wanted}` : `=${given} is not usable: ${wanted}`;
    faults.push({ path: `${path}.base_url`, message });
    return [];
  }
  const needsKey = account.keyVariable !== null || given === "" || offer.key === "always";
  if (key === "" && needsKey) {
    const message = ` names ${keyVariable}, which is not set: put the account's key into it`;
    faults.push({ path: `${path}.key_env`, message });
    return [];
  }
  return [{ id: account.id, baseUrl, secret: { key }, limits: limitsOf(offer, account) }];
}

function storedAccount(
  { provider, limits = NO_LIMITS }: Offer,
  { id, provider: name, baseUrl, key }: StoredAccount,
): readonly ActiveAccount[] {
  return name === provider.name ? [{ id, baseUrl, secret: { key }, limits }] : [];
}

function limitsOf({ limits = NO_LIMITS }: Offer, { limits: said }: AccountSettings): AccountLimits {
  return {
    concurrencyMax: said.concurrencyMax ?? limits.concurrencyMax,
    perMinuteMax: said.perMinuteMax ?? limits.perMinuteMax,
  };
}

function environmentAccount(
  offer: Offer,
  { environment, faults }: SettingsSource,
): readonly ActiveAccount[] {
  const { keyVariable, urlVariable, limits = NO_LIMITS } = offer;
  const key = variable(environment, keyVariable);
  const given = variable(environment, urlVariable);
  const baseUrl = given === "" ? offer.baseUrl : baseUrlOf(given);
  if (given !== "" && baseUrl === null) {
    const message = " is not usable: write an address such as https://api.example.com";
    faults.push({ path: `${urlVariable}=${given.slice(0, 60)}`, message });
    return [];
  }
  if (baseUrl === null || (key === "" && given === "")) return [];
  if (key === "" && offer.key === "always") {
    const message = ` is missing: ${urlVariable} needs the key to use`;
    faults.push({ path: keyVariable, message });
    return [];
  }
  return [{ id: FROM_ENVIRONMENT, baseUrl, secret: { key }, limits }];
}

function variable(environment: Environment, name: string): string {
  return environment[name]?.trim() ?? "";
}

/** An address without query, fragment and password, without a slash at its end; else `null`. */
function baseUrlOf(text: string): string | null {
  const url = URL.parse(text);
  const isPlain = url !== null && url.search === "" && url.hash === "" && url.username === "";
  return isPlain && /^https?:$/.test(url.protocol) ? url.href.replace(/\/+$/, "") : null;
}
