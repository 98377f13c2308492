import { DatabaseSync, type StatementSync } from "node:sqlite";
import { assert } from "../../lib/assert.ts";
import { FIRST_SCHEMA } from "../migrations/001-first.ts";
import type { Dialect, Row, Statement, Transaction } from "../transaction.ts";

/** What SQLite says differently. */
export const SQLITE: Dialect = { name: "sqlite", skipLocked: "", clock: "caller" };

const MIGRATIONS: readonly (readonly string[])[] = [FIRST_SCHEMA];

/** One connection with its prepared statements. */
export interface Database {
  /** Runs a transaction's statements, without BEGIN and COMMIT. */
  run<Result>(transaction: Transaction<Result>): Result;
  exec(sql: string): void;
  close(): void;
}

/** Opens the connection that writes, brings the schema up to date and frees stale leases. */
export function openForWriting(path: string): Database {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5_000 });
  db.exec("PRAGMA journal_mode = WAL");
  db.exec("PRAGMA synchronous = FULL");
  // Read back: a file system that refuses WAL, or a build with other defaults, must stop us here
  // and not lose accepted tasks at the next power cut.
  assert(pragma(db, "journal_mode") === "wal", "The database folder does not support WAL");
  assert(pragma(db, "synchronous") === 2, "The database does not keep synchronous=FULL");
  migrate(db);
  // Whoever held these leases is dead: only one process ever has the lock.
  db.exec("UPDATE task SET leased = 0, due_at = 0 WHERE leased = 1");
  return wrap(db);
}

/** Opens a connection that only reads. */
export function openForReading(path: string): Database {
  return wrap(new DatabaseSync(path, { readOnly: true, timeout: 5_000 }));
}

function wrap(db: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>();
  const execute = ({ sql, values }: Statement): readonly Row[] => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql.replace(/\$(\d+)/g, "?$1"));
      statements.set(sql, statement);
    }
    return readRows(statement.all(...values));
  };
  return {
    run(transaction) {
      let step = transaction.next([]);
      while (step.done !== true) step = transaction.next(execute(step.value));
      return step.value;
    },
    exec: (sql) => db.exec(sql),
    close: () => db.close(),
  };
}

// STRICT tables hold text, integers, reals and NULL only; blobs are not used.
function readRows(rows: readonly unknown[]): readonly Row[] {
  return rows.filter((row): row is Row => typeof row === "object" && row !== null);
}

function migrate(db: DatabaseSync): void {
  const done = pragma(db, "user_version");
  assert(typeof done === "number", "The schema's version cannot be read");
  assert(
    done <= MIGRATIONS.length,
    "The database is newer than this program; install that version",
  );
  for (const [index, statements] of MIGRATIONS.entries()) {
    if (index < done) continue;
    db.exec("BEGIN IMMEDIATE");
    for (const statement of statements) db.exec(spell(statement));
    db.exec(`PRAGMA user_version = ${index + 1}`);
    db.exec("COMMIT");
  }
}

function spell(statement: string): string {
  return statement
    .replaceAll("{integer}", "INTEGER")
    .replaceAll("{real}", "REAL")
    .replaceAll("{strict}", "STRICT");
}

function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}
