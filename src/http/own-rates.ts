import { GatewayError } from "../core/error.ts";
import type { Clock } from "../lib/clock.ts";
import type { Caller } from "./services.ts";
import { type Buckets, createBuckets } from "./token-bucket.ts";

/** Limits that keys were given one by one; this process alone. */
export interface OwnRates {
  /** Counts a request; gives the refusal, or `null`. */
  take(caller: Pick<Caller, "keyId" | "requestsPerMinute">): GatewayError | null;
}

/** Makes the counters. */
export function createOwnRates(clock: Clock): OwnRates {
  const byRate = new Map<number, Buckets>();
  return {
    take({ keyId, requestsPerMinute: perMinute = null }) {
      if (perMinute === null) return null;
      const buckets =
        byRate.get(perMinute) ?? createBuckets({ perMinute, burst: perMinute }, clock);
      byRate.set(perMinute, buckets);
      const { isTaken, resetS } = buckets.take(keyId);
      if (isTaken) return null;
      return new GatewayError(
        "rate_limited",
        `The key may make ${perMinute} requests a minute; wait, then try again`,
        { retryAfterS: resetS },
      );
    },
  };
}
