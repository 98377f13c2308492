import type { Mode, Scope } from "../core/key.ts";
import { exactCredits, type Millicredits } from "../core/money.ts";
import type { JsonObject } from "../lib/json.ts";
import { timeOrNull, wireTime } from "./time.ts";

/** How a key stands. */
export type KeyStatus = "active" | "rotating" | "expired" | "revoked";

/** What is shown of a key; never its secret. */
export interface ShownKeyFacts {
  readonly id: string;
  readonly name: string;
  readonly mode: Mode;
  readonly prefix: string;
  readonly last4: string;
  readonly bootstrap: boolean;
  readonly madeBy: string | null;
  readonly scopes: readonly Scope[];
  readonly networks: readonly string[];
  readonly requestsPerMinute: number | null;
  readonly spendPerDayMax: Millicredits | null;
  readonly spendMax: Millicredits | null;
  readonly spent: Millicredits;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | null;
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
  readonly replacedBy: string | null;
}

/** How much a key is used. */
export interface KeyUse {
  /** Requests in each hour, the present one last. */
  readonly uses: readonly number[];
  readonly spentToday: Millicredits;
}

/** Writes a key with its use. */
export function keyData(key: ShownKeyFacts, use: KeyUse, nowMs: number): JsonObject {
  const isCapped = key.spendPerDayMax !== null || key.spendMax !== null;
  return {
    ...{ id: key.id, name: key.name, mode: key.mode, shown_as: `${key.prefix}…${key.last4}` },
    ...{ status: statusOfKey(key, nowMs), bootstrap: key.bootstrap, made_by: key.madeBy },
    ...{ scopes: [...key.scopes], networks: [...key.networks] },
    requests_per_minute: key.requestsPerMinute,
    spend_per_day: creditsOrNull(key.spendPerDayMax),
    spend_total: creditsOrNull(key.spendMax),
    spent_today: exactCredits(use.spentToday),
    spent_total: isCapped ? exactCredits(key.spent) : null,
    uses: [...use.uses],
    last_used_time: timeOrNull(key.lastUsedAtMs),
    created_time: wireTime(key.createdAtMs),
    expires_time: timeOrNull(key.expiresAtMs),
    revoked_time: timeOrNull(key.revokedAtMs),
    replaced_by: key.replacedBy,
  };
}

function statusOfKey(key: ShownKeyFacts, nowMs: number): KeyStatus {
  if (key.revokedAtMs !== null) return "revoked";
  if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs) return "expired";
  return key.replacedBy === null ? "active" : "rotating";
}

function creditsOrNull(amount: Millicredits | null): string | null {
  return amount === null ? null : exactCredits(amount);
}
