import { GatewayError } from "../core/error.ts";
import type { Clock } from "../lib/clock.ts";

/** Lets a number of events pass within a sliding window, apart for each name. */
export interface RateLimit {
  /**
   * Counts an event that passes.
   * @throws {GatewayError} `rate_limited` with the seconds until one passes again.
   */
  take(name: string): void;
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
  return {
    take(name) {
      const nowMs = clock.monotonicMs();
      const recent = (passed.get(name) ?? []).filter((atMs) => nowMs - atMs < windowMs);
      const oldest = recent[0];
      if (oldest !== undefined && recent.length >= eventsMax) {
        passed.set(name, recent);
        const retryAfterS = Math.max(1, Math.ceil((oldest + windowMs - nowMs) / 1000));
        throw new GatewayError("rate_limited", "Rate limit exceeded", { retryAfterS });
      }
      if (passed.size >= NAMES_MAX) passed.clear();
      passed.set(name, [...recent, nowMs]);
    },
  };
}
