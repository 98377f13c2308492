import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { callByName, trusted } from "../../lib/call-by-name.ts";
import { bindStore } from "../bind.ts";
import type { Store } from "../store.ts";
import type { Transaction } from "../transaction.ts";
import { type Run, TRANSACTIONS } from "../transactions.ts";
import { type Channel, openChannel } from "./channel.ts";
import { openForReading, SQLITE } from "./database.ts";
import { lockFolder } from "./lock.ts";

/** Where the SQLite store lives and whom it tells of its death. */
export interface SqliteOptions {
  /** Made with mode 0700 when it is missing. */
  readonly dataDir: string;
  /** The database cannot be trusted any more: stop the process, a restart recovers. */
  readonly onFatal: (message: string) => void;
}

/**
 * Opens the embedded store: WAL with `synchronous=FULL`, one writer in a thread of its own with
 * group commit, reads by primary key on this thread, lists in a third.
 * @throws {GatewayError} `unavailable` when another process holds the folder.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const lock = lockFolder(options.dataDir);
  const path = join(options.dataDir, "vidgo.db");
  const writer = await openChannel({ path, role: "writer" }, options.onFatal);
  const reader = openForReading(path);
  const searcher = lazily(() => openChannel({ path, role: "reader" }, options.onFatal));
  const read: Run = async (name, input) =>
    trusted(reader.run(callByName<Transaction<unknown>>(TRANSACTIONS, name, [SQLITE, input])));
  return bindStore({
    write: writer.run,
    read,
    search: async (name, input) => (await searcher.get()).run(name, input),
    ping: async () => {
      await read("nextDue", undefined);
    },
    close: async () => {
      await writer.close();
      await searcher.close();
      reader.close();
      lock.release();
    },
  });
}

/** A channel that is opened when it is first needed. */
function lazily(open: () => Promise<Channel>): {
  get(): Promise<Channel>;
  close(): Promise<void>;
} {
  let channel: Promise<Channel> | null = null;
  return {
    get() {
      channel ??= open();
      return channel;
    },
    async close() {
      await (await channel)?.close();
    },
  };
}
