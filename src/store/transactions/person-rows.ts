import { assert } from "../../lib/assert.ts";
import type {
  PersonBatch,
  PersonQuery,
  PersonTable,
  PersonWhere,
  PersonWrite,
  WriteResult,
} from "../people-store.ts";
import { all, type Dialect, type Row, type SqlValue, type Transaction } from "../transaction.ts";
import { enterProject } from "./places.ts";

/** Rows of one of the tables of the sign-in library. */
export function* personRows(_: Dialect, query: PersonQuery): Transaction<readonly Row[]> {
  const { sql, values } = conditionOf(query.where, 1);
  const order = query.order;
  const sorted =
    order === undefined
      ? ""
      : ` ORDER BY ${columnOf(order.column)}${order.descending ? " DESC" : ""}`;
  return yield* all(
    `SELECT * FROM ${tableOf(query.table)}${sql}${sorted}
      LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
    ...values,
    query.limit,
    query.offset ?? 0,
  );
}

/** Writes a batch and lets its person in; whatever stops it leaves nothing behind. */
export function* writePeople(dialect: Dialect, batch: PersonBatch): Transaction<WriteResult> {
  const rows: (readonly Row[])[] = [];
  for (const write of batch.writes) {
    const written = yield* writeOne(write);
    // The one thing that another request can get in the way of: an address is given once.
    if (write.kind === "insert" && write.table === "person" && written.length === 0) {
      assert(rows.length === 0, "A person comes before all that is theirs");
      return { kind: "taken" };
    }
    rows.push(written);
  }
  if (batch.entry === null) return { kind: "written", rows };
  const result = yield* enterProject(dialect, batch.entry);
  if (result.kind === "entered") return { kind: "written", rows };
  // What is theirs goes with them.
  yield* all(`DELETE FROM person WHERE id = $1`, batch.entry.personId);
  return result;
}

function writeOne(write: PersonWrite): Transaction<readonly Row[]> {
  switch (write.kind) {
    case "insert":
      return insertOne(write.table, write.row);
    case "update":
      return updateAll(write);
    case "delete": {
      const { sql, values } = conditionOf(write.where, 1);
      return all(`DELETE FROM ${tableOf(write.table)}${sql} RETURNING *`, ...values);
    }
  }
}

function insertOne(table: PersonTable, row: Row): Transaction<readonly Row[]> {
  const columns = Object.keys(row).map(columnOf);
  const places = columns.map((_, index) => `$${index + 1}`);
  return all(
    `INSERT INTO ${tableOf(table)} (${columns.join(", ")}) VALUES (${places.join(", ")})
      ${table === "person" ? "ON CONFLICT (email) DO NOTHING" : ""} RETURNING *`,
    ...Object.values(row),
  );
}

function updateAll(
  write: Extract<PersonWrite, { readonly kind: "update" }>,
): Transaction<readonly Row[]> {
  const columns = Object.keys(write.set).map(columnOf);
  const { sql, values } = conditionOf(write.where, columns.length + 1);
  const changes = columns.map((column, index) => `${column} = $${index + 1}`);
  return all(
    `UPDATE ${tableOf(write.table)} SET ${changes.join(", ")}${sql} RETURNING *`,
    ...Object.values(write.set),
    ...values,
  );
}

interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Writes a WHERE; `next` is the number of its first value. */
function conditionOf(where: readonly PersonWhere[], next: number): Condition {
  const values: SqlValue[] = [];
  const parts = where.map(({ column, operator, value }) => {
    const name = columnOf(column);
    if (operator === "in") {
      const given = Array.isArray(value) ? value : [];
      values.push(JSON.stringify(Object.fromEntries(given.map((each) => [String(each), 0]))));
      return `${name} IN (SELECT key FROM json_each($${next + values.length - 1}))`;
    }
    assert(!Array.isArray(value), `${column} is compared with a list`);
    if (value === null) return operator === "=" ? `${name} IS NULL` : `${name} IS NOT NULL`;
    values.push(plain(value));
    return `${name} ${operator} $${next + values.length - 1}`;
  });
  return { sql: parts.length === 0 ? "" : ` WHERE ${parts.join(" AND ")}`, values };
}

function plain(value: PersonWhere["value"]): SqlValue {
  assert(typeof value === "string" || typeof value === "number", "A value is text or number");
  return value;
}

const TABLES: readonly PersonTable[] = ["person", "person_session", "person_login", "person_proof"];

/** Names come from the library's own schema; nothing else gets into a statement. */
function tableOf(table: PersonTable): PersonTable {
  assert(TABLES.includes(table), `${table} is no table of people`);
  return table;
}

function columnOf(column: string): string {
  assert(/^[a-z_]{1,40}$/.test(column), `${column} is no column`);
  return column;
}
