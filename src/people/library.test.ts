import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { getAuthTables } from "better-auth/db";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { trusted } from "../lib/call-by-name.ts";
import { openSqliteStore } from "../store/sqlite/sqlite-store.ts";
import { LAYOUT } from "./library.ts";

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  readonly pk: number;
}

const TYPES: Readonly<Record<string, string>> = {
  string: "TEXT",
  date: "INTEGER",
  boolean: "INTEGER",
};

test("the tables of people are what the sign-in library wants, no more and no less", async () => {
  const dataDir = scratchFolder("people");
  await (await openSqliteStore({ dataDir, onFatal: assert.fail })).close();
  using db = new DatabaseSync(join(dataDir, "vidgo.db"), { readOnly: true });
  const tables = Object.values(getAuthTables(trusted(LAYOUT)));
  assert.equal(tables.length, 4);
  for (const { modelName, fields } of tables) {
    const columns = trusted<readonly Column[]>(db.prepare(`PRAGMA table_info(${modelName})`).all());
    const wanted = Object.entries(fields).map(([name, field]) => ({
      name: field.fieldName ?? name,
      type: TYPES[String(field.type)],
      notnull: field.required === false ? 0 : 1,
    }));
    const found = columns.map(({ name, type, notnull }) => ({ name, type, notnull }));
    const id = { name: "id", type: "TEXT", notnull: 1 };
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    assert.deepEqual(found.sort(byName), [...wanted, id].sort(byName), modelName);
    assert.equal(columns.find(({ pk }) => pk === 1)?.name, "id");
  }
});
