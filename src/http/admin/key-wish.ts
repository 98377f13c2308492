import { GatewayError } from "../../core/error.ts";
import { type Mode, SCOPES, type Scope } from "../../core/key.ts";
import { fromCredits, type Millicredits } from "../../core/money.ts";
import type { Json } from "../../lib/json.ts";
import { expectMembers, fieldOf } from "../body-fields.ts";
import { readNetworks } from "../networks.ts";
import { readWord } from "../query.ts";

/** What a new key shall be. */
export interface KeyWish {
  readonly name: string;
  readonly mode: Mode;
  /** Absent: the usual ones. */
  readonly scopes?: readonly Scope[];
  readonly networks?: readonly string[];
  readonly expiresAtMs?: number;
  readonly requestsPerMinute?: number;
  readonly spendPerDayMax?: Millicredits;
  readonly spendMax?: Millicredits;
}

const MEMBERS = [
  ...["name", "mode", "scopes", "networks", "expires_in_days"],
  ...["requests_per_minute", "spend_per_day", "spend_total"],
];
const NAME_LENGTH_MAX = 100;
const NETWORKS_MAX = 20;
const DAYS_MAX = 3_650;
const DAY_MS = 86_400_000;

/**
 * Reads the body of a request for a key.
 * @throws {GatewayError} `invalid_request`, naming the member.
 */
export function readKeyWish(body: unknown, nowMs: number): KeyWish {
  expectMembers(body, MEMBERS);
  const name = fieldOf(body, "name") ?? "";
  const scopes = fieldOf(body, "scopes");
  const networks = fieldOf(body, "networks");
  const days = fieldOf(body, "expires_in_days");
  if (typeof name !== "string" || name.length > NAME_LENGTH_MAX) {
    const most = `${NAME_LENGTH_MAX} characters`;
    throw new GatewayError("invalid_request", `name must be a text of at most ${most}`);
  }
  return {
    name,
    mode: readWord("mode", fieldOf(body, "mode") ?? "live", ["live", "test"]),
    ...(scopes === undefined ? {} : { scopes: readScopes(scopes) }),
    ...(networks === undefined ? {} : { networks: readNetworkWish(networks) }),
    ...(days === undefined ? {} : { expiresAtMs: nowMs + Math.ceil(readDays(days) * DAY_MS) }),
    ...readCaps(body),
  };
}

const REQUESTS_MAX = 100_000;
const CREDITS_MAX = 1e9;

function readCaps(
  body: unknown,
): Pick<KeyWish, "requestsPerMinute" | "spendPerDayMax" | "spendMax"> {
  const requests = fieldOf(body, "requests_per_minute");
  const perDay = readCap(body, "spend_per_day");
  const total = readCap(body, "spend_total");
  return {
    ...(requests === undefined ? {} : { requestsPerMinute: readRequests(requests) }),
    ...(perDay === null ? {} : { spendPerDayMax: perDay }),
    ...(total === null ? {} : { spendMax: total }),
  };
}

function readRequests(requests: Json): number {
  const isGood = typeof requests === "number" && Number.isInteger(requests);
  if (isGood && requests >= 1 && requests <= REQUESTS_MAX) return requests;
  throw new GatewayError(
    "invalid_request",
    `requests_per_minute must be a whole number from 1 to ${REQUESTS_MAX}`,
  );
}

function readCap(body: unknown, name: string): Millicredits | null {
  const credits = fieldOf(body, name);
  if (credits === undefined) return null;
  if (typeof credits === "number" && credits >= 0 && credits <= CREDITS_MAX) {
    return fromCredits(credits);
  }
  throw new GatewayError(
    "invalid_request",
    `${name} must be a number of credits from 0 to ${CREDITS_MAX}`,
  );
}

function readScopes(scopes: Json): readonly Scope[] {
  const given = Array.isArray(scopes) ? scopes : [];
  const read = given.map((scope) => readWord("scopes", scope, SCOPES));
  if (read.length > 0) return SCOPES.filter((scope) => read.includes(scope));
  throw new GatewayError("invalid_request", `scopes must be a list of: ${SCOPES.join(", ")}`);
}

function readNetworkWish(networks: Json): readonly string[] {
  const given = Array.isArray(networks) ? networks : [];
  const texts = given.filter((network) => typeof network === "string");
  const isList = texts.length === given.length && given.length <= NETWORKS_MAX;
  if (given.length > 0 && isList && readNetworks(texts) !== null) return texts;
  throw new GatewayError(
    "invalid_request",
    `networks must be a list of 1 to ${NETWORKS_MAX} addresses or networks such as 10.0.0.0/8`,
  );
}

function readDays(days: Json): number {
  if (typeof days === "number" && days > 0 && days <= DAYS_MAX) return days;
  throw new GatewayError("invalid_request", `expires_in_days must be above 0, at most ${DAYS_MAX}`);
}
