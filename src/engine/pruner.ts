import type { FileRow } from "../core/file.ts";
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
  readonly sweepStaging: () => Promise<unknown>;
  /** How long prompt and input are kept after the end of their task. */
  readonly keepInputMs: number;
}

const EVERY_MS = 600_000;
const BATCH = 200;
const ORPHAN_AGE_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** A key makes a repeat harmless for this long; the longest that a client may go on trying. */
const KEEP_KEY_MS = 7 * DAY_MS;
const KEEP_DELIVERY_MS = 7 * DAY_MS;
const KEEP_EVENT_MS = 30 * DAY_MS;

/**
 * Removes bytes whose life has ended, bytes that belong to no row, and rows whose time is over. The
 * link of an expired file answers 410 by its row alone, so bytes are removed after their promise
 * ended, never before.
 */
export function startPruner(context: PrunerContext): Loop {
  const step = async (signal: AbortSignal): Promise<number | null> => {
    const moreFiles = await removeExpired(context);
    const moreRows = await pruneRows(context);
    if (moreFiles || moreRows) return 0;
    await removeOrphans(context, signal);
    await context.sweepStaging();
    return null;
  };
  const { clock, log } = context;
  return startLoop({ name: "pruner", clock, log, everyMs: EVERY_MS, step });
}

/**
 * Removes one batch of expired files; gives whether more may be waiting. One whose bytes cannot be
 * removed holds up nothing else, and is tried again the next time.
 */
export async function removeExpired(context: FilePruning): Promise<boolean> {
  const { store, clock } = context;
  const expired = await store.files.expired(clock.nowMs(), BATCH);
  const ids: string[] = [];
  for (const file of expired) if (await isRemoved(context, file)) ids.push(file.id);
  // Marked after the removal: a crash in between repeats it, and removing twice is fine.
  if (ids.length > 0) await store.files.markDeleted(ids, clock.nowMs());
  return expired.length === BATCH && ids.length > 0;
}

type FilePruning = Pick<PrunerContext, "store" | "files" | "clock" | "log">;

function isRemoved({ files, log }: FilePruning, { id, storageKey }: FileRow): Promise<boolean> {
  return files.remove(storageKey).then(
    () => true,
    (error: unknown) => {
      log.error({ fileId: id, error }, "An expired file could not be removed");
      return false;
    },
  );
}

/** Removes one batch of rows whose time is over; gives whether more may be waiting. */
export async function pruneRows({ store, clock, keepInputMs }: RowPruning): Promise<boolean> {
  const nowMs = clock.nowMs();
  return store.upkeep.prune({
    nowMs,
    limit: BATCH,
    inputsBeforeMs: nowMs - keepInputMs,
    keysBeforeMs: nowMs - KEEP_KEY_MS,
    deliveriesBeforeMs: nowMs - KEEP_DELIVERY_MS,
    eventsBeforeMs: nowMs - KEEP_EVENT_MS,
  });
}

type RowPruning = Pick<PrunerContext, "store" | "clock" | "keepInputMs">;

/** Removes what a crash left behind: bytes older than an hour without a row. */
export async function removeOrphans(
  { store, files }: Pick<PrunerContext, "store" | "files">,
  signal: AbortSignal,
): Promise<void> {
  let old: string[] = [];
  const sweep = async (): Promise<void> => {
    const known = await store.files.known(old);
    // Looked at again: a copy that was made anew since then is about to get its row.
    for (const key of old) if (!known.has(key)) await files.removeOld(key, ORPHAN_AGE_MS);
    old = [];
  };
  for await (const { key, ageMs } of files.list()) {
    if (signal.aborted) return;
    if (ageMs > ORPHAN_AGE_MS) old.push(key);
    if (old.length >= BATCH) await sweep();
  }
  await sweep();
}
