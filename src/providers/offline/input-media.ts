import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";

/** Most addresses that one input may name; the widest model takes fifty. */
const URLS_MAX = 64;

/**
 * The customer's media addresses in an input, each once, in the order of the input: every string
 * under a key that ends in `_url` or `_urls`, also inside nested objects (`kling_elements`).
 * `callback_url` names no medium.
 */
export function mediaUrls(input: JsonObject): string[] {
  const found = new Set<string>();
  collect(input, found);
  return [...found].slice(0, URLS_MAX);
}

function collect(value: JsonObject, found: Set<string>): void {
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined || key === "callback_url") continue;
    if (/_urls?$/.test(key)) addStrings(member, found);
    else
      for (const item of Array.isArray(member) ? member : [member]) {
        if (isJsonObject(item)) collect(item, found);
      }
  }
}

function addStrings(value: Json, found: Set<string>): void {
  for (const item of Array.isArray(value) ? value : [value]) {
    if (typeof item === "string" && item !== "") found.add(item);
  }
}

/** The addresses under the given keys, in the order of the keys; strings and lists alike. */
export function urlsOf(input: JsonObject, ...keys: readonly string[]): string[] {
  const found = new Set<string>();
  for (const key of keys) {
    const value = input[key];
    if (value !== undefined) addStrings(value, found);
  }
  return [...found];
}
