import type { FastifyReply, FastifyRequest } from "fastify";
import { GatewayError } from "../core/error.ts";
import { digestKey, isPlausibleKey } from "../core/key.ts";
import { present } from "../lib/assert.ts";
import { inBackground } from "../lib/probe.ts";
import type { KeyRow } from "../store/store.ts";
import type { Caller, HttpServices } from "./services.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set once the key was found good; `null` on routes that need none. */
    caller: Caller | null;
  }
}

/** Stops a request without a good key before its body is read. Fits Fastify's `onRequest`. */
export type Authenticate = (
  request: FastifyRequest,
  reply: FastifyReply,
  done: (error?: Error) => void,
) => void;

/** A revoked key works no longer than this. */
const CACHE_MS = 1_000;
const CACHE_ENTRIES_MAX = 1_000;
const TOUCH_EVERY_MS = 60_000;

/**
 * Makes the check of keys: `Authorization: Bearer <key>` and nothing else. Every cause of refusal
 * has the same answer, so that nobody learns which keys exist.
 */
export function createAuthenticate(
  services: Pick<HttpServices, "store" | "clock" | "log">,
): Authenticate {
  const { store, clock } = services;
  const known = new Map<string, { readonly caller: Caller; readonly untilMs: number }>();
  const touchedAtMs = new Map<string, number>();

  const remember = (digest: string, key: KeyRow): Caller => {
    const caller = { projectId: key.projectId, keyId: key.id, mode: key.mode };
    if (known.size >= CACHE_ENTRIES_MAX) known.clear();
    known.set(digest, { caller, untilMs: clock.monotonicMs() + CACHE_MS });
    touch(key.id);
    return caller;
  };
  const touch = (keyId: string): void => {
    const nowMs = clock.nowMs();
    if (nowMs - (touchedAtMs.get(keyId) ?? Number.NEGATIVE_INFINITY) < TOUCH_EVERY_MS) return;
    if (touchedAtMs.size >= CACHE_ENTRIES_MAX) touchedAtMs.clear();
    touchedAtMs.set(keyId, nowMs);
    inBackground(store.keys.touch(keyId, nowMs), (error) =>
      services.log.warn({ keyId, error }, "The last use of a key was not noted"),
    );
  };

  return (request, _reply, done) => {
    const secret = bearerOf(request.headers.authorization);
    if (secret === null) return done(unauthorized());
    const digest = digestKey(secret);
    const hit = known.get(digest);
    if (hit !== undefined && hit.untilMs > clock.monotonicMs()) {
      request.caller = hit.caller;
      return done();
    }
    known.delete(digest);
    if (!isPlausibleKey(secret)) return done(unauthorized());
    store.keys.find(digest).then((key) => {
      if (key === null || key.revokedAtMs !== null) return done(unauthorized());
      request.caller = remember(digest, key);
      done();
    }, done);
  };
}

/** Who asks, on a route behind {@link createAuthenticate}. */
export function callerOf(request: FastifyRequest): Caller {
  return present(request.caller, "The caller of a guarded route");
}

function bearerOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  return /^bearer +([\x21-\x7e]{1,512}) *$/i.exec(header)?.[1] ?? null;
}

function unauthorized(): GatewayError {
  return new GatewayError("unauthorized", "Unauthorized - Invalid API key", {
    headers: { "www-authenticate": "Bearer" },
  });
}
