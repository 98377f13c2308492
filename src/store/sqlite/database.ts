import { DatabaseSync, type StatementSync } from "node:sqlite";
import { assert } from "../../lib/assert.ts";
import { trusted } from "../../lib/call-by-name.ts";
import { migrate } from "../migrate.ts";
import { MIGRATIONS } from "../schema.ts";
import type { Dialect, Row, Statement, Transaction } from "../transaction.ts";

/** What SQLite says differently. */
export const SQLITE: Dialect = { name: "sqlite", skipLocked: "", nowMs: null };

/** One connection with its prepared statements. */
export interface Database {
  /** Runs a transaction's statements, without BEGIN and COMMIT. */
  run<Result>(transaction: Transaction<Result>): Result;
  begin(): void;
  commit(): void;
  /** Takes back everything since `begin`; nothing happens when SQLite has done so itself. */
  rollback(): void;
  savepoint(): void;
  release(): void;
  /** Takes back everything since `savepoint`. */
  takeBack(): void;
  close(): void;
}

/** Opens the connection that writes, brings the schema up to date and frees stale leases. */
export function openForWriting(path: string): Database {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5_000 });
  // Of a new database only: what a commit writes grows at the ends of a dozen trees, and in larger
  // pages it is half as many writes.
  db.exec(`PRAGMA page_size = ${PAGE_BYTES}`);
  db.exec("PRAGMA journal_mode = WAL");
  db.exec("PRAGMA synchronous = FULL");
  // Read back: a file system that refuses WAL, or a build with other defaults, must stop us here
  // and not lose accepted tasks at the next power cut.
  assert(pragma(db, "journal_mode") === "wal", "The database folder does not support WAL");
  assert(pragma(db, "synchronous") === 2, "The database does not keep synchronous=FULL");
  // The pages at the ends of the trees are written by each commit: folded into the database less
  // often, most of them are folded once instead of four times.
  db.exec(`PRAGMA wal_autocheckpoint = ${LOG_PAGES}`);
  // After a burst the log is cut back to this size; without it, it keeps its greatest. Below the
  // size at which it is folded, it would be cut and grow again each time.
  db.exec(`PRAGMA journal_size_limit = ${2 * LOG_PAGES * PAGE_BYTES}`);
  db.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
  db.exec(`PRAGMA mmap_size = ${MAPPED_BYTES}`);
  const database = wrap(db);
  database.begin();
  database.run(migrate(SQLITE, MIGRATIONS));
  database.run(freeLeases());
  database.commit();
  return database;
}

/** Opens a connection that only reads. */
export function openForReading(path: string): Database {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  // Rows far apart are read from the system's own cache instead of being copied out of it: a third
  // less for each read of a database that is larger than our cache.
  db.exec(`PRAGMA mmap_size = ${MAPPED_BYTES}`);
  return wrap(db);
}

const PAGE_BYTES = 8_192;
const LOG_PAGES = 4_000;
const CACHE_KIB = 8 * 1024;
const MAPPED_BYTES = 1024 ** 3;

// Whoever held these leases is dead: only one process ever has the lock.
function* freeLeases(): Transaction<void> {
  yield {
    sql: `UPDATE task SET leased = 0, due_at = 0 WHERE leased = 1 AND due_at IS NOT NULL`,
    values: [],
  };
}

function wrap(db: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare(sql.replace(/\$(\d+)/g, "?$1"));
    statements.set(sql, statement);
    return statement;
  };
  // STRICT tables hold text, integers, reals and NULL only; blobs are not used.
  const execute = ({ sql, values }: Statement): readonly Row[] =>
    trusted<readonly Row[]>(prepare(sql).all(...values));
  const say = (sql: string) => (): void => {
    prepare(sql).run();
  };
  const undo = say("ROLLBACK TO one");
  const release = say("RELEASE one");
  return {
    run(transaction) {
      let step = transaction.next([]);
      while (step.done !== true) step = transaction.next(execute(step.value));
      return step.value;
    },
    begin: say("BEGIN IMMEDIATE"),
    commit: say("COMMIT"),
    rollback() {
      if (db.isTransaction) db.exec("ROLLBACK");
    },
    savepoint: say("SAVEPOINT one"),
    release,
    takeBack() {
      undo();
      release();
    },
    close: () => db.close(),
  };
}

function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}
