import { isJsonObject, type Json, type JsonObject } from "../lib/json.ts";

/** A URL of an input and where it stands. */
export interface MediaUrl {
  readonly field: string;
  readonly url: string;
}

/** Every string below a member whose name ends in `_url` or `_urls`, also inside objects. */
export function mediaUrls(input: JsonObject): readonly MediaUrl[] {
  const found: MediaUrl[] = [];
  findUrls(input, "", found);
  return found;
}

/** The same input with other URLs, where `links` has one for what stands there. */
export function withMediaUrls(input: JsonObject, links: ReadonlyMap<string, string>): JsonObject {
  const replaced = replaceUrls(input, "", links);
  return isJsonObject(replaced) ? replaced : input;
}

/** Copies nothing: every submit is searched, and most name no medium. */
function findUrls(value: Json | undefined, field: string, found: MediaUrl[]): void {
  if (typeof value === "string") {
    if (URL_MEMBER.test(field)) found.push({ field, url: value });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) findUrls(item, `${field}[${index}]`, found);
  } else if (isJsonObject(value)) {
    for (const name of Object.keys(value)) findUrls(value[name], below(field, name), found);
  }
}

function replaceUrls(
  value: Json | undefined,
  field: string,
  links: ReadonlyMap<string, string>,
): Json | undefined {
  if (typeof value === "string") {
    return URL_MEMBER.test(field) ? (links.get(value) ?? value) : value;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => replaceUrls(item, `${field}[${index}]`, links) ?? null);
  }
  if (!isJsonObject(value)) return value;
  const members = Object.keys(value).map(
    (name) => [name, replaceUrls(value[name], below(field, name), links)] as const,
  );
  return Object.fromEntries(members);
}

function below(field: string, name: string): string {
  return field === "" ? name : `${field}.${name}`;
}

const URL_MEMBER = /_urls?(\[\d+\])?$/;
