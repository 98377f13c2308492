import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import type { HttpServices } from "../../services.ts";

const BODY_BYTES_MAX = 1024 * 1024;

/**
 * `POST /callbacks/:name`: where upstreams tell us about an attempt. The name proves that we made
 * it; what the body says is only ever a hint. The answer leaves after the commit.
 */
export function addUpstreamCallback(app: FastifyInstance, services: HttpServices): void {
  app.register(async (room) => {
    // Whatever an upstream sends is handed to its provider as it came: signatures cover bytes.
    room.removeAllContentTypeParsers();
    room.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => {
      done(null, body);
    });
    room.post<{ Params: { name: string } }>(
      "/callbacks/:name",
      { bodyLimit: BODY_BYTES_MAX },
      async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const url = new URL(request.url, "http://gateway");
        const answer = await services.upstreamCallback(request.params.name, {
          headers: new Headers(plainHeaders(request.headers)),
          body,
          url,
        });
        if (answer === null) throw new GatewayError("not_found", "No such callback");
        // An upstream that wants more back than a status wants JSON.
        if (answer.body !== "") reply.type("application/json");
        return reply.code(answer.status).send(answer.body);
      },
    );
  });
}

function plainHeaders(headers: NodeJS.Dict<string | string[]>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
}
