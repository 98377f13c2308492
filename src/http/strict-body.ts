import { GatewayError } from "../core/error.ts";
import type { Catalogue } from "../models/catalogue.ts";
import type { SubmitFields } from "../wire/submit-body.ts";

/**
 * Refuses members that a model with a strict body does not know. Elsewhere they are ignored:
 * public clients send them.
 * @throws {GatewayError} `invalid_request`, naming the member.
 */
export function refuseUnknownMembers(fields: SubmitFields, catalogue: Catalogue): void {
  const [first] = fields.unknown;
  if (first === undefined || catalogue.find(fields.model)?.strictBody !== true) return;
  const shown = JSON.stringify(first.slice(0, 40));
  throw new GatewayError(
    "invalid_request",
    `Body has the unknown member ${shown}; expected model, input and callback_url`,
  );
}
