import { GatewayError } from "../core/error.ts";
import { mediaUrls } from "../core/media-urls.ts";
import type { JsonObject } from "../lib/json.ts";

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
