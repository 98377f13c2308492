import { GatewayError } from "../core/error.ts";
import { integer } from "./rows.ts";
import { all, type Dialect, first, type Transaction } from "./transaction.ts";

/** One change of the schema. Once released it is never edited; a later one corrects it. */
export interface Migration {
  readonly statements: readonly (string | ByDialect)[];
  /**
   * How many migrations a program must know at least to run on a database that has this one. A
   * change that only adds leaves it alone, so that the version before still runs beside the new.
   */
  readonly oldestProgram: number;
}

/** A statement that the databases spell too differently for one text. */
export interface ByDialect {
  readonly sqlite: string;
  readonly postgres: string;
}

/**
 * Brings the schema up to date; all of it or nothing.
 * @throws {GatewayError} `unavailable` when a newer program changed what this one relies on.
 */
export function* migrate(dialect: Dialect, known: readonly Migration[]): Transaction<void> {
  const done = yield* appliedMigrations(dialect);
  const needed = Math.max(0, ...done.map((row) => row.oldestProgram));
  if (needed > known.length) {
    throw new GatewayError(
      "unavailable",
      `Cannot use the database: a newer version of Vidgo has changed it (schema ${done.length}, ` +
        `this version knows ${known.length}). Start that version, or restore an older backup`,
    );
  }
  for (const [index, migration] of known.entries()) {
    if (index < done.length) continue;
    for (const statement of migration.statements) yield* all(spell(dialect, statement));
    yield* all(
      `INSERT INTO migration (number, oldest_program) VALUES ($1, $2)`,
      index + 1,
      migration.oldestProgram,
    );
  }
}

function* appliedMigrations(
  dialect: Dialect,
): Transaction<readonly { readonly oldestProgram: number }[]> {
  // Looked up, not made "if not exists": a role without the right to change tables can still start.
  const known = yield* first(
    dialect.name === "sqlite"
      ? `SELECT name FROM sqlite_schema WHERE name = 'migration'`
      : `SELECT tablename AS name FROM pg_tables
          WHERE schemaname = current_schema() AND tablename = 'migration'`,
  );
  if (known === null) yield* all(spell(dialect, MIGRATION_TABLE));
  const rows = yield* all(`SELECT oldest_program FROM migration ORDER BY number`);
  return rows.map((row) => ({ oldestProgram: integer(row, "oldest_program") }));
}

const MIGRATION_TABLE = `CREATE TABLE migration (
  number {integer} PRIMARY KEY,
  oldest_program {integer} NOT NULL
) {strict}`;

/** Writes out the words on which the databases differ. */
function spell(dialect: Dialect, statement: string | ByDialect): string {
  if (typeof statement !== "string") return statement[dialect.name];
  const sqlite = dialect.name === "sqlite";
  const spelled = statement
    .replaceAll("{integer}", sqlite ? "INTEGER" : "BIGINT")
    .replaceAll("{real}", sqlite ? "REAL" : "DOUBLE PRECISION")
    .replaceAll("{strict}", sqlite ? "STRICT" : "");
  // Ids compare by bytes in both, and an update of the system's locale cannot break an index.
  return sqlite ? spelled : spelled.replaceAll(/\bTEXT\b/g, 'TEXT COLLATE "C"');
}
