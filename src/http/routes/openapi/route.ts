import type { FastifyInstance } from "fastify";
import { JSON_TYPE } from "../../headers.ts";
import { openApiDocument } from "../../openapi/document.ts";
import type { HttpServices } from "../../services.ts";

/** `GET /openapi.json`: the API as OpenAPI 3.1, from the same catalogue that checks inputs. */
export function addOpenApi(app: FastifyInstance, services: HttpServices): void {
  let body: string | null = null;
  app.get("/openapi.json", (_request, reply) => {
    body ??= JSON.stringify(openApiDocument(services));
    return reply.type(JSON_TYPE).send(body);
  });
}
