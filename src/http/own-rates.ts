import { GatewayError } from "../core/error.ts";
import { type Soon, withSoon } from "../lib/soon.ts";
import { bucketsFor, type RateParts } from "./rates.ts";
import type { Caller } from "./services.ts";
import type { SharedBuckets } from "./shared-buckets.ts";

/** Limits that keys were given one by one. */
export interface OwnRates {
  /** Counts a request; gives the refusal, or `null`. */
  take(caller: Pick<Caller, "keyId" | "requestsPerMinute">): Soon<GatewayError | null>;
}

/** Makes the counters. */
export function createOwnRates(parts: RateParts): OwnRates {
  const byRate = new Map<number, SharedBuckets>();
  return {
    take({ keyId, requestsPerMinute: perMinute = null }) {
      if (perMinute === null) return null;
      const rate = { perMinute, burst: perMinute };
      const buckets = byRate.get(perMinute) ?? bucketsFor(parts, "own:", rate);
      byRate.set(perMinute, buckets);
      return withSoon(buckets.take(keyId), ({ isTaken, resetS }) => {
        if (isTaken) return null;
        return new GatewayError(
          "rate_limited",
          `The key may make ${perMinute} requests a minute; wait, then try again`,
          { retryAfterS: resetS },
        );
      });
    },
  };
}
