import { GatewayError } from "../../core/error.ts";
import { type Mode, SCOPES, type Scope } from "../../core/key.ts";
import { isJsonObject, type Json } from "../../lib/json.ts";
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
}

const NAME_LENGTH_MAX = 100;
const NETWORKS_MAX = 20;
const DAYS_MAX = 3_650;
const DAY_MS = 86_400_000;

/**
 * Reads the body of a request for a key.
 * @throws {GatewayError} `invalid_request`, naming the member.
 */
export function readKeyWish(body: unknown, nowMs: number): KeyWish {
  const wish = isJsonObject(body) ? body : {};
  const { name = "", mode = "live", scopes, networks, expires_in_days: days } = wish;
  if (typeof name !== "string" || name.length > NAME_LENGTH_MAX) {
    throw new GatewayError("invalid_request", `name must be a text of at most ${NAME_LENGTH_MAX}`);
  }
  return {
    name,
    mode: readWord("mode", mode, ["live", "test"]),
    ...(scopes === undefined ? {} : { scopes: readScopes(scopes) }),
    ...(networks === undefined ? {} : { networks: readNetworkWish(networks) }),
    ...(days === undefined ? {} : { expiresAtMs: nowMs + Math.ceil(readDays(days) * DAY_MS) }),
  };
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
