import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";

/** Most addresses that one input may name; the widest model takes fifty. */
const URLS_MAX = 64;

/**
 * The customer's media addresses in an input, each once, in the order of the input: every string
 * under a key that ends in `_url` or `_urls`, also inside nested objects (`kling_elements`).
 * `callback_url` names no medium.
 */
export function urlsToFetch(input: JsonObject): string[] {
  return [...new Set(namedMedia(input).map(({ url }) => url))].slice(0, URLS_MAX);
}

/** A customer's medium and the member that names it. */
export interface NamedMedium {
  readonly name: string;
  readonly url: string;
}

/** The same with the names of their members, each as often as it is named. */
export function namedMedia(input: JsonObject): NamedMedium[] {
  return Object.entries(input).flatMap(([name, member]) => {
    if (member === undefined || name === "callback_url") return [];
    if (/_urls?$/.test(name)) return stringsIn(member).map((url) => ({ name, url }));
    return (Array.isArray(member) ? member : [member])
      .filter((item) => isJsonObject(item))
      .flatMap((item) => namedMedia(item));
  });
}

function stringsIn(value: Json): string[] {
  const items: readonly Json[] = Array.isArray(value) ? value : [value];
  return items.filter((item) => typeof item === "string").filter((item) => item !== "");
}

/** The addresses under the given keys, in the order of the keys; strings and lists alike. */
export function urlsOf(input: JsonObject, ...keys: readonly string[]): string[] {
  return [...new Set(keys.flatMap((key) => stringsIn(input[key] ?? null)))];
}
