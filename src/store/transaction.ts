/** What a column can hold: text, 64-bit integer (below 2^53), real, or nothing. */
export type SqlValue = string | number | null;

/** One row by column name. */
export type Row = Readonly<Record<string, SqlValue>>;

/** One SQL statement; `$1` names the first value. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/**
 * A transaction as a generator: it yields statements, receives their rows and returns its result.
 * It awaits nothing, so the SQLite driver can run many inside one commit, and the PostgreSQL driver
 * can await each statement. A throw rolls it back alone.
 */
export type Transaction<Result> = Generator<Statement, Result, readonly Row[]>;

/** Yields one statement and gives its rows. */
export function* all(sql: string, ...values: readonly SqlValue[]): Transaction<readonly Row[]> {
  return yield { sql, values };
}

/** Yields one statement and gives its first row, or `null`. */
export function* first(sql: string, ...values: readonly SqlValue[]): Transaction<Row | null> {
  const rows = yield { sql, values };
  return rows[0] ?? null;
}

/** The differences between the two databases that a transaction has to spell out. */
export interface Dialect {
  readonly name: "sqlite" | "postgres";
  /** Appended to a SELECT that claims rows. */
  readonly skipLocked: "" | "FOR UPDATE SKIP LOCKED";
  /**
   * The database's time when this transaction began, or `null` where the caller's clock decides
   * what is due. SQLite is one process and goes by the caller's; nodes on PostgreSQL share the
   * database's, so that a lease means the same to all of them.
   */
  readonly nowMs: number | null;
}

/** The present by the clock that decides what is due, in milliseconds. */
export function presentMs(dialect: Dialect, callerMs: number): number {
  return dialect.nowMs ?? callerMs;
}

/**
 * The value for `IN (SELECT key FROM json_each($n))`, which both databases understand: one
 * statement and one parameter for any number of ids.
 */
export function idSet(ids: readonly string[]): string {
  return JSON.stringify(Object.fromEntries(ids.map((id) => [id, 0])));
}
