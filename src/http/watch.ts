import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GatewayError } from "../core/error.ts";
import type { Authenticate } from "./authenticate.ts";
import { callerOf } from "./authenticate.ts";
import type { HttpServices } from "./services.ts";

/** Lets requests wait for news without asking the database all the time. */
export interface Watch {
  /** Fires when the surface closes: who waits ends, or the process would wait for them. */
  readonly closing: AbortSignal;
  /** Resolves at the next hint of an end, or after `waitMs`, or when the signal fires. */
  next(waitMs: number, signal: AbortSignal): Promise<void>;
  /**
   * Takes one of the places of a key for waiting; dispose of it to give it back.
   * @throws {GatewayError} `rate_limited` when all are taken.
   */
  enter(request: FastifyRequest): Disposable;
}

/** Requests of one key that may wait at the same time. */
export const WAITING_PER_KEY = 50;

/** Makes the watch of a surface. */
export function createWatch(
  app: FastifyInstance,
  { store, clock }: Pick<HttpServices, "store" | "clock">,
): Watch {
  const closing = new AbortController();
  app.addHook("preClose", async () => closing.abort());
  let news = new AbortController();
  store.onHint((hint) => {
    if (hint !== "deliveries") return;
    news.abort();
    news = new AbortController();
  });
  const waiting = new Map<string, number>();
  return {
    closing: closing.signal,
    next: (waitMs, signal) => clock.sleep(waitMs, AbortSignal.any([news.signal, signal])),
    enter(request) {
      const { keyId } = callerOf(request);
      const count = waiting.get(keyId) ?? 0;
      if (count >= WAITING_PER_KEY) {
        const message = `A key may wait for events ${WAITING_PER_KEY} times at once`;
        throw new GatewayError("rate_limited", message);
      }
      waiting.set(keyId, count + 1);
      return {
        [Symbol.dispose]() {
          const rest = (waiting.get(keyId) ?? 1) - 1;
          if (rest > 0) waiting.set(keyId, rest);
          else waiting.delete(keyId);
        },
      };
    },
  };
}

/**
 * Asks the guard again: a key that was revoked meanwhile hears nothing more. Gives its refusal, or
 * `null`.
 */
export function refusalByNow(
  guard: Authenticate,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Error | null> {
  return new Promise((resolve) => {
    guard(request, reply, (error) => resolve(error ?? null));
  });
}
