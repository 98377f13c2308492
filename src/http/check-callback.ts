import { GatewayError } from "../core/error.ts";
import type { SubmitFields } from "../wire/submit-body.ts";
import type { HttpServices } from "./services.ts";

/**
 * Judges the text of a submit's callback URL.
 * @throws {GatewayError} `invalid_request` with what is wrong.
 */
export function checkCallback(
  { callbackUrl }: SubmitFields,
  loopback: boolean,
  { judgeCallback }: Pick<HttpServices, "judgeCallback">,
): void {
  const fault = callbackUrl === null ? null : judgeCallback(callbackUrl, loopback);
  if (fault !== null) throw new GatewayError("invalid_request", `callback_url ${fault}`);
}
