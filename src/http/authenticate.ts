import type { FastifyReply, FastifyRequest } from "fastify";
import { GatewayError } from "../core/error.ts";
import { digestKey, isPlausibleKey } from "../core/key.ts";
import { present } from "../lib/assert.ts";
import type { KeyRow } from "../store/key-store.ts";
import { type IsInside, networkOf, readNetworks } from "./networks.ts";
import type { Caller, HttpServices } from "./services.ts";
import { sessionToken } from "./session/cookie.ts";
import { callerBySession } from "./session/session-guard.ts";
import { createBuckets } from "./token-bucket.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set once the key was found good; `null` on routes that need none. */
    caller: Caller | null;
    /** Until when the caller stands as found, milliseconds of the clock that never jumps. */
    callerUntilMs: number;
  }
}

/** Stops a request without a good key before its body is read. Fits Fastify's `onRequest`. */
export type Authenticate = (
  request: FastifyRequest,
  reply: FastifyReply,
  done: (error?: Error) => void,
) => void;

/**
 * A revoked key works no longer than this. Found by the header as it came: its digest for each
 * request would be a tenth of an answer's work.
 */
const CACHE_MS = 1_000;
const CACHE_ENTRIES_MAX = 1_000;
/** Tries with a bad key that one address may make in a minute. */
const BAD_TRIES_MAX = 20;

/**
 * Makes the check of keys: `Authorization: Bearer <key>` and nothing else. Every cause of refusal
 * has the same answer, so that nobody learns which keys exist. Without it a session counts.
 */
export function createAuthenticate(
  services: Pick<HttpServices, "store" | "clock" | "keyUses" | "people" | "settings">,
): Authenticate {
  const { store, clock, keyUses, settings } = services;
  const known = new Map<string, Known>();
  const badTries = createBuckets({ perMinute: BAD_TRIES_MAX, burst: BAD_TRIES_MAX }, clock);

  const remember = (header: string, key: KeyRow, askedMs: number): Known => {
    const entry = { ...guestOf(key), untilMs: askedMs + CACHE_MS };
    // Behind all others, which are in the order of their times.
    known.delete(header);
    forgetUsed(known, askedMs);
    if (known.size >= CACHE_ENTRIES_MAX) known.clear();
    known.set(header, entry);
    return entry;
  };
  const isInForce = (key: KeyRow): boolean =>
    key.revokedAtMs === null && (key.expiresAtMs === null || key.expiresAtMs > clock.nowMs());
  const refuse = (request: FastifyRequest): GatewayError => {
    // Good keys are let in all the same: others may share an address with whoever tries.
    const { isTaken, resetS } = badTries.take(networkOf(request.ip));
    return isTaken ? unauthorized() : tooManyTries(resetS);
  };
  const admit = (
    request: FastifyRequest,
    { caller, isInside, untilMs }: Known,
  ): GatewayError | undefined => {
    if (isInside !== null && !isInside(request.ip)) return refuse(request);
    // Who waits for events is judged again and again, and asked once.
    if (request.caller === null) keyUses.count(caller.keyId);
    request.caller = caller;
    request.callerUntilMs = untilMs;
    return undefined;
  };

  const admitSession = (request: FastifyRequest, done: (error?: Error) => void): void => {
    callerBySession(request, services).then((caller) => {
      request.caller = caller;
      request.callerUntilMs = clock.monotonicMs() + CACHE_MS;
      done();
    }, done);
  };

  return (request, _reply, done) => {
    const { authorization } = request.headers;
    if (authorization === undefined) {
      if (sessionToken(request, settings) === null) return done(unauthorized());
      return admitSession(request, done);
    }
    const hit = known.get(authorization);
    if (hit !== undefined && hit.untilMs > clock.monotonicMs()) return done(admit(request, hit));
    known.delete(authorization);
    const secret = bearerOf(authorization);
    if (secret === null || !isPlausibleKey(secret)) return done(refuse(request));
    const askedMs = clock.monotonicMs();
    store.keys.find(digestKey(secret)).then((key) => {
      const isGood = key !== null && isInForce(key);
      done(isGood ? admit(request, remember(authorization, key, askedMs)) : refuse(request));
    }, done);
  };
}

/** What is not used any more makes way for what is. */
function forgetUsed(known: Map<string, Known>, nowMs: number): void {
  for (const [header, { untilMs }] of known) {
    if (untilMs > nowMs) return;
    known.delete(header);
  }
}

interface Known {
  readonly caller: Caller;
  /** `null`: from anywhere. */
  readonly isInside: IsInside | null;
  readonly untilMs: number;
}

function guestOf(key: KeyRow): Pick<Known, "caller" | "isInside"> {
  const { projectId, id: keyId, mode, scopes, networks } = key;
  const { requestsPerMinute } = key;
  const isCapped = key.spendPerDayMax !== null || key.spendMax !== null;
  const limits = { isLimited: !key.bootstrap, requestsPerMinute, isCapped };
  const caller = { projectId, keyId, mode, scopes, ...limits };
  // What cannot be read lets nobody in.
  const isInside = networks.length === 0 ? null : (readNetworks(networks) ?? (() => false));
  return { caller, isInside };
}

/** Who asks, on a route behind {@link createAuthenticate}. */
export function callerOf(request: FastifyRequest): Caller {
  return present(request.caller, "The caller of a guarded route");
}

function bearerOf(header: string): string | null {
  return /^bearer +([\x21-\x7e]{1,512}) *$/i.exec(header)?.[1] ?? null;
}

function unauthorized(): GatewayError {
  return new GatewayError("unauthorized", "Unauthorized - Invalid API key", {
    headers: { "www-authenticate": "Bearer" },
  });
}

function tooManyTries(retryAfterS: number): GatewayError {
  return new GatewayError("rate_limited", "Too many requests with a bad key", { retryAfterS });
}
