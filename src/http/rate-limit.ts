import { GatewayError } from "../core/error.ts";
import type { Clock } from "../lib/clock.ts";

/** Lets a number of events pass within a sliding window, apart for each name. */
export interface RateLimit {
  /**
   * Counts an event that passes.
   * @throws {GatewayError} `rate_limited` with the seconds until one passes again.
   */
  take(name: string): void;
  /** Seconds until one passes again, or `null` when one would pass now. */
  full(name: string): { readonly retryAfterS: number } | null;
  /** Takes the latest event back. */
  giveBack(name: string): void;
  /** Forgets all events of a name. */
  forget(name: string): void;
}

/** How many events pass in which time. */
export interface RateLimitOptions {
  readonly eventsMax: number;
  readonly windowMs: number;
  readonly clock: Clock;
}

/** Names that are kept at most; beyond them the whole memory is forgotten. */
const NAMES_MAX = 10_000;

/** Makes a limit that this process keeps for itself. */
export function createRateLimit({ eventsMax, windowMs, clock }: RateLimitOptions): RateLimit {
  const passed = new Map<string, readonly number[]>();
  const recentOf = (name: string): readonly number[] => {
    const nowMs = clock.monotonicMs();
    return (passed.get(name) ?? []).filter((atMs) => nowMs - atMs < windowMs);
  };
  const full: RateLimit["full"] = (name) => {
    const recent = recentOf(name);
    const oldest = recent[0];
    if (oldest === undefined || recent.length < eventsMax) return null;
    const waitMs = oldest + windowMs - clock.monotonicMs();
    return { retryAfterS: Math.max(1, Math.ceil(waitMs / 1000)) };
  };
  return {
    full,
    take(name) {
      const refusal = full(name);
      if (refusal !== null) {
        throw new GatewayError("rate_limited", "Rate limit exceeded", refusal);
      }
      if (passed.size >= NAMES_MAX) passed.clear();
      passed.set(name, [...recentOf(name), clock.monotonicMs()]);
    },
    giveBack(name) {
      passed.set(name, recentOf(name).slice(0, -1));
    },
    forget(name) {
      passed.delete(name);
    },
  };
}
