import { open } from "node:fs/promises";
import type { DialectName } from "./job-book.ts";

/** An append-only file of accepted submits: what a real upstream would put on the bill. */
export interface Ledger {
  /** Resolves when the entry is on disk. */
  append(entry: LedgerEntry): Promise<void>;
  close(): Promise<void>;
}

/** One accepted submit. Amounts are integer thousandths of a dollar. */
export interface LedgerEntry {
  readonly atMs: number;
  /** The `zq-<seed>-<i>` of the prompt, by which purchases are counted; `""` when it has none. */
  readonly nonce: string;
  readonly dialect: DialectName;
  readonly model: string;
  readonly jobId: string;
  readonly price: number;
  readonly remotePort: number;
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the bytes that the job gives, or `null` when it gives none. */
  readonly sha256: string | null;
}

interface Waiting {
  readonly line: string;
  readonly done: PromiseWithResolvers<void>;
}

/** Opens the ledger file; entries of earlier runs stay in it. */
export async function openLedger(path: string): Promise<Ledger> {
  const file = await open(path, "a", 0o600);
  const waiting: Waiting[] = [];
  let writing: Promise<void> | null = null;

  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      // All that came in during the last write share one sync.
      const batch = waiting.splice(0);
      await file.appendFile(batch.map(({ line }) => line).join(""));
      await file.datasync();
      for (const { done } of batch) done.resolve();
    }
    writing = null;
  };

  return {
    append(entry) {
      const done = Promise.withResolvers<void>();
      waiting.push({ line: `${JSON.stringify(entry)}\n`, done });
      writing ??= writeAll();
      return done.promise;
    },
    async close() {
      await writing;
      await file.close();
    },
  };
}
