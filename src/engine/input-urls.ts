import { GatewayError } from "../core/error.ts";
import { isJsonObject, type Json, type JsonObject } from "../lib/json.ts";

/** Judges the text of a URL: what is wrong in words that follow the field's name, or `null`. */
export type JudgeInputUrl = (url: string, loopbackAllowed: boolean) => string | null;

/**
 * Refuses an input whose media URLs lead nowhere that we may go, before a task exists. Names that
 * only a look-up can judge pass; the address is judged again when it is fetched.
 * @throws {GatewayError} `invalid_request` naming the member.
 */
export function checkInputUrls(
  judge: JudgeInputUrl,
  { input, loopback }: { readonly input: JsonObject; readonly loopback: boolean },
): void {
  for (const { field, url } of mediaUrls(input)) {
    const fault = judge(url, loopback);
    if (fault !== null) throw new GatewayError("invalid_request", `${field} ${fault}`);
  }
}

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

function findUrls(value: Json | undefined, field: string, found: MediaUrl[]): void {
  if (typeof value === "string") {
    if (/_urls?(\[\d+\])?$/.test(field)) found.push({ field, url: value });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) findUrls(item, `${field}[${index}]`, found);
  } else if (isJsonObject(value)) {
    for (const name of Object.keys(value)) {
      findUrls(value[name], field === "" ? name : `${field}.${name}`, found);
    }
  }
}
