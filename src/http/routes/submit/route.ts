import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import { canonicalJson, isJsonObject } from "../../../lib/json.ts";
import { withSoon } from "../../../lib/soon.ts";
import { successBody } from "../../../wire/envelope.ts";
import { receiptData } from "../../../wire/receipt.ts";
import { readSubmitBody } from "../../../wire/submit-body.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { checkCallback } from "../../check-callback.ts";
import { diskFull } from "../../error-reply.ts";
import { JSON_TYPE } from "../../headers.ts";
import { mayReachLoopback } from "../../loopback.ts";
import type { HttpServices, SubmitRequest } from "../../services.ts";
import { refuseUnknownMembers } from "../../strict-body.ts";

/** `POST /api/generate/submit`: accepts a task. The answer leaves after the commit. */
export function addSubmit(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  app.post("/api/generate/submit", { onRequest: guard }, async (request, reply) => {
    const fields = readSubmitBody(request.body);
    refuseUnknownMembers(fields, services.catalogue);
    const loopback = mayReachLoopback(request, services.settings);
    const { model, input, callbackUrl } = fields;
    const receipt = await services.submit(callerOf(request), {
      model,
      input,
      callbackUrl,
      idempotency: readIdempotency(request),
      loopback,
      admit: () => {
        checkCallback(fields, loopback, services);
        return withSoon(services.room.forWork(), refuseUnless);
      },
      ...limitsOf(request, services),
    });
    if (receipt.replayed) reply.header("idempotent-replayed", "true");
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(receiptData(receipt.task))));
  });
}

function refuseUnless(hasRoom: boolean): void {
  if (!hasRoom) throw diskFull();
}

function limitsOf(
  request: FastifyRequest,
  { settings }: HttpServices,
): Pick<SubmitRequest, "limits"> {
  const isFree = settings.limits === null || !callerOf(request).isLimited;
  return isFree ? {} : { limits: settings.limits };
}

function readIdempotency(request: FastifyRequest): SubmitRequest["idempotency"] {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return null;
  if (typeof key !== "string" || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new GatewayError(
      "invalid_request",
      "Idempotency-Key is not a key; expected 1 to 255 visible ASCII characters",
    );
  }
  const body = isJsonObject(request.body) ? canonicalJson(request.body) : "";
  return { key, fingerprint: createHash("sha256").update(body).digest("hex") };
}
