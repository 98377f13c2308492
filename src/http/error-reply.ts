import type { FastifyReply, FastifyRequest } from "fastify";
import { GatewayError } from "../core/error.ts";
import { errorBody } from "../wire/envelope.ts";
import { JSON_TYPE } from "./headers.ts";

/** Seconds that a client is told to wait when nothing better is known. */
const RETRY_AFTER_S: Readonly<Record<number, number>> = { 429: 1, 503: 2 };

/** Sends an error: the envelope, its status, and the headers that belong to it. */
export function sendError(reply: FastifyReply, error: GatewayError): FastifyReply {
  const retryAfterS = error.details.retryAfterS ?? RETRY_AFTER_S[error.status];
  if (retryAfterS !== undefined) reply.header("retry-after", String(retryAfterS));
  return reply
    .headers(error.details.headers ?? {})
    .header("cache-control", "no-store")
    .code(error.status)
    .type(JSON_TYPE)
    .send(JSON.stringify(errorBody(error)));
}

/** Puts whatever was thrown while a request was served into the words of our catalogue. */
export function asGatewayError(thrown: unknown, request: FastifyRequest): GatewayError {
  if (thrown instanceof GatewayError) return thrown;
  switch (codeOf(thrown)) {
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return new GatewayError("unsupported_media_type", mediaTypeMessage(request));
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new GatewayError("payload_too_large", tooLarge(request), {
        headers: { connection: "close" },
      });
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return new GatewayError("invalid_request", "Body is shorter than its Content-Length");
    case "FST_ERR_BAD_URL":
      return new GatewayError("invalid_request", "Path has a broken percent-encoding");
    case "FST_ERR_MAX_PARAM_LENGTH":
      return notFound();
    case "ENOSPC":
    case "EDQUOT":
      return diskFull();
    case "ECONNRESET":
      return new GatewayError("invalid_request", "Body ended before it was complete");
  }
  return new GatewayError("internal", "An internal error occurred. Please try again later.", {
    cause: thrown,
  });
}

function tooLarge({ routeOptions, server }: FastifyRequest): string {
  const bytesMax = routeOptions.bodyLimit ?? server.initialConfig.bodyLimit;
  return `Body is larger than ${bytesMax} bytes`;
}

const DISK_RETRY_S = 30;

/** The answer to new work while there is no room for its results. */
export function diskFull(): GatewayError {
  return new GatewayError("unavailable", "The disk is nearly full; nothing was done or charged", {
    retryAfterS: DISK_RETRY_S,
  });
}

/** The answer to a path that leads nowhere. */
export function notFound(): GatewayError {
  return new GatewayError("not_found", "Path not found; the API is described at /openapi.json");
}

/** Each scope of routes reads one of these. */
const BODY_TYPES = ["application/json", "multipart/form-data"];

function mediaTypeMessage({ headers, server }: FastifyRequest): string {
  const wanted = BODY_TYPES.filter((type) => server.hasContentTypeParser(type)).join(" or ");
  const type = headers["content-type"];
  if (type === undefined) return `Content-Type is missing; expected ${wanted}`;
  const shown = type.replace(/[^\x20-\x7e]/g, "?").slice(0, 80);
  if (shown.trim() === "") return `Content-Type is empty; expected ${wanted}`;
  return `Content-Type ${shown} is not supported; expected ${wanted}`;
}

function codeOf(thrown: unknown): string | null {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return null;
  return typeof thrown.code === "string" ? thrown.code : null;
}
