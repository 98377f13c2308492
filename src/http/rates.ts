import { GatewayError } from "../core/error.ts";
import type { Clock } from "../lib/clock.ts";
import { type Soon, withSoon } from "../lib/soon.ts";
import type { RateStore } from "../store/rate-store.ts";
import { createSharedBuckets, type SharedBuckets } from "./shared-buckets.ts";
import { createBuckets, type Rate, type Taken } from "./token-bucket.ts";

/** Kinds of requests that are counted apart. */
export type RateName = "submit" | "status" | "list";

/** Rates of one key. */
export const KEY_RATES: Readonly<Record<RateName, Rate>> = {
  submit: { perMinute: 60, burst: 20 },
  status: { perMinute: 600, burst: 60 },
  list: { perMinute: 60, burst: 60 },
};

/** All keys of a project together may do so many times what one may. */
export const PROJECT_FACTOR = 10;

/** Counts requests: together with the other nodes where there are any. */
export interface Rates {
  /**
   * Counts a request of a key and its project. Gives the headers that tell what is left, or the
   * refusal with the same headers.
   */
  take(
    name: RateName,
    who: { readonly keyId: string; readonly projectId: string },
  ): Soon<RateHeaders | GatewayError>;
}

/** `RateLimit-Policy` and `RateLimit`, as the draft of the IETF writes them. */
export type RateHeaders = Readonly<Record<"ratelimit-policy" | "ratelimit", string>>;

/** By what requests are counted. */
export interface RateParts {
  readonly clock: Clock;
  /** Where nodes count together; `null` for a process that is alone. */
  readonly shared: RateStore | null;
}

/** Makes the counters. */
export function createRates(parts: RateParts): Rates {
  const ofKeys = each((name) => bucketsFor(parts, `${name}:`, KEY_RATES[name]));
  const ofProjects = each((name) =>
    bucketsFor(parts, `${name}:`, times(KEY_RATES[name], PROJECT_FACTOR)),
  );
  return {
    take: (name, { keyId, projectId }) =>
      withSoon(ofKeys[name].take(keyId), (key) => {
        const project = key.isTaken ? ofProjects[name].take(projectId) : key;
        return withSoon(project, (taken) => judge(name, taken.isTaken ? key : taken));
      }),
  };
}

function judge(name: RateName, tight: Taken): RateHeaders | GatewayError {
  const headers = {
    "ratelimit-policy": `"${name}";q=${KEY_RATES[name].perMinute};w=60`,
    ratelimit: `"${name}";r=${tight.remaining};t=${tight.resetS}`,
  };
  if (tight.isTaken) return headers;
  return new GatewayError("rate_limited", "Rate limit exceeded", {
    retryAfterS: tight.resetS,
    headers,
  });
}

/** Buckets of this process alone, or of all nodes; `prefix` tells them apart there. */
export function bucketsFor(
  { clock, shared }: RateParts,
  prefix: string,
  rate: Rate,
): SharedBuckets {
  if (shared === null) return createBuckets(rate, clock);
  return createSharedBuckets(rate, { store: shared, clock, prefix });
}

function each<Value>(make: (name: RateName) => Value): Readonly<Record<RateName, Value>> {
  return { submit: make("submit"), status: make("status"), list: make("list") };
}

function times({ perMinute, burst }: Rate, factor: number): Rate {
  return { perMinute: perMinute * factor, burst: burst * factor };
}
