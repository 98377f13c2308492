import { isJsonObject, type Json, type JsonObject, parseJson } from "../lib/json.ts";

// Lenient reading of what upstreams answer: whatever is not as hoped for is simply not there.

/** The value at a path of members and positions, or `undefined`. */
export function at(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): Json | undefined {
  let found = value;
  for (const step of path) {
    if (Array.isArray(found) && typeof step === "number") found = found[step];
    else if (isJsonObject(found) && Object.hasOwn(found, step)) found = found[step];
    else return undefined;
  }
  return found;
}

/** The text at a path; `null` when there is none or it is empty. */
export function textAt(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): string | null {
  const found = at(value, ...path);
  return typeof found === "string" && found !== "" ? found : null;
}

/** The finite number at a path, or `null`. */
export function numberAt(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): number | null {
  const found = at(value, ...path);
  return typeof found === "number" && Number.isFinite(found) ? found : null;
}

/** The object at a path; an empty one when there is none. */
export function objectAt(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): JsonObject {
  const found = at(value, ...path);
  return isJsonObject(found) ? found : {};
}

/** The list at a path; empty when there is none. */
export function listAt(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): readonly Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The texts of a list at a path. */
export function textsAt(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): readonly string[] {
  return listAt(value, ...path).filter((item) => typeof item === "string");
}

/** Bytes read as JSON; `undefined` when they are not. */
export function jsonOf(body: Uint8Array): Json | undefined {
  return parseJson(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8"));
}
