import { isJsonObject, type Json, type JsonObject } from "../lib/json.ts";

/** A URL of an input and where it stands. */
export interface MediaUrl {
  readonly field: string;
  readonly url: string;
}

/** Every string below a member whose name ends in `_url` or `_urls`, also inside objects. */
export function mediaUrls(input: JsonObject): readonly MediaUrl[] {
  const found: MediaUrl[] = [];
  replaceUrls(input, "", (place) => {
    found.push(place);
    return place.url;
  });
  return found;
}

/** The same input with other URLs, where `links` has one for what stands there. */
export function withMediaUrls(input: JsonObject, links: ReadonlyMap<string, string>): JsonObject {
  const replaced = replaceUrls(input, "", ({ url }) => links.get(url) ?? url);
  return isJsonObject(replaced) ? replaced : input;
}

function replaceUrls(
  value: Json | undefined,
  field: string,
  replace: (place: MediaUrl) => string,
): Json | undefined {
  if (typeof value === "string") {
    return /_urls?(\[\d+\])?$/.test(field) ? replace({ field, url: value }) : value;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => replaceUrls(item, `${field}[${index}]`, replace) ?? null);
  }
  if (!isJsonObject(value)) return value;
  const members = Object.keys(value).map((name) => {
    const path = field === "" ? name : `${field}.${name}`;
    return [name, replaceUrls(value[name], path, replace)] as const;
  });
  return Object.fromEntries(members);
}
