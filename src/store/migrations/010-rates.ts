import type { Migration } from "../migrate.ts";

/** How full the buckets are by which requests are counted on every node. */
export const RATES: Migration = {
  // Programs that count for themselves work on beside it.
  oldestProgram: 2,
  statements: [
    {
      sqlite: `CREATE TABLE rate (name TEXT PRIMARY KEY, full_at INTEGER NOT NULL) STRICT`,
      // A crash may empty it: everybody has a full bucket then. Nothing waits for the disk.
      postgres: `CREATE UNLOGGED TABLE rate (
    name TEXT COLLATE "C" PRIMARY KEY,
    full_at BIGINT NOT NULL
  )`,
    },
  ],
};
