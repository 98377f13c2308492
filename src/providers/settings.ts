import type { Json } from "../lib/json.ts";

/** What the operator's file says about providers; empty where it says nothing. */
export interface UpstreamSettings {
  /** Provider names in the order in which their default routes are tried; the rest follows. */
  readonly order: readonly string[];
  readonly accounts: readonly AccountSettings[];
  /** The whole list of routes of a model, in place of the default ones. */
  readonly routes: Readonly<Record<string, readonly RouteSettings[]>>;
  /** Models that may be served by another one, by the built-in list. */
  readonly substitute: readonly string[];
}

/** An account at a provider. */
export interface AccountSettings {
  readonly id: string;
  readonly provider: string;
  /** The variable of the environment that holds its key, or `null` for the provider's own. */
  readonly keyVariable: string | null;
  readonly baseUrl: string | null;
  readonly limits: AccountLimits;
}

/** What an account may be asked at most. */
export interface AccountLimits {
  /** Jobs under way at a time, or `null`. */
  readonly concurrencyMax: number | null;
  /** Submits within a minute, or `null`. */
  readonly perMinuteMax: number | null;
}

/** One route of a model. */
export interface RouteSettings {
  readonly provider: string;
  /** An account's id, or `null` for the provider's first. */
  readonly account: string | null;
  /** The provider's name for the model, or `null` for its default. */
  readonly upstreamModel: string | null;
  readonly onAmbiguous: "fail" | "retry";
  /** `allow`: another model than the one named. `none`: the same one. `null`: not said. */
  readonly substitute: "allow" | "none" | null;
  /** How the upstream is asked, where data tells it; else `null`. */
  readonly mapping: MappingSettings | null;
}

/** A mapping as it is written. */
export interface MappingSettings {
  /** The template, or the name of a file that holds it. */
  readonly input: Json;
  readonly output: string;
  readonly ignore: readonly string[];
  /** The name of a file with an answer of the upstream, or `null`. */
  readonly recorded: string | null;
}

/** Nothing is said. */
export const NO_SETTINGS: UpstreamSettings = {
  order: [],
  accounts: [],
  routes: {},
  substitute: [],
};

/** No limits of our own. */
export const NO_LIMITS: AccountLimits = { concurrencyMax: null, perMinuteMax: null };
