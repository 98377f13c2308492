import type { Clock } from "../lib/clock.ts";

/** How many requests a minute, and how many of them at once. */
export interface Rate {
  readonly perMinute: number;
  readonly burst: number;
}

/** Buckets by name: each holds a burst and refills evenly. */
export interface Buckets {
  take(name: string): Taken;
}

/** What became of a wish. */
export interface Taken {
  readonly isTaken: boolean;
  /** How many more would be given at once. */
  readonly remaining: number;
  /** Seconds until one more is given, at least 1. */
  readonly resetS: number;
}

const NAMES_MAX = 20_000;

/**
 * Makes buckets. Of each only the moment is kept at which it will be full again; those used
 * longest ago are forgotten first, which gives their owners a full bucket.
 */
export function createBuckets(rate: Rate, clock: Clock): Buckets {
  const intervalMs = 60_000 / rate.perMinute;
  const depthMs = rate.burst * intervalMs;
  const fullAtMs = new Map<string, number>();
  return {
    take(name) {
      const nowMs = clock.monotonicMs();
      const before = Math.max(fullAtMs.get(name) ?? nowMs, nowMs);
      const after = before + intervalMs;
      const isTaken = after - nowMs <= depthMs + ROUNDING_MS;
      const standMs = (isTaken ? after : before) - nowMs;
      if (isTaken) {
        fullAtMs.delete(name);
        fullAtMs.set(name, after);
        const oldest = fullAtMs.keys().next();
        if (fullAtMs.size > NAMES_MAX && oldest.done !== true) fullAtMs.delete(oldest.value);
      }
      const remaining = Math.max(0, Math.floor((depthMs - standMs + ROUNDING_MS) / intervalMs));
      const waitMs = standMs + intervalMs - depthMs;
      return { isTaken, remaining, resetS: Math.max(1, Math.ceil(waitMs / 1000)) };
    },
  };
}

// Sums of fractions of a millisecond come out a little beside the whole.
const ROUNDING_MS = 0.001;
