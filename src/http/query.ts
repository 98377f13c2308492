import type { FastifyRequest } from "fastify";
import { GatewayError } from "../core/error.ts";
import { isJsonObject } from "../lib/json.ts";

/**
 * Reads the query of a URL: known names only, each once.
 * @throws {GatewayError} `invalid_request`, naming what is unknown or given twice.
 */
export function readQuery<const Name extends string>(
  request: FastifyRequest,
  names: readonly Name[],
): Readonly<Partial<Record<Name, string>>> {
  const query = isJsonObject(request.query) ? request.query : {};
  const read: Partial<Record<Name, string>> = {};
  for (const [given, value] of Object.entries(query)) {
    const name = names.find((known) => known === given);
    if (name === undefined) {
      const shown = given.slice(0, 40).replace(/[^\x20-\x7e]/g, "?");
      throw new GatewayError(
        "invalid_request",
        `Query has the unknown name ${shown}; expected ${names.join(", ")}`,
      );
    }
    if (typeof value !== "string") {
      throw new GatewayError("invalid_request", `${name} is given more than once`);
    }
    read[name] = value;
  }
  return read;
}

/**
 * Reads one of a few words.
 * @throws {GatewayError} `invalid_request`.
 */
export function readWord<const Word extends string>(
  name: string,
  value: unknown,
  words: readonly Word[],
): Word {
  const word = words.find((known) => known === value);
  if (word !== undefined) return word;
  throw new GatewayError("invalid_request", `${name} must be one of: ${words.join(", ")}`);
}
