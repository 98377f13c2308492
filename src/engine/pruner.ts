import type { FileStore } from "../files/file-store.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/log.ts";
import { type Loop, startLoop } from "../lib/loop.ts";
import type { Store } from "../store/store.ts";

/** What the pruner works on. */
export interface PrunerContext {
  readonly store: Store;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly log: Logger;
  /** Removes what was left in the staging folder. */
  readonly sweepStaging: () => Promise<void>;
}

const EVERY_MS = 600_000;
const BATCH = 200;
const ORPHAN_AGE_MS = 3_600_000;

/**
 * Removes bytes whose life has ended and bytes that belong to no row. The link of an expired file
 * answers 410 by its row alone, so bytes are removed after their promise ended, never before.
 */
export function startPruner(context: PrunerContext): Loop {
  const step = async (signal: AbortSignal): Promise<number | null> => {
    const more = await removeExpired(context);
    await removeOrphans(context, signal);
    await context.sweepStaging();
    return more ? 0 : null;
  };
  const { clock, log } = context;
  return startLoop({ name: "pruner", clock, log, everyMs: EVERY_MS, step });
}

/** Removes one batch of expired files; gives whether more may be waiting. */
export async function removeExpired({ store, files, clock }: PrunerContext): Promise<boolean> {
  const expired = await store.files.expired(clock.nowMs(), BATCH);
  for (const { storageKey } of expired) await files.remove(storageKey);
  // Marked after the removal: a crash in between repeats it, and removing twice is fine.
  const ids = expired.map(({ id }) => id);
  if (ids.length > 0) await store.files.markDeleted(ids, clock.nowMs());
  return expired.length === BATCH;
}

/** Removes what a crash left behind: bytes older than an hour without a row. */
export async function removeOrphans(
  { store, files }: PrunerContext,
  signal: AbortSignal,
): Promise<void> {
  let old: string[] = [];
  const sweep = async (): Promise<void> => {
    const known = await store.files.known(old);
    for (const key of old) if (!known.has(key)) await files.remove(key);
    old = [];
  };
  for await (const { key, ageMs } of files.list()) {
    if (signal.aborted) return;
    if (ageMs > ORPHAN_AGE_MS) old.push(key);
    if (old.length >= BATCH) await sweep();
  }
  await sweep();
}
