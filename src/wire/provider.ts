import type { TaskErrorCode } from "../core/error.ts";
import type { JsonObject } from "../lib/json.ts";
import { timeOrNull, wireTime } from "./time.ts";

/** A provider as its operator sees it. */
export interface ProviderFacts {
  readonly name: string;
  /** Public ids of the models that it could serve. */
  readonly models: readonly string[];
  /** The variable of the environment that would activate it; `null` for the built-in engine. */
  readonly variable: string | null;
  /** Its accounts in use, the first one first. */
  readonly accounts: readonly AccountFacts[];
}

/** An account in use. */
export interface AccountFacts {
  readonly id: string;
  readonly source: "environment" | "file" | "console" | "built-in";
  readonly host: string | null;
  readonly state: "healthy" | "paused" | "circuit" | "resting" | "busy";
  readonly untilMs: number | null;
  readonly inFlight: number;
  readonly lastError: {
    readonly error: { readonly code: TaskErrorCode; readonly message: string };
    readonly atMs: number;
  } | null;
  readonly limits: { readonly concurrencyMax: number | null; readonly perMinuteMax: number | null };
}

/** A stored key, without the key. */
export interface StoredKeyFacts {
  readonly id: string;
  readonly provider: string;
  readonly account: string;
  readonly baseUrl: string;
  readonly last4: string;
  readonly createdAtMs: number;
  readonly isReadable: boolean;
}

/** Writes a provider; its state is that of its first account. */
export function providerData(provider: ProviderFacts): JsonObject {
  const [first] = provider.accounts;
  return {
    name: provider.name,
    state: first?.state ?? "no_key",
    until_time: timeOrNull(first?.untilMs ?? null),
    in_flight: provider.accounts.reduce((sum, { inFlight }) => sum + inFlight, 0),
    models: provider.models,
    activated_by: provider.variable,
    accounts: provider.accounts.map(accountData),
  };
}

function accountData(account: AccountFacts): JsonObject {
  const { lastError } = account;
  return {
    account: account.id,
    source: account.source,
    host: account.host,
    state: account.state,
    until_time: timeOrNull(account.untilMs),
    in_flight: account.inFlight,
    concurrency_max: account.limits.concurrencyMax,
    per_minute_max: account.limits.perMinuteMax,
    last_error:
      lastError === null
        ? null
        : {
            code: lastError.error.code,
            message: lastError.error.message,
            time: wireTime(lastError.atMs),
          },
  };
}

/** Writes a stored key: its last four characters are all that is ever told of it. */
export function storedKeyData(key: StoredKeyFacts): JsonObject {
  return {
    key_id: key.id,
    provider: key.provider,
    account: key.account,
    host: hostOf(key.baseUrl),
    last4: key.last4,
    created_time: wireTime(key.createdAtMs),
    readable: key.isReadable,
  };
}

/** The host of a base URL, or `null` where there is none. */
export function hostOf(baseUrl: string): string | null {
  return URL.parse(baseUrl)?.host ?? null;
}
