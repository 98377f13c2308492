import { isJsonObject, type Json, type JsonObject } from "../lib/json.ts";

const TEXT_LENGTH_MAX = 1_000;
const ITEMS_MAX = 50;
const DEPTH_MAX = 8;
const BYTES_MAX = 32_768;
const SECRET_NAME = /(authorization|secret|password|token|api[_-]?key|signature)$/i;

/**
 * What was exchanged with a provider, fit to be shown: no secrets, no queries of links, no bytes
 * of media, no more than 32 kB. `null` when it is larger even so.
 */
export function redact(value: Json): Json {
  const shown = shorten(value, DEPTH_MAX);
  return Buffer.byteLength(JSON.stringify(shown)) <= BYTES_MAX ? shown : null;
}

function shorten(value: Json, depth: number): Json {
  if (typeof value === "string") return shortenText(value);
  if (depth === 0 && typeof value === "object" && value !== null) return "[deeper]";
  if (Array.isArray(value)) {
    const shown = value.slice(0, ITEMS_MAX).map((item) => shorten(item, depth - 1));
    const rest = value.length - shown.length;
    return rest > 0 ? [...shown, `[${rest} more]`] : shown;
  }
  return isJsonObject(value) ? shortenObject(value, depth) : value;
}

function shortenObject(value: JsonObject, depth: number): JsonObject {
  const members = Object.entries(value).slice(0, 2 * ITEMS_MAX);
  return Object.fromEntries(
    members.map(([name, member = null]) => [
      name,
      SECRET_NAME.test(name) ? "[redacted]" : shorten(member, depth - 1),
    ]),
  );
}

function shortenText(text: string): string {
  const media = /^data:([\w.+/-]{1,60})[;,]/.exec(text);
  if (media !== null) return `[${media[1]}, ${text.length} characters]`;
  if (/^https?:\/\//i.test(text)) {
    const plain = text.replace(/[?#].*$/s, "?[redacted]").replace(/\/\/[^/@]*@/, "//");
    return plain.slice(0, TEXT_LENGTH_MAX);
  }
  if (text.length <= TEXT_LENGTH_MAX) return text;
  return `${text.slice(0, TEXT_LENGTH_MAX)} [${text.length - TEXT_LENGTH_MAX} more characters]`;
}
