import { chmodSync } from "node:fs";
import { join } from "node:path";
import { GatewayError } from "../../core/error.ts";
import { callByName, trusted } from "../../lib/call-by-name.ts";
import { systemClock } from "../../lib/clock.ts";
import { makeFolder } from "../../lib/make-folder.ts";
import { bindStore } from "../bind.ts";
import { makeHints } from "../hints.ts";
import { forgetting, makePulses } from "../pulses.ts";
import type { Store } from "../store.ts";
import type { Transaction } from "../transaction.ts";
import { type Run, TRANSACTIONS } from "../transactions.ts";
import { BUSY, within } from "../within.ts";
import { type Channel, openChannel } from "./channel.ts";
import { type Database, openForReading, SQLITE } from "./database.ts";
import { lockFolder, makePrivate } from "./lock.ts";

/** Where the SQLite store lives and whom it tells of its death. */
export interface SqliteOptions {
  /** Made with mode 0700 when it is missing. */
  readonly dataDir: string;
  /** The database cannot be trusted any more: stop the process, a restart recovers. */
  readonly onFatal: (message: string) => void;
}

/**
 * Opens the embedded store: WAL with `synchronous=FULL`, one writer in a thread of its own with
 * group commit, reads of a few rows on this thread, lists in a third that starts when one is asked
 * for: a thread costs 10 MiB.
 * @throws {GatewayError} `unavailable` when another process holds the folder, or the database
 *   cannot be opened.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  makeFolder(options.dataDir);
  const lock = lockFolder(options.dataDir);
  try {
    const path = join(options.dataDir, "vidgo.db");
    makePrivate(path);
    chmodSync(path, 0o600);
    const writer = await openChannel({ path, role: "writer" }, options.onFatal);
    const reader = openForReading(path);
    const searcher = lazily(() => openChannel({ path, role: "reader" }, options.onFatal));
    const pulses = makePulses();
    return bindStore({
      pulses,
      clock: systemClock,
      hints: makeHints(),
      write: forgetting(writer.run, pulses),
      read: readHere(reader),
      search: async (name, input) => (await searcher.get()).run(name, input),
      // Through the writer: a store that cannot write is not ready, whatever it can still read.
      ping: async () => {
        await within(PING_TIMEOUT_MS, writer.run("nextDue", { nowMs: 0 }));
      },
      close: once(async () => {
        // The writer last, so that it folds its log into the database.
        await searcher.close();
        reader.close();
        await writer.close();
        lock.release();
      }),
    });
  } catch (error) {
    lock.release();
    throw error;
  }
}

const PING_TIMEOUT_MS = 3_000;

function readHere(reader: Database): Run {
  return async (name, input) => {
    try {
      const call = callByName<Transaction<unknown>>(TRANSACTIONS, name, [SQLITE, input]);
      return trusted(reader.run(call));
    } catch (error) {
      const message = "The server failed. Please try again later";
      throw new GatewayError("internal", message, { cause: error });
    }
  };
}

/** A channel that is opened when it is first needed, and again when that failed. */
function lazily(open: () => Promise<Channel>): {
  get(): Promise<Channel>;
  close(): Promise<void>;
} {
  let channel: Promise<Channel> | null = null;
  let isClosed = false;
  const openAnew = (): Promise<Channel> =>
    open().catch((error: unknown) => {
      channel = null;
      throw new GatewayError("unavailable", BUSY, { cause: error });
    });
  return {
    async get() {
      const cause = "the store is closed";
      if (isClosed) throw new GatewayError("unavailable", BUSY, { cause });
      channel ??= openAnew();
      return channel;
    },
    async close() {
      isClosed = true;
      const opened = await channel?.catch(() => null);
      await opened?.close();
    },
  };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= work();
    return done;
  };
}
