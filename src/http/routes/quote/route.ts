import type { FastifyInstance } from "fastify";
import { successBody } from "../../../wire/envelope.ts";
import { quoteData } from "../../../wire/quote.ts";
import { readSubmitBody } from "../../../wire/submit-body.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { checkCallback } from "../../check-callback.ts";
import { JSON_TYPE } from "../../headers.ts";
import { mayReachLoopback } from "../../loopback.ts";
import type { HttpServices } from "../../services.ts";
import { refuseUnknownMembers } from "../../strict-body.ts";

/** `POST /api/generate/quote`: what a submit of the same body would hold. Nothing is stored. */
export function addQuote(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  app.post("/api/generate/quote", { onRequest: guard }, async (request, reply) => {
    const fields = readSubmitBody(request.body);
    refuseUnknownMembers(fields, services.catalogue);
    const { model, input } = fields;
    const loopback = mayReachLoopback(request, services.settings);
    checkCallback(fields, loopback, services);
    const caller = callerOf(request);
    const price = await services.quote(caller, { model, input, loopback });
    // Test keys pay nothing, also for what has no price.
    const amount = caller.mode === "test" ? 0 : price;
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(quoteData(model, amount))));
  });
}
