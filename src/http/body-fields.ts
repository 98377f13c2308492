import { GatewayError } from "../core/error.ts";
import { isJsonObject, type Json } from "../lib/json.ts";

/** How long a text may be, in characters. */
export interface TextLength {
  readonly min: number;
  readonly max: number;
}

/**
 * Reads a text of a body, without spaces around it.
 * @throws {GatewayError} `invalid_request`, naming the member.
 */
export function readTextField(body: unknown, name: string, { min, max }: TextLength): string {
  const value = fieldOf(body, name);
  const text = typeof value === "string" ? value.trim() : null;
  const length = text === null ? -1 : [...text].length;
  if (text !== null && length >= min && length <= max) return text;
  throw new GatewayError(
    "invalid_request",
    `${name} must be a text of ${min} to ${max} characters`,
  );
}

/** Reads a text as it is, spaces and all: a password. */
export function readSecretField(body: unknown, name: string, { min, max }: TextLength): string {
  const value = fieldOf(body, name);
  if (typeof value === "string" && value.length >= min && value.length <= max) return value;
  throw new GatewayError(
    "invalid_request",
    `${name} must be a text of ${min} to ${max} characters`,
  );
}

/**
 * Holds a body to the members that its route knows. A misspelt one would otherwise be as good as
 * left out, and what is left out is not limited. No body at all passes.
 * @throws {GatewayError} `invalid_request`, naming the member.
 */
export function expectMembers(body: unknown, names: readonly string[]): void {
  if (body === undefined || body === null) return;
  const known = names.join(", ");
  if (!isJsonObject(body)) {
    throw new GatewayError("invalid_request", `Body must be a JSON object with ${known}`);
  }
  const strange = Object.keys(body).find((name) => !names.includes(name));
  if (strange === undefined) return;
  const shown = JSON.stringify(strange.slice(0, 40));
  throw new GatewayError("invalid_request", `${shown} is unknown; expected ${known}`);
}

/** A member of a body; `undefined` when it is absent or `null`. */
export function fieldOf(body: unknown, name: string): Json | undefined {
  const value = isJsonObject(body) ? body[name] : undefined;
  return value === null ? undefined : value;
}
