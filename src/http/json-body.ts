import { isUtf8 } from "node:buffer";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { GatewayError } from "../core/error.ts";
import { brokenJsonLimit, type Json, type JsonLimits, parseJson } from "../lib/json.ts";
import { findJsonFault } from "../lib/json-fault.ts";

/** Nesting and size of any JSON body; lists of the catalogue stay far below. */
export const BODY_LIMITS: JsonLimits = { depthMax: 32, nodesMax: 10_000 };

/** Makes `application/json` the one type that bodies may have. */
export function acceptJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(
    "application/json",
    { parseAs: "buffer" },
    (request, body, done) => {
      const refused = encodingFault(request);
      if (refused !== null) return done(refused);
      const read = readJsonBody(body);
      return read instanceof GatewayError ? done(read) : done(null, read);
    },
  );
}

/**
 * Reads a body as JSON that is safe to store and to hand on: UTF-8, within {@link BODY_LIMITS},
 * without names that change prototypes, numbers beyond a double, or text that no database takes.
 * Gives the refusal instead of throwing it.
 */
export function readJsonBody(body: Buffer): Json | undefined | GatewayError {
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) return refusal("Body is not UTF-8; expected JSON in UTF-8");
  const text = body.toString("utf8");
  const value = parseJson(text);
  if (value === undefined) return malformed(text);
  const limit = brokenJsonLimit(value, BODY_LIMITS);
  if (limit === "depth") {
    return refusal(`Body is nested deeper than ${BODY_LIMITS.depthMax} levels`);
  }
  if (limit === "nodes") return refusal(`Body has more than ${BODY_LIMITS.nodesMax} values`);
  // The walk is only made when the text shows that it may find something.
  return SUSPICIOUS.test(text) ? (findPoison(value, "Body") ?? value) : value;
}

const SUSPICIOUS = /\\u|__proto__|"constructor"|\d[eE]|\d{300}/;

function malformed(text: string): GatewayError {
  const fault = findJsonFault(text);
  if (fault === null) return refusal("Body is not valid JSON");
  const { line, column, expected } = fault;
  return refusal(`Body is not valid JSON at line ${line}, column ${column}: expected ${expected}`);
}

/** Names what is wrong inside a value. Recursion is bounded by the depth limit. */
function findPoison(value: unknown, where: string): GatewayError | null {
  if (typeof value === "string") return findBadText(value, where);
  if (value === Infinity || value === -Infinity) {
    return refusal(`${where} is a number beyond the range of a double`);
  }
  if (typeof value !== "object" || value === null) return null;
  for (const [name, member] of Object.entries(value)) {
    const place = Array.isArray(value) ? `${where}[${name}]` : `${where}.${printable(name)}`;
    const poison =
      findBadName(name, member, where) ?? findBadText(name, where) ?? findPoison(member, place);
    if (poison !== null) return poison;
  }
  return null;
}

function findBadName(name: string, member: unknown, where: string): GatewayError | null {
  const inherited =
    name === "__proto__" ||
    (name === "constructor" &&
      typeof member === "object" &&
      member !== null &&
      Object.hasOwn(member, "prototype"));
  return inherited ? refusal(`${where} has the reserved name ${name}`) : null;
}

function findBadText(text: string, where: string): GatewayError | null {
  if (text.includes("\0")) return refusal(`${where} has a NUL character in its text`);
  return text.isWellFormed() ? null : refusal(`${where} has half a surrogate pair in its text`);
}

function encodingFault(request: FastifyRequest): GatewayError | null {
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding.toLowerCase() !== "identity") {
    return unsupported(`Content-Encoding ${printable(encoding)} is not supported; send plain JSON`);
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(
    request.headers["content-type"] ?? "",
  )?.[1];
  if (charset !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(charset)) {
    return unsupported(`charset ${printable(charset)} is not supported; expected utf-8`);
  }
  return null;
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?").slice(0, 40);
}

function refusal(message: string): GatewayError {
  return new GatewayError("invalid_request", message);
}

function unsupported(message: string): GatewayError {
  return new GatewayError("unsupported_media_type", message);
}
