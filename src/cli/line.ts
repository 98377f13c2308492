import type { IncomingMessage } from "node:http";
import type { JsonObject } from "../lib/json.ts";

/** Where a gateway listens: a socket of this machine, or an origin with an API key. */
export type Place =
  | { readonly kind: "socket"; readonly path: string }
  | { readonly kind: "origin"; readonly url: URL; readonly key: string };

/** One connection to a gateway, kept open between questions. */
export interface Line {
  send(question: Question): Promise<Answer>;
  close(): void;
}

/** What is asked. */
export interface Question {
  readonly method: "GET" | "POST" | "DELETE";
  /** With the query. */
  readonly path: string;
  readonly body?: JsonObject;
  /** However often it is asked under one key, it is done once. */
  readonly idempotencyKey?: string;
}

/** What came back. */
export type Answer =
  | { readonly kind: "answered"; readonly status: number; readonly body: IncomingMessage }
  /** Nobody is there, or they went away; `code` is the system's word for it. */
  | { readonly kind: "silent"; readonly code: string };

const ANSWER_TIMEOUT_MS = 30_000;

// An import of node:http would load all that it offers, a second HTTP client of 15 MB with it.
const plain = process.getBuiltinModule("node:http");
const secure = process.getBuiltinModule("node:https");

/** Opens a line; nothing is connected before the first question. */
export function openLine(place: Place): Line {
  const isSecure = place.kind === "origin" && place.url.protocol === "https:";
  const http = isSecure ? secure : plain;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  return {
    close: () => agent.destroy(),
    send: ({ method, path, body, idempotencyKey }) =>
      new Promise((resolve) => {
        const text = body === undefined ? null : JSON.stringify(body);
        const request = http.request({
          ...target(place),
          agent,
          method,
          path,
          headers: {
            ...(place.kind === "origin" ? { authorization: `Bearer ${place.key}` } : {}),
            ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
            ...(text === null
              ? {}
              : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
          },
          timeout: ANSWER_TIMEOUT_MS,
        });
        request.once("response", (answer) => {
          resolve({ kind: "answered", status: answer.statusCode ?? 0, body: answer });
        });
        request.once("timeout", () => request.destroy());
        request.once("error", (error) => resolve({ kind: "silent", code: codeOf(error) }));
        request.end(text ?? undefined);
      }),
  };
}

function target(place: Place): { socketPath: string } | { hostname: string; port: string } {
  if (place.kind === "socket") return { socketPath: place.path };
  // Node wants an IPv6 address bare, a URL wears brackets.
  return { hostname: place.url.hostname.replace(/^\[|\]$/g, ""), port: place.url.port };
}

/** The system's word for what went wrong, else the name of the error. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
