import type { FastifyInstance } from "fastify";
import { balanceData } from "../../../wire/balance.ts";
import { successBody } from "../../../wire/envelope.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { JSON_TYPE } from "../../headers.ts";
import type { HttpServices } from "../../services.ts";

/** `GET /api/user/balance`: the credits that the key's project has left. */
export function addBalance(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  app.get("/api/user/balance", { onRequest: guard }, async (request, reply) => {
    const { email, balance } = await services.account(callerOf(request).projectId);
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(balanceData(email, balance))));
  });
}
