import { mediaUrls } from "../core/media-urls.ts";
import type { JsonObject } from "../lib/json.ts";
import { judgeUrlText, type NetPolicy } from "../lib/net-address.ts";

// What an upstream can fetch by itself, as far as an address tells.

const PUBLIC: NetPolicy = { reach: "public", ownPorts: [], ownAddresses: [], cidrsAllowed: [] };

/** Whether a URL may lead to a public address; a name is not looked up. */
export function isPublicUrl(url: string): boolean {
  return judgeUrlText(url, PUBLIC) === null;
}

/**
 * What to say about the first file that lies on an inner address, among the members whose files
 * the upstream fetches itself; `null` for none.
 */
export function hiddenFile(input: JsonObject, names: readonly string[]): string | null {
  const hidden = mediaUrls(input).find(({ field, url }) => {
    return names.includes(field.replace(/\[.*$/, "")) && !isPublicUrl(url);
  });
  return hidden === undefined ? null : mustBePublic(hidden.field);
}

/** The words for a file that an upstream cannot fetch. */
export function mustBePublic(field: string): string {
  return `${field} must lead to a public address for this provider, which fetches it`;
}
