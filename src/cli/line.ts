import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
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
}

/** What came back. */
export type Answer =
  | { readonly kind: "answered"; readonly status: number; readonly body: IncomingMessage }
  /** Nobody is there, or they went away; `code` is the system's word for it. */
  | { readonly kind: "silent"; readonly code: string };

const ANSWER_TIMEOUT_MS = 30_000;

/** Opens a line; nothing is connected before the first question. */
export function openLine(place: Place): Line {
  const isSecure = place.kind === "origin" && place.url.protocol === "https:";
  const agent = new (isSecure ? SecureAgent : PlainAgent)({ keepAlive: true, maxSockets: 1 });
  const send = isSecure ? secureRequest : plainRequest;
  return {
    close: () => agent.destroy(),
    send: ({ method, path, body }) =>
      new Promise((resolve) => {
        const text = body === undefined ? null : JSON.stringify(body);
        const request = send({
          ...target(place),
          agent,
          method,
          path,
          headers: {
            ...(place.kind === "origin" ? { authorization: `Bearer ${place.key}` } : {}),
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

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
