import type { FastifyInstance } from "fastify";
import { JSON_TYPE } from "../../headers.ts";
import type { HttpServices } from "../../services.ts";

/** `GET /openapi.json`: the API as OpenAPI 3.1, from the same catalogue that checks inputs. */
export function addOpenApi(app: FastifyInstance, services: HttpServices): void {
  let body: string | null = null;
  app.get("/openapi.json", async (_request, reply) => {
    body ??= await write(services);
    return reply.type(JSON_TYPE).send(body);
  });
}

/** Its pieces are read with the first question: most gateways are never asked. */
async function write(services: HttpServices): Promise<string> {
  const { openApiDocument } = await import("../../openapi/document.ts");
  return JSON.stringify(openApiDocument(services));
}
