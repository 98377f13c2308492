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

/** A member of a body; `undefined` when it is absent or `null`. */
export function fieldOf(body: unknown, name: string): Json | undefined {
  const value = isJsonObject(body) ? body[name] : undefined;
  return value === null ? undefined : value;
}
