import type { Clock } from "../lib/clock.ts";
import type { Soon } from "../lib/soon.ts";
import type { RateStore } from "../store/rate-store.ts";
import type { Rate, Taken } from "./token-bucket.ts";

/** Buckets that all nodes draw from. */
export interface SharedBuckets {
  take(name: string): Soon<Taken>;
}

/** Where the buckets stand. */
export interface SharedPlace {
  readonly store: RateStore;
  readonly clock: Clock;
  /** Set before each name in the store. */
  readonly prefix: string;
}

/** What is fetched is for use now: kept for longer, it would come on top of a later burst. */
const LEASE_MS = 1_000;
/** Who uses up a lease sooner than this gets a larger one. */
const BUSY_MS = 250;
const NAMES_MAX = 20_000;

/**
 * Makes buckets in the store. A few requests are fetched at a time, more of them the faster they
 * are used, so that a busy key asks the database some times a second and a refused one only when
 * the next request may be given.
 */
export function createSharedBuckets(rate: Rate, place: SharedPlace): SharedBuckets {
  const { clock } = place;
  const leases = new Map<string, Lease>();
  const refills = new Map<string, Refill>();
  const takeHere = (name: string): Taken | null => {
    const nowMs = clock.monotonicMs();
    const lease = leases.get(name);
    if (lease === undefined) return null;
    if (lease.left > 0 && nowMs < lease.untilMs) {
      lease.left -= 1;
      return { isTaken: true, remaining: lease.beyond + lease.left, resetS: lease.resetS };
    }
    if (nowMs >= lease.refusedUntilMs) return null;
    const waitMs = lease.refusedUntilMs - nowMs;
    return { isTaken: false, remaining: 0, resetS: Math.max(1, Math.ceil(waitMs / 1_000)) };
  };
  const ask = async (name: string): Promise<Taken> => {
    for (;;) {
      let refill = refills.get(name);
      if (refill === undefined) {
        const begun: Refill = { waiting: 0, over: Promise.resolve() };
        // Those who ask in this very moment are counted before the store is asked.
        begun.over = Promise.resolve()
          .then(() => fetchLease(rate, place, { name, former: leases.get(name), ...begun }))
          .then((lease) => {
            leases.delete(name);
            leases.set(name, lease);
            const oldest = leases.keys().next();
            if (leases.size > NAMES_MAX && oldest.done !== true) leases.delete(oldest.value);
          })
          .finally(() => refills.delete(name));
        refills.set(name, begun);
        refill = begun;
      }
      refill.waiting += 1;
      await refill.over;
      const taken = takeHere(name);
      if (taken !== null) return taken;
    }
  };
  return { take: (name) => takeHere(name) ?? ask(name) };
}

/** Requests that were fetched. */
interface Lease {
  left: number;
  readonly size: number;
  readonly fetchedAtMs: number;
  readonly untilMs: number;
  /** Until when the store would give none. */
  readonly refusedUntilMs: number;
  /** What the bucket had left beyond them. */
  readonly beyond: number;
  readonly resetS: number;
}

interface Refill {
  /** How many requests wait for it. */
  waiting: number;
  over: Promise<void>;
}

/** Asks the store for as many requests as wait, or as are used in a short time. */
async function fetchLease(
  { perMinute, burst }: Rate,
  { store, clock, prefix }: SharedPlace,
  asker: { readonly name: string; readonly waiting: number; readonly former: Lease | undefined },
): Promise<Lease> {
  const intervalUs = Math.ceil(60_000_000 / perMinute);
  const nowMs = clock.monotonicMs();
  const want = Math.min(burst, Math.max(asker.waiting, nextSize(asker.former, nowMs, burst)));
  const wish = { name: prefix + asker.name, intervalUs, burst, want };
  const { granted, standUs } = await store.take({ ...wish, nowMs: clock.nowMs() });
  const waitMs = (standUs + intervalUs - burst * intervalUs) / 1_000;
  return {
    ...{ left: granted, size: want, fetchedAtMs: nowMs, untilMs: nowMs + LEASE_MS },
    refusedUntilMs: granted < want ? nowMs + waitMs : 0,
    beyond: Math.max(0, Math.floor(burst - standUs / intervalUs)),
    resetS: Math.max(1, Math.ceil(waitMs / 1_000)),
  };
}

function nextSize(former: Lease | undefined, nowMs: number, burst: number): number {
  if (former === undefined || former.left > 0 || nowMs >= former.untilMs) return 1;
  const most = Math.max(1, Math.floor(burst / 4));
  return Math.min(most, nowMs - former.fetchedAtMs < BUSY_MS ? former.size * 2 : former.size);
}
