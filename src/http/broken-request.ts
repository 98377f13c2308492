import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyInstance } from "fastify";
import { GatewayError } from "../core/error.ts";
import { errorBody } from "../wire/envelope.ts";
import { sendError } from "./error-reply.ts";
import { COMMON_HEADERS, JSON_TYPE } from "./headers.ts";

/** Bytes of the request line and all headers together. */
export const HEADER_BYTES_MAX = 16 * 1024;
/** How many headers a request may have. */
export const HEADERS_MAX = 100;

/** The answers to requests with a body, by the connection that they come on. */
interface Answers {
  /** To the latest of them, whether it has gone out or not. */
  latest: ServerResponse;
  /** All, the latest too, that may not have gone out whole. */
  due: readonly ServerResponse[];
}

const answers = new WeakMap<Duplex, Answers>();

/**
 * Makes every request that is not proper HTTP/1.1 answer with the envelope, whether Node's parser
 * lets it through or not. Goes before all other judgement.
 */
export function answerBrokenRequests(app: FastifyInstance): void {
  // Without listeners Node answers the first without a body, and the second not at all.
  app.server.on("checkExpectation", (request, response) =>
    app.server.emit("request", request, response),
  );
  app.server.on("connect", (_request, socket) => hangUp(socket, noProxy()));
  app.addHook("onRequest", (request, reply, done) => {
    const { headers } = request;
    if (headers["transfer-encoding"] !== undefined || headers["content-length"] !== undefined) {
      owe(request.raw.socket, reply.raw);
    }
    const refused = judgeHead(request.raw);
    // Sent from here: thrown, it would give way to what is wrong with the path.
    if (refused === null) done();
    else sendError(reply, refused);
  });
}

function owe(socket: Duplex, latest: ServerResponse): void {
  const known = answers.get(socket);
  if (known === undefined) {
    answers.set(socket, { latest, due: [latest] });
    return;
  }
  known.latest = latest;
  known.due = [...known.due.filter(({ closed }) => !closed), latest];
}

/** Judges what Node's parser lets through: the version, the host, and where a request ends. */
function judgeHead(request: IncomingMessage): GatewayError | null {
  const { httpVersion, rawHeaders, url } = request;
  const { host, expect, "transfer-encoding": coding } = request.headers;
  if (!httpVersion.startsWith("1.")) {
    return refusal(`HTTP/${httpVersion} is not spoken here; expected HTTP/1.1`);
  }
  if (url === "*") return refusal(TARGET);
  if (host === undefined && httpVersion === "1.1") {
    return refusal("Header Host is missing; expected the gateway's name, as in Host: 127.0.0.1");
  }
  if (host !== undefined && !HOST.test(host)) {
    return refusal("Header Host is not a host; expected a name or address, with or without a port");
  }
  if (countHosts(rawHeaders) > 1) {
    return refusal("Header Host is given more than once; expected one");
  }
  if (coding !== undefined && coding.toLowerCase() !== "chunked") {
    return refusal(`Transfer-Encoding ${shown(coding)} is not supported; expected chunked`);
  }
  if (expect === undefined || expect.toLowerCase() === "100-continue") return null;
  const message = `Expect ${shown(expect)} cannot be met; expected 100-continue, or no such header`;
  return new GatewayError("expectation_failed", message, { headers: CLOSED });
}

const HOST = /^[\w.~!$&'()*+,;=%:[\]-]*$/;

/** Names stand at even places, values behind them. */
function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const name = rawHeaders[place];
    if (name?.length === 4 && name.toLowerCase() === "host") count += 1;
  }
  return count;
}

/** A fault of Node's parser. */
interface ParserError extends Error {
  readonly code?: string;
  /** The bytes that had come when the fault was found, as a Buffer. */
  readonly rawPacket?: unknown;
}

/** Answers what is not even HTTP: there is no request yet, only a socket. Fits Fastify's option. */
export function refuseBrokenRequest(error: ParserError, socket: Duplex): void {
  // What still comes after a refusal is of no interest; the connection is cut before long.
  if (socket.writableEnded) return;
  if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const { latest, due } = answers.get(socket) ?? {};
  // What came whole before is under way, a task perhaps: who sent it must learn what became of it.
  const earlier = due?.find(({ req, closed }) => req.complete && !closed);
  if (earlier !== undefined) {
    earlier.once("close", () => refuseBrokenRequest(error, socket));
    return;
  }
  // Its answer has gone out before its body was found broken: another one would be for nobody.
  if (latest?.headersSent === true && !latest.req.complete) socket.destroy();
  else hangUp(socket, verdictOn(error));
}

function verdictOn({ code = "", rawPacket }: ParserError): GatewayError {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return new GatewayError("timeout", TOO_SLOW, { headers: CLOSED });
  if (code === "HPE_INVALID_METHOD") return strangeStart(rawPacket);
  return refusal(FAULTS[code] ?? NO_HTTP);
}

const TOO_SLOW = "Request timed out; send headers within 10 seconds and the body within 30";
const HEAD = `${HEADER_BYTES_MAX} bytes`;
const LARGE = `Headers are larger than ${HEAD} or more than ${HEADERS_MAX}; send fewer`;
const FRAMING =
  "Content-Length or Transfer-Encoding says no sound length; expected one of them, once";
const HEADER_LINE = "A header is no Name: value, or has a character that HTTP does not allow";
const CHUNK = "Body has a broken chunk; expected its length in hexadecimal, then so many bytes";
const LINE_END = "A line of the head ends wrongly; expected CR LF";
const TARGET = "Path has a character that must be percent-encoded, or does not begin with a slash";

const FAULTS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: LARGE,
  HPE_INVALID_CONTENT_LENGTH: FRAMING,
  HPE_UNEXPECTED_CONTENT_LENGTH: FRAMING,
  HPE_INVALID_TRANSFER_ENCODING: FRAMING,
  HPE_INVALID_HEADER_TOKEN: HEADER_LINE,
  HPE_INVALID_CHUNK_SIZE: CHUNK,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: CHUNK,
  HPE_STRICT: LINE_END,
  HPE_CR_EXPECTED: LINE_END,
  HPE_LF_EXPECTED: LINE_END,
  HPE_INVALID_URL: TARGET,
  HPE_INVALID_CONSTANT:
    "Request line is broken; expected METHOD /path HTTP/1.1 without other spaces",
  HPE_INVALID_VERSION: "Version of HTTP is not spoken here; expected HTTP/1.1 and CR LF",
  HPE_INVALID_EOF_STATE:
    "Request ended before it was complete; expected an empty line after its headers, then its body",
  HPE_PAUSED_H2_UPGRADE: "HTTP/2 is not spoken here; expected HTTP/1.1",
};

const NO_HTTP = "Request is not HTTP; expected METHOD /path HTTP/1.1";
const LEFT_OVER = "Bytes after a request are not HTTP; expected a Content-Length of the whole body";
const METHODS = "GET, HEAD, POST, OPTIONS";

/** What began with no method that is known. */
function strangeStart(bytes: unknown): GatewayError {
  const text = Buffer.isBuffer(bytes) ? bytes.toString("latin1", 0, HEADER_BYTES_MAX) : "";
  if (text.startsWith("\x16\x03")) {
    return refusal("Request is TLS, which is not spoken here; expected http:// in the URL");
  }
  const method = /^([\w!#$%&'*+.^`|~-]{1,40}) \S+ HTTP\/1\.[01]\r?\n/.exec(text)?.[1];
  if (method === undefined) return refusal(NO_HTTP);
  // The bytes begin with the request before.
  if (knownMethods().includes(method)) return refusal(LEFT_OVER);
  return notAllowed(`Method ${method} is unknown; expected ${METHODS}`);
}

/**
 * The methods that Node's parser knows. An `import` of the values of `node:http` would read its
 * whole `fetch` too: 12 MB of an idle gateway.
 */
function knownMethods(): readonly string[] {
  return process.getBuiltinModule("node:http").METHODS;
}

function noProxy(): GatewayError {
  return notAllowed(`Method CONNECT is not allowed: this is no proxy; expected ${METHODS}`);
}

function notAllowed(message: string): GatewayError {
  return new GatewayError("method_not_allowed", message, {
    headers: { allow: METHODS, ...CLOSED },
  });
}

function refusal(message: string): GatewayError {
  return new GatewayError("invalid_request", message, { headers: CLOSED });
}

/** Where one request ends and the next begins is not agreed upon: there is no next one. */
const CLOSED = { connection: "close" };

function shown(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, "?").slice(0, 40);
}

const REASONS: Readonly<Record<number, string>> = {
  400: "Bad Request",
  405: "Method Not Allowed",
  408: "Request Timeout",
};

/** Writes an answer past the framework and ends our side of the connection. */
function hangUp(socket: Duplex, error: GatewayError): void {
  const body = JSON.stringify(errorBody(error));
  const head = [
    `HTTP/1.1 ${error.status} ${REASONS[error.status] ?? "Refused"}`,
    `Content-Type: ${JSON_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries({ ...COMMON_HEADERS, ...error.details.headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
  ];
  socket.on("error", () => {});
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
