import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Claim, Store } from "../store.ts";
import { type Fixture, type OpenStore, setUp } from "./fixture.ts";

/** What claims, leases and fences promise. */
export function describeClaims(name: string, open: OpenStore): void {
  describe(`${name}: claimDue()`, () => {
    test("leaves a task that runs inside another node to that node", async (t) => {
      const f = await setUp(t, open);
      const task = await f.accept();
      const [claim] = await f.claim();
      assert.ok(claim);
      assert.ok(await f.store.tasks.recordIntent({ ...f.intent(claim), home: "there" }));
      const step = { taskId: task.id, fence: claim.fence, stage: "polling" } as const;
      await f.store.tasks.recordStep({ ...step, nowMs: f.nowMs, dueAtMs: f.nowMs });
      const ask = (node: string, laterMs: number) =>
        f.store.tasks.claimDue({ nowMs: f.nowMs + laterMs, leaseMs: 1, limit: 5, node });
      assert.deepEqual(await ask("here", 0), []);
      assert.equal((await ask("there", 0)).length, 1);
    });

    test("gives each of 10,000 tasks to one of two claimers, once", async (t) => {
      const f = await setUp(t, open);
      await acceptMany(f, 10_000);
      const [mine, yours] = await Promise.all([claimAll(f.store, f), claimAll(f.store, f)]);
      assert.equal(mine.length + yours.length, 10_000);
      assert.equal(new Set([...mine, ...yours]).size, 10_000);
      assert.deepEqual(await f.claim(10), []);
    });

    test("gives the oldest due first and keeps to the limit", async (t) => {
      const f = await setUp(t, open);
      await acceptMany(f, 6);
      const delays = [3, 5, 1, 4, 0, 2];
      const due = await f.claim(6);
      for (const [index, claim] of due.entries()) {
        const dueAtMs = f.nowMs - 1_000 * (delays[index] ?? 0);
        await f.store.tasks.recordStep(f.step(claim, { dueAtMs }));
      }
      const order = [5, 4, 3, 2, 1, 0].map((delay) => due[delays.indexOf(delay)]?.task.id);
      const ids = (claims: readonly Claim[]) => claims.map(({ task }) => task.id);
      assert.deepEqual(ids(await f.claim(2)), order.slice(0, 2));
      assert.deepEqual(ids(await f.claim(10)), order.slice(2));
    });

    test("gives the open attempt with its task, and none for a queued one", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin();
      assert.equal(claim.attempt, null);
      const attempt = { id: attemptId, state: "running", operation: { id: "up_1" } } as const;
      await f.store.tasks.recordStep(f.step(claim, { attempt, started: true, progress: 7 }));
      const queued = await f.accept();
      const claims = await f.claim(10);
      const found = claims.find(({ task }) => task.id === claim.task.id);
      // In the caller's words, which a database with a clock of its own gives roughly.
      const intentAtMs = found?.attempt?.intentAtMs ?? 0;
      assert.ok(Math.abs(intentAtMs - f.nowMs) < 60_000, `${intentAtMs - f.nowMs} ms off`);
      assert.deepEqual(found?.attempt, {
        id: attemptId,
        taskId: claim.task.id,
        number: 1,
        provider: "xai",
        account: "main",
        upstreamModel: "grok-2-image",
        state: "running",
        prepared: { prompt: "a fox" },
        operation: { id: "up_1" },
        production: null,
        troubles: 0,
        errorCode: null,
        errorMessage: null,
        intentAtMs,
        endedAtMs: null,
      });
      assert.equal(claims.find(({ task }) => task.id === queued.id)?.attempt, null);
    });

    test("does not give a leased task, nor one that is due later", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      assert.deepEqual(await f.claim(10), []);
      await f.store.tasks.recordStep(f.step(claim, { dueAtMs: f.nowMs + 3_600_000 }));
      assert.deepEqual(await f.claim(10), []);
    });

    test("gives a task again with a higher fence when its lease has ended", async (t) => {
      const f = await setUp(t, open);
      await f.accept();
      const [dead] = await f.claim(1, 0);
      const [next] = await f.claim(1);
      assert.equal(next?.task.id, dead?.task.id);
      assert.ok(next && dead && next.fence > dead.fence);
    });

    test("gives nothing of an ended task", async (t) => {
      const f = await setUp(t, open);
      await f.accept();
      await f.store.tasks.settle(f.fail(await f.claimOne()));
      assert.deepEqual(await f.claim(10), []);
      assert.equal(await f.store.tasks.nextDueMs(), null);
    });
  });

  describe(`${name}: a fence`, () => {
    test("refuses every write of a former holder, which then changes nothing", async (t) => {
      const f = await setUp(t, open);
      await f.accept({ callbackUrl: "https://example.com/hook" });
      const [former] = await f.claim(1, 0);
      assert.ok(former);
      const holder = await f.claimOne();
      const { tasks } = f.store;
      const before = await tasks.find(f.projectId, holder.task.id);
      const stale = { taskId: former.task.id, fence: former.fence, nowMs: f.nowMs, leaseMs: 1e9 };
      assert.equal(await tasks.extendLease(stale), false);
      assert.equal(await tasks.recordIntent(f.intent(former)), false);
      assert.equal(await tasks.recordStep(f.step(former, { progress: 50 })), "lost");
      assert.equal(await tasks.settle(f.finish(former)), false);
      assert.deepEqual(await tasks.find(f.projectId, holder.task.id), before);
      assert.equal((await f.count("attempt")) + (await f.count("event")), 0);
      assert.equal(await tasks.settle(f.finish(holder)), true);
    });

    test("refuses a second step with the same claim: a step ends the lease", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      assert.equal(await f.store.tasks.recordStep(f.step(claim)), "written");
      assert.equal(await f.store.tasks.recordStep(f.step(claim)), "lost");
      assert.equal(await f.store.tasks.settle(f.finish(claim)), false);
    });

    test("lets the holder write after its lease has ended while nobody else has it", async (t) => {
      const f = await setUp(t, open);
      await f.accept();
      const [late] = await f.claim(1, 0);
      assert.ok(late);
      assert.equal(await f.store.tasks.recordIntent(f.intent(late)), true);
    });
  });

  describe(`${name}: extendLease()`, () => {
    test("keeps the lease that is held", async (t) => {
      const f = await setUp(t, open);
      await f.accept();
      const [claim] = await f.claim(1, 0);
      assert.ok(claim);
      const lease = { taskId: claim.task.id, fence: claim.fence, nowMs: f.nowMs };
      assert.equal(await f.store.tasks.extendLease({ ...lease, leaseMs: 3_600_000 }), true);
      assert.deepEqual(await f.claim(10), []);
      assert.equal(await f.store.tasks.extendLease({ ...lease, leaseMs: 0 }), true);
      assert.equal((await f.claim(10)).length, 1);
    });

    test("does not bring back a lease that was given up", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      await f.store.tasks.recordStep(f.step(claim));
      const lease = { taskId: claim.task.id, fence: claim.fence, nowMs: f.nowMs, leaseMs: 1e9 };
      assert.equal(await f.store.tasks.extendLease(lease), false);
    });
  });
}

async function acceptMany(f: Fixture, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => f.accept({ hold: 1 })));
}

async function claimAll(store: Store, f: Fixture): Promise<readonly string[]> {
  const ids: string[] = [];
  for (;;) {
    const claims = await store.tasks.claimDue({
      nowMs: f.nowMs,
      leaseMs: 600_000,
      limit: 250,
      node: "node",
    });
    if (claims.length === 0) return ids;
    ids.push(...claims.map(({ task }) => task.id));
  }
}
