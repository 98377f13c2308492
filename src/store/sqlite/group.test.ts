import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { makeFixture } from "../conformance/fixture.ts";
import { type Migration, migrate } from "../migrate.ts";
import { MIGRATIONS } from "../schema.ts";
import type { Row, Transaction } from "../transaction.ts";
import { type Database, openForReading, openForWriting, SQLITE } from "./database.ts";
import { commitGroup, readGroup } from "./group.ts";
import { openSqliteStore } from "./sqlite-store.ts";

test("commitGroup() takes back the failing call alone", (t) => {
  const { db } = setUp(t);
  const grant = { projectId: "p", amount: 5, note: "", nowMs: 1 };
  const replies = commitGroup(db, [
    { name: "grant", input: { ...grant, id: "a" } },
    { name: "grant", input: { ...grant, id: "a" } },
    { name: "grant", input: { ...grant, id: "b", projectId: "none" } },
    { name: "grant", input: { ...grant, id: "c" } },
    { name: "balance", input: "p" },
  ]);
  assert.deepEqual(
    replies.map((reply) => (reply.kind === "done" ? [reply.result] : reply.kind)),
    [[undefined], "refused", "refused", [undefined], [10]],
  );
});

test("commitGroup() leaves no transaction open after a failure", (t) => {
  const { db } = setUp(t);
  const wrong = { name: "listKeys", input: { not: "text" } } as const;
  assert.equal(commitGroup(db, [wrong])[0]?.kind, "refused");
  assert.equal(commitGroup(db, [{ name: "balance", input: "p" }])[0]?.kind, "done");
});

test("readGroup() answers each call for itself", (t) => {
  const { path } = setUp(t);
  const reader = openForReading(path);
  t.after(() => reader.close());
  const replies = readGroup(reader, [
    { name: "grant", input: { id: "a", projectId: "p", amount: 1, note: "", nowMs: 1 } },
    { name: "balance", input: "p" },
  ]);
  assert.deepEqual(
    replies.map(({ kind }) => kind),
    ["refused", "done"],
    "a reader cannot write",
  );
});

test("commitGroup() throws when the database itself is gone", (t) => {
  const { db } = setUp(t);
  db.close();
  assert.throws(() => commitGroup(db, [{ name: "balance", input: "p" }]));
});

test("migrate() runs what is missing, once", (t) => {
  const { db } = setUp(t);
  const later: Migration = { oldestProgram: 1, statements: [`CREATE TABLE extra (a TEXT)`] };
  db.run(migrate(SQLITE, [...MIGRATIONS, later]));
  db.run(migrate(SQLITE, [...MIGRATIONS, later]));
  db.run(migrate(SQLITE, MIGRATIONS));
  const [row] = db.run(countMigrations());
  assert.equal(row?.n, MIGRATIONS.length + 1, "the version before runs beside the new schema");
});

test("migrate() refuses a schema that this version cannot run beside", (t) => {
  const { db } = setUp(t);
  const breaking: Migration = { oldestProgram: MIGRATIONS.length + 1, statements: [] };
  db.run(migrate(SQLITE, [...MIGRATIONS, breaking]));
  assert.throws(() => db.run(migrate(SQLITE, MIGRATIONS)), {
    code: "unavailable",
    message: new RegExp(
      `changed it \\(schema ${MIGRATIONS.length + 1}, this version knows ${MIGRATIONS.length}\\)`,
    ),
  });
});

test("files of the database are private, and the log is folded in at the end", async (t) => {
  const dataDir = join(mkdtempSync(join(tmpdir(), "vidgo-store-")), "data");
  t.after(async () => {
    await store.close();
    rmSync(join(dataDir, ".."), { recursive: true });
  });
  const store = await openSqliteStore({ dataDir, onFatal: assert.fail });
  await makeFixture({ store, look: () => Promise.resolve([]) }, "");
  const modes = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(dataDir)
        .sort()
        .map((name) => [name, (statSync(join(dataDir, name)).mode & 0o777).toString(8)]),
    );
  assert.equal((statSync(dataDir).mode & 0o777).toString(8), "700");
  const files = { "lock.db": "600", "vidgo.db": "600" };
  assert.deepEqual(modes(), { ...files, "vidgo.db-shm": "600", "vidgo.db-wal": "600" });
  await store.close();
  assert.deepEqual(modes(), files);
});

test("the log is cut back after a burst", async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), "vidgo-store-"));
  const store = await openSqliteStore({ dataDir, onFatal: assert.fail });
  t.after(async () => {
    await store.close();
    rmSync(dataDir, { recursive: true });
  });
  const f = await makeFixture({ store, look: () => Promise.resolve([]) }, "");
  const input = { prompt: "x".repeat(200_000) };
  await Promise.all(Array.from({ length: 600 }, () => f.accept({ hold: 1, input })));
  await f.accept();
  await f.accept();
  const { size } = statSync(join(dataDir, "vidgo.db-wal"));
  assert.ok(size <= 64 * 1024 * 1024, `${size} bytes`);
});

function setUp(t: TestContext): { readonly db: Database; readonly path: string } {
  const folder = mkdtempSync(join(tmpdir(), "vidgo-store-"));
  const path = join(folder, "vidgo.db");
  const db = openForWriting(path);
  t.after(() => {
    try {
      db.close();
    } catch {
      // Closed by the test.
    }
    rmSync(folder, { recursive: true });
  });
  const project = { id: "p", name: "n", email: "e", grant: null, nowMs: 1 };
  commitGroup(db, [{ name: "ensureProject", input: project }]);
  return { db, path };
}

function* countMigrations(): Transaction<readonly Row[]> {
  return yield { sql: `SELECT count(*) AS n FROM migration`, values: [] };
}
