import type { FastifyInstance } from "fastify";
import { successBody } from "../../../wire/envelope.ts";
import { JSON_TYPE } from "../../headers.ts";
import type { HttpServices } from "../../services.ts";

/** `GET /health`: the process lives. Asks nothing else, so that a sick disk kills no process. */
export function addHealth(app: FastifyInstance, services: HttpServices): void {
  const body = JSON.stringify(successBody({ status: "ok", version: services.settings.version }));
  app.get("/health", (_request, reply) => reply.type(JSON_TYPE).send(body));
}
