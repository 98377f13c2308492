import assert from "node:assert/strict";
import { after, before, type TestContext } from "node:test";
import pg from "pg";
import { startPglite, type TestPglite } from "../../../test/support/pglite.ts";
import {
  hasPostgres,
  makeSchema,
  startPostgres,
  type TestPostgres,
} from "../../../test/support/postgres.ts";
import { requirePart } from "../../../test/support/require.ts";
import { systemClock } from "../../lib/clock.ts";
import type { OpenedStore } from "../conformance/fixture.ts";
import { describeStore } from "../conformance.ts";
import { makeHints } from "../hints.ts";
import type { Row } from "../transaction.ts";
import { settings } from "./pool.ts";
import { assemblePostgresStore, openPostgresStore, upgrade } from "./postgres-store.ts";

const real = requirePart("postgres", hasPostgres(), "PostgreSQL is not installed").skip === false;

let server: TestPostgres;
let inside: TestPglite;
let lastSchema = 0;

before(async () => {
  if (real) server = await startPostgres();
  else inside = await startPglite();
});
after(() => (real ? server.stop() : inside.close()));

if (real) describeStore("PostgreSQL", openOnServer);
else describeStore("PGlite, as PostgreSQL is not installed", openInside);

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function nextSchema(): string {
  lastSchema += 1;
  return `conformance_${process.pid}_${lastSchema}`;
}

async function openOnServer(t: TestContext): Promise<OpenedStore> {
  const schema = nextSchema();
  const url = await makeSchema(server.url, schema);
  const store = await openPostgresStore({ url, log });
  const looking = new pg.Pool({ ...settings(url), max: 1 });
  t.after(async () => {
    await store.close();
    // A server of our own goes as a whole.
    if (server.crash === null) await looking.query(`DROP SCHEMA ${schema} CASCADE`);
    await looking.end();
  });
  return { store, look: async (sql) => (await looking.query<Row>(sql)).rows };
}

async function openInside(t: TestContext): Promise<OpenedStore> {
  await inside.enterSchema(nextSchema());
  await inside.use(upgrade);
  const store = assemblePostgresStore({
    front: inside,
    back: inside,
    hints: makeHints(),
    clock: systemClock,
    close: () => Promise.resolve(),
  });
  t.after(() => store.close());
  assert.ok(inside);
  return { store, look: (sql) => inside.use((session) => session.script(sql)) };
}
