import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/log.ts";
import { inBackground } from "../lib/probe.ts";
import type { Store } from "../store/store.ts";

/** Counts the uses of keys and writes them down, each key at most once a minute. */
export interface KeyUses {
  count(keyId: string): void;
  /** Uses that are not written down yet; they go with the next one, or with the process. */
  pending(keyId: string): number;
}

const EVERY_MS = 60_000;
const KEYS_MAX = 10_000;

/** Makes the counters of this process. */
export function createKeyUses({
  store,
  clock,
  log,
}: {
  readonly store: Pick<Store, "keys">;
  readonly clock: Clock;
  readonly log: Pick<Logger, "warn">;
}): KeyUses {
  const counted = new Map<string, { readonly atMs: number; uses: number }>();
  return {
    pending: (keyId) => counted.get(keyId)?.uses ?? 0,
    count(keyId) {
      const nowMs = clock.nowMs();
      const entry = counted.get(keyId);
      if (entry !== undefined && nowMs - entry.atMs < EVERY_MS) {
        entry.uses += 1;
        return;
      }
      if (counted.size >= KEYS_MAX) counted.clear();
      counted.set(keyId, { atMs: nowMs, uses: 0 });
      const uses = (entry?.uses ?? 0) + 1;
      inBackground(store.keys.touch(keyId, nowMs, uses), (error) =>
        log.warn({ keyId, error }, "The last use of a key was not noted"),
      );
    },
  };
}
