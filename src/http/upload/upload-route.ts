import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { GatewayError } from "../../core/error.ts";
import type { FileRow } from "../../core/file.ts";
import { randomBase36 } from "../../lib/random.ts";
import { type UploadNames, uploadBody } from "../../wire/upload.ts";
import { type Authenticate, callerOf } from "../authenticate.ts";
import { asGatewayError, diskFull } from "../error-reply.ts";
import { JSON_TYPE } from "../headers.ts";
import type { HttpServices } from "../services.ts";

/** One of the upload endpoints. */
export interface UploadRoute {
  readonly url: string;
  /** Largest body, bytes. */
  readonly bodyBytesMax: number;
  /** Gives `null` when a form has no file. */
  readonly take: (request: FastifyRequest, services: HttpServices) => Promise<TakenUpload | null>;
}

/** A file that was taken in, and what the client called it. */
export interface TakenUpload {
  readonly file: FileRow;
  readonly names: UploadNames;
}

/** Adds an upload endpoint: its rate, its envelope, and errors of the shape `{detail}`. */
export function addUploadRoute(
  app: FastifyInstance,
  { services, guard }: { readonly services: HttpServices; readonly guard: Authenticate },
  route: UploadRoute,
): void {
  app.post(route.url, {
    bodyLimit: route.bodyBytesMax,
    onRequest: [
      guard,
      (request, _reply, done) => {
        services.uploadRate.take(callerOf(request).keyId);
        done();
      },
    ],
    errorHandler: (thrown, request, reply) =>
      sendRefusal(asGatewayError(thrown, request), {
        request,
        reply,
        services,
      }),
    handler: async (request, reply) => {
      if (!(await services.room.forWork())) throw diskFull();
      const taken = await route.take(request, services);
      if (taken === null) return sendDetail(reply.code(422), [MISSING_FILE]);
      const { file, names } = taken;
      const url = services.links.url(file);
      const chance = randomBase36(services.random, 8);
      const body = uploadBody({ file, url, names, chance });
      return reply.type(JSON_TYPE).send(JSON.stringify(body));
    },
  });
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly services: HttpServices;
}

function sendRefusal(error: GatewayError, { request, reply, services }: Exchange): FastifyReply {
  const { retryAfterS, headers = {}, cause = error } = error.details;
  if (error.status >= 500) {
    services.log.error({ requestId: request.id, error: cause }, "An upload failed");
  }
  if (retryAfterS !== undefined) reply.header("retry-after", String(retryAfterS));
  return sendDetail(reply.headers(headers).code(error.status), detailOf(error));
}

function sendDetail(reply: FastifyReply, detail: unknown): FastifyReply {
  return reply.type(JSON_TYPE).send(JSON.stringify({ detail }));
}

/** The words of the documentation for each kind of error. */
function detailOf(error: GatewayError): string {
  if (error.code === "unauthorized") return "Not authenticated";
  return error.status >= 500 ? `Upload failed: ${error.message}` : error.message;
}

const MISSING_FILE = {
  loc: ["body", "file"],
  msg: "field required",
  type: "value_error.missing",
} as const;
