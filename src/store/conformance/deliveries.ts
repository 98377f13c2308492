import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DueDelivery } from "../../core/delivery.ts";
import { type Fixture, makeTry, type OpenStore, setUp } from "./fixture.ts";

/** What the outbox promises. */
export function describeDeliveries(name: string, open: OpenStore): void {
  describe(`${name}: deliveries`, () => {
    test("claimDue() gives all that is needed to send, and leases it", async (t) => {
      const f = await setUp(t, open);
      const taskId = await endWithCallback(f, true);
      const [due] = await claim(f);
      assert.ok(due);
      const { id, eventId, ...rest } = due;
      assert.deepEqual(rest, {
        projectId: f.projectId,
        taskId,
        url: "https://example.com/hook",
        loopbackAllowed: true,
        body: `{"task_id":"${taskId}"}`,
        wrapped: false,
        tries: 0,
        roundFrom: 0,
        retry4xx: false,
        secret: { turn: 0, turnedAtMs: null },
        fence: 1,
      });
      assert.match(id, /^dlv_/);
      assert.match(eventId, /^evt_/);
      assert.deepEqual(await claim(f), []);
    });

    test("claimDue() passes over hosts and projects that have enough", async (t) => {
      const f = await setUp(t, open);
      await endWithCallback(f);
      const wish = { nowMs: f.nowMs, leaseMs: 60_000, limit: 9 };
      const { claimDue } = f.store.deliveries;
      assert.deepEqual(await claimDue({ ...wish, notHosts: ["example.com", "a:1"] }), []);
      assert.deepEqual(await claimDue({ ...wish, notProjects: [f.projectId] }), []);
      const others = { notHosts: ["example.org"], notProjects: ["other"] };
      assert.equal((await claimDue({ ...wish, ...others })).length, 1);
    });

    test("claimDue() gives each delivery to one of two claimers", async (t) => {
      const f = await setUp(t, open);
      for (let index = 0; index < 30; index += 1) await endWithCallback(f);
      const batches = await Promise.all(Array.from({ length: 10 }, () => claim(f, 60_000, 5)));
      const ids = batches.flat().map(({ id }) => id);
      assert.equal(ids.length, 30);
      assert.equal(new Set(ids).size, 30);
    });

    test("recordTry() keeps each try and leads to the next", async (t) => {
      const f = await setUp(t, open);
      const taskId = await endWithCallback(f);
      const [first] = await claim(f);
      assert.ok(first);
      const failed = makeTry(f, first, { state: "waiting", dueAtMs: f.nowMs });
      const unanswered = { ...failed.try, status: null, errorClass: "timeout", excerpt: "" };
      assert.equal(await f.store.deliveries.recordTry({ ...failed, try: unanswered }), true);
      const [second] = await claim(f);
      assert.equal(second?.tries, 1);
      assert.equal(second?.body, first.body, "the body never changes");
      assert.equal(second?.eventId, first.eventId);
      const good = makeTry(f, second ?? first);
      assert.equal(await f.store.deliveries.recordTry(good), true);
      assert.deepEqual(await f.store.deliveries.tries(f.projectId, taskId), [unanswered, good.try]);
      assert.deepEqual(await claim(f), []);
      assert.equal(await f.store.deliveries.nextDueMs(), null);
    });

    test("recordTry() makes the next try wait", async (t) => {
      const f = await setUp(t, open);
      await endWithCallback(f);
      const [due] = await claim(f);
      assert.ok(due);
      const later = makeTry(f, due, { state: "waiting", dueAtMs: f.nowMs + 3_600_000 });
      await f.store.deliveries.recordTry(later);
      assert.deepEqual(await claim(f), []);
      const nextMs = await f.store.deliveries.nextDueMs();
      assert.ok(nextMs !== null && Math.abs(nextMs - f.nowMs - 3_600_000) < 60_000);
    });

    test("recordTry() refuses a former holder, and the end is final", async (t) => {
      const f = await setUp(t, open);
      const taskId = await endWithCallback(f);
      const [dead] = await claim(f, 0);
      const [holder] = await claim(f);
      assert.ok(dead && holder);
      assert.equal(await f.store.deliveries.recordTry(makeTry(f, dead)), false);
      const refused = makeTry(f, holder, { state: "refused" });
      assert.equal(await f.store.deliveries.recordTry(refused), true);
      assert.equal(await f.store.deliveries.recordTry(makeTry(f, holder)), false);
      assert.equal((await f.store.deliveries.tries(f.projectId, taskId)).length, 1);
    });

    test("recordTry() takes an answer with every kind of character", async (t) => {
      const f = await setUp(t, open);
      const taskId = await endWithCallback(f);
      const [due] = await claim(f);
      assert.ok(due);
      const record = makeTry(f, due);
      const excerpt = "a\u0000b \ud800 é 🦊 \u001b[31m";
      await f.store.deliveries.recordTry({ ...record, try: { ...record.try, excerpt } });
      const [kept] = await f.store.deliveries.tries(f.projectId, taskId);
      assert.match(kept?.excerpt ?? "", /^a.b . é 🦊 /su);
    });
  });
}

async function endWithCallback(f: Fixture, loopback = false): Promise<string> {
  const made = f.submission({ callbackUrl: "https://example.com/hook" }, { loopback });
  await f.store.tasks.accept(made);
  assert.equal(await f.store.tasks.settle(f.fail(await f.claimOne())), true);
  return made.task.id;
}

function claim(f: Fixture, leaseMs = 60_000, limit = 10): Promise<readonly DueDelivery[]> {
  return f.store.deliveries.claimDue({ nowMs: f.nowMs, leaseMs, limit });
}
