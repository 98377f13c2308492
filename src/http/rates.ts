import { GatewayError } from "../core/error.ts";
import type { Clock } from "../lib/clock.ts";
import { createBuckets, type Rate } from "./token-bucket.ts";

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

/** Counts requests; this process alone. */
export interface Rates {
  /**
   * Counts a request of a key and its project. Gives the headers that tell what is left, or the
   * refusal with the same headers.
   */
  take(
    name: RateName,
    who: { readonly keyId: string; readonly projectId: string },
  ): RateHeaders | GatewayError;
}

/** `RateLimit-Policy` and `RateLimit`, as the draft of the IETF writes them. */
export type RateHeaders = Readonly<Record<"ratelimit-policy" | "ratelimit", string>>;

/** Makes the counters. */
export function createRates(clock: Clock): Rates {
  const ofKeys = each((name) => createBuckets(KEY_RATES[name], clock));
  const ofProjects = each((name) => createBuckets(times(KEY_RATES[name], PROJECT_FACTOR), clock));
  return {
    take(name, { keyId, projectId }) {
      const key = ofKeys[name].take(keyId);
      const project = key.isTaken ? ofProjects[name].take(projectId) : key;
      const tight = project.isTaken ? key : project;
      const headers = {
        "ratelimit-policy": `"${name}";q=${KEY_RATES[name].perMinute};w=60`,
        ratelimit: `"${name}";r=${tight.remaining};t=${tight.resetS}`,
      };
      if (tight.isTaken) return headers;
      return new GatewayError("rate_limited", "Rate limit exceeded", {
        retryAfterS: tight.resetS,
        headers,
      });
    },
  };
}

function each<Value>(make: (name: RateName) => Value): Readonly<Record<RateName, Value>> {
  return { submit: make("submit"), status: make("status"), list: make("list") };
}

function times({ perMinute, burst }: Rate, factor: number): Rate {
  return { perMinute: perMinute * factor, burst: burst * factor };
}
