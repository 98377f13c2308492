import type { FastifyInstance } from "fastify";
import { present } from "../../../lib/assert.ts";
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
    const { projectId } = callerOf(request);
    const project = present(await services.store.keys.project(projectId), "The project of a key");
    const data = balanceData(project.email, project.balance);
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
}
