import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, before, describe, type TestContext, test } from "node:test";
import pg from "pg";
import {
  hasPostgres,
  makeSchema,
  startPostgres,
  type TestPostgres,
} from "../../../test/support/postgres.ts";
import { requirePart } from "../../../test/support/require.ts";
import { startTcpProxy } from "../../../test/support/tcp-proxy.ts";
import { GatewayError } from "../../core/error.ts";
import { type Fixture, GRANTED, makeFixture } from "../conformance/fixture.ts";
import type { Claim, Store } from "../store.ts";
import { openPostgresStore } from "./postgres-store.ts";

const part = requirePart("postgres", hasPostgres(), "PostgreSQL is not installed");
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe("two nodes on one PostgreSQL", part, () => {
  let server: TestPostgres;
  let lastSchema = 0;
  before(async () => {
    server = await startPostgres();
  });
  after(() => server.stop());

  const setUp = async (t: TestContext): Promise<Nodes> => {
    lastSchema += 1;
    const url = await makeSchema(server.url, `nodes_${process.pid}_${lastSchema}`);
    const stores = await Promise.all([
      openPostgresStore({ url, log }),
      openPostgresStore({ url, log }),
    ]);
    const admin = new pg.Pool({ connectionString: url, max: 2 });
    admin.on("error", () => undefined);
    t.after(async () => {
      await Promise.all(stores.map((store) => store.close()));
      await admin.end();
    });
    const look = () => assert.fail();
    const a = await makeFixture({ store: stores[0], look }, "a");
    const b = await makeFixture({ store: stores[1], look }, "b");
    return { a, b, url, admin };
  };

  test("open together: one schema, one project, one grant", async (t) => {
    const { a, b } = await setUp(t);
    assert.equal(a.projectId, b.projectId);
    assert.equal(await b.store.tasks.balance(b.projectId), GRANTED);
  });

  test("split the claims: each task goes to one of them, once", async (t) => {
    const { a, b } = await setUp(t);
    await Promise.all(Array.from({ length: 2_000 }, () => a.accept({ hold: 1 })));
    const [mine, yours] = await Promise.all([claimAll(a), claimAll(b)]);
    assert.equal(mine.length + yours.length, 2_000);
    assert.equal(new Set([...mine, ...yours]).size, 2_000);
    assert.ok(mine.length > 0 && yours.length > 0, `${mine.length} and ${yours.length}`);
  });

  test("are fenced from each other's tasks", async (t) => {
    const { a, b } = await setUp(t);
    await a.accept();
    const [former] = await a.claim(1, 0);
    const holder = await b.claimOne();
    assert.ok(former);
    assert.equal(await a.store.tasks.recordIntent(a.intent(former)), false);
    assert.equal(await b.store.tasks.recordIntent(b.intent(holder)), true);
    const [ends] = await Promise.all([
      Promise.all([a.store.tasks.settle(a.fail(former)), b.store.tasks.settle(b.finish(holder))]),
    ]);
    assert.deepEqual(ends, [false, true]);
  });

  test("agree on leases although their clocks differ by twenty minutes", async (t) => {
    const { a, b } = await setUp(t);
    const skewed = (f: Fixture, byMs: number): Promise<readonly Claim[]> =>
      f.store.tasks.claimDue({ nowMs: f.nowMs + byMs, leaseMs: 60_000, limit: 5, node: "node" });
    await a.accept({ createdAtMs: a.nowMs + 600_000 });
    const [claim] = await skewed(b, -600_000);
    assert.ok(claim, "due at once, whatever the node that accepted it believes");
    assert.deepEqual(await skewed(a, 600_000), [], "leased, whatever the other node believes");
    const nowMs = b.nowMs - 600_000;
    await b.store.tasks.recordStep(b.step(claim, { stage: "queued", nowMs, dueAtMs: nowMs }));
    assert.equal((await skewed(a, 600_000)).length, 1);
  });

  test("agree on how long ago a submit was sent, for its silence is judged by that", async (t) => {
    const { a, b } = await setUp(t);
    await a.accept();
    const slow = { ...a.intent(await a.claimOne()), nowMs: a.nowMs - 600_000 };
    assert.equal(await a.store.tasks.recordIntent(slow), true);
    const { taskId, fence } = slow;
    await a.store.tasks.extendLease({ taskId, fence, nowMs: a.nowMs, leaseMs: 0 });
    const fastMs = b.nowMs + 600_000;
    const claim = { nowMs: fastMs, leaseMs: 60_000, limit: 1, node: "node" };
    const [due] = await b.store.tasks.claimDue(claim);
    const agoMs = (found: Claim | undefined) => fastMs - (found?.attempt?.intentAtMs ?? 0);
    assert.ok(Math.abs(agoMs(due)) < 60_000, `${agoMs(due)} ms ago`);
    const step = { stage: "unknown", nowMs: fastMs, dueAtMs: fastMs } as const;
    await b.store.tasks.recordStep(b.step(due ?? assert.fail(), step));
    assert.equal(await b.store.tasks.cancel(b.cancellation(taskId)), "canceled");
    const [inquiry] = await b.store.inquiries.claimDue(claim);
    assert.ok(Math.abs(agoMs(inquiry)) < 60_000, `${agoMs(inquiry)} ms ago`);
  });

  test("make one task for one idempotency key", async (t) => {
    const { a, b } = await setUp(t);
    const submit = (f: Fixture, key: string) =>
      f.store.tasks.accept(f.submission({ hold: 1 }, { idempotency: { key, fingerprint: "f" } }));
    const keys = Array.from({ length: 30 }, (_, index) => `key ${index}`);
    const results = await Promise.all(
      keys.flatMap((key) => [a, b, a, b, a, b].map((f) => submit(f, key))),
    );
    const kinds = results.map(({ kind }) => kind);
    assert.equal(kinds.filter((kind) => kind === "accepted").length, keys.length);
    assert.equal(kinds.filter((kind) => kind === "replayed").length, 5 * keys.length);
    assert.equal(await a.store.tasks.balance(a.projectId), GRANTED - keys.length);
  });

  test("never spend a credit twice", async (t) => {
    const { a, b } = await setUp(t);
    const hold = GRANTED / 10;
    const results = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const f = index % 2 === 0 ? a : b;
        return f.store.tasks.accept(f.submission({ hold }));
      }),
    );
    assert.equal(results.filter(({ kind }) => kind === "accepted").length, 10);
    assert.equal(await a.store.tasks.balance(a.projectId), 0);
  });

  test("hint each other", async (t) => {
    const { a, b } = await setUp(t);
    const heard = await hearsFrom(a, b.store);
    assert.equal(heard, true);
  });

  test("outlive a crash of the server: nothing acknowledged is lost", async (t) => {
    if (server.crash === null) return t.skip("TEST_DATABASE_URL is not ours to crash");
    const { a, b } = await setUp(t);
    const acknowledged: string[] = [];
    let crashing = true;
    const accept = async (f: Fixture): Promise<void> => {
      while (crashing) {
        const made = f.submission({ hold: 1 });
        try {
          await f.store.tasks.accept(made);
          acknowledged.push(made.task.id);
        } catch (error) {
          assert.ok(error instanceof GatewayError && error.code === "unavailable", String(error));
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    };
    const work = Promise.all([accept(a), accept(a), accept(b), accept(b)]);
    await server.crash();
    const before = acknowledged.length;
    while (acknowledged.length < before + 20) await new Promise((go) => setImmediate(go));
    crashing = false;
    await work;
    for (const id of acknowledged) assert.ok(await b.store.tasks.find(b.projectId, id), id);
    assert.equal(await hearsFrom(a, b.store), true, "hints are back");
  });

  test("outlive the end of all their connections", async (t) => {
    const { a, admin } = await setUp(t);
    await a.accept();
    await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'vidgo' AND pid <> pg_backend_pid()`);
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => a.store.tasks.accept(a.submission())),
    );
    for (const result of tries) {
      if (result.status === "rejected") assert.equal(result.reason.code, "unavailable");
    }
    await a.accept();
    assert.equal((await a.store.tasks.list({ projectId: a.projectId, limit: 1 })).length, 1);
  });

  test("take submits while all workers wait for a lock", async (t) => {
    const { a, admin } = await setUp(t);
    const blocker = await admin.connect();
    await blocker.query(`BEGIN; LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE`);
    const claim = { nowMs: a.nowMs, leaseMs: 9, limit: 9 };
    const workers = Promise.allSettled(
      Array.from({ length: 20 }, () => a.store.deliveries.claimDue(claim)),
    );
    const task = await a.accept();
    assert.ok(await a.store.tasks.find(a.projectId, task.id));
    await blocker.query("ROLLBACK");
    blocker.release();
    for (const { status } of await workers) assert.equal(status, "fulfilled");
  });

  test("answer within 3 s when the wire is dead, and recover", async (t) => {
    const proxy = await startTcpProxy(Number(new URL(server.url).port));
    t.after(() => proxy.close());
    const { url } = await setUp(t);
    const through = new URL(url);
    through.port = String(proxy.port);
    const store = await openPostgresStore({ url: through.href, log });
    t.after(() => store.close());
    const f = await makeFixture({ store, look: () => assert.fail() }, "p");
    await f.accept();
    proxy.goSilent();
    const from = performance.now();
    const calls = [
      store.tasks.accept(f.submission()),
      store.tasks.find(f.projectId, "x"),
      store.ping(),
    ];
    for (const result of await Promise.allSettled(calls)) {
      assert.equal(result.status, "rejected");
      assert.equal(result.status === "rejected" && result.reason.code, "unavailable");
    }
    assert.ok(performance.now() - from < 3_500, `${performance.now() - from} ms`);
    proxy.heal();
    await f.accept();
    await store.ping();
  });

  test("refuse a database that would forget commits", async (t) => {
    const { url } = await setUp(t);
    const careless = new URL(url);
    const options = careless.searchParams.get("options") ?? "";
    careless.searchParams.set("options", `${options} -c synchronous_commit=off`);
    await assert.rejects(openPostgresStore({ url: careless.href, log }), {
      code: "unavailable",
      message: /synchronous_commit = off/,
    });
  });

  test("work on while a newer version adds to the schema", async (t) => {
    const { a, b, admin } = await setUp(t);
    const { id: taskId } = await a.accept();
    const work = async (f: Fixture): Promise<void> => {
      assert.ok(await f.store.tasks.find(f.projectId, taskId));
      await f.accept();
      await f.claim(1);
      assert.ok((await f.store.tasks.list({ projectId: f.projectId, limit: 1 })).length > 0);
    };
    const all = () => Promise.all([a, b, a, b, a, b, a, b].map(work));
    await all();
    await admin.query(`ALTER TABLE task ADD COLUMN later BIGINT`);
    await all();
  });

  test("refuse a schema of a newer version", async (t) => {
    const { url, admin } = await setUp(t);
    await admin.query(`INSERT INTO migration (number, oldest_program) VALUES (99, 99)`);
    await assert.rejects(openPostgresStore({ url, log }), /a newer version of Vidgo/);
  });
});

test("openPostgresStore() tells soon that nobody answers", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const address = holder.address();
  assert.ok(address !== null && typeof address === "object");
  const silent = `postgres://vidgo@127.0.0.1:${address.port}/none`;
  await assert.rejects(openPostgresStore({ url: silent, log }), { code: "unavailable" });
  holder.close();
  await assert.rejects(openPostgresStore({ url: silent, log }), { code: "unavailable" });
});

interface Nodes {
  readonly a: Fixture;
  readonly b: Fixture;
  readonly url: string;
  readonly admin: pg.Pool;
}

/** Whether a hint of `f` reaches `store`; accepts again and again, as a hint may be lost. */
async function hearsFrom(f: Fixture, store: Store): Promise<boolean> {
  let heard = false;
  const stop = store.onHint((hint) => {
    heard ||= hint === "tasks";
  });
  const untilMs = performance.now() + 10_000;
  while (!heard && performance.now() < untilMs) {
    await f.store.tasks.accept(f.submission({ hold: 0 }));
  }
  stop();
  return heard;
}

async function claimAll(f: Fixture): Promise<readonly string[]> {
  const ids: string[] = [];
  for (;;) {
    const claims = await f.claim(50, 600_000);
    if (claims.length === 0) return ids;
    ids.push(...claims.map(({ task }) => task.id));
  }
}
