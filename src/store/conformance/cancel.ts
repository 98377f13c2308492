import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Fixture, GRANTED, type OpenStore, setUp } from "./fixture.ts";

/** What a cancel promises: an end at once and for good, whoever works on the task. */
export function describeCancel(name: string, open: OpenStore): void {
  describe(`${name}: cancel()`, () => {
    test("ends a task in any stage, gives the hold back and announces it once", async (t) => {
      const f = await setUp(t, open);
      const callbackUrl = "https://example.com/hook";
      const queued = (await f.accept({ callbackUrl })).id;
      const wish = f.cancellation(queued);
      assert.equal(await f.store.tasks.cancel(wish), "canceled");
      assert.equal(await f.count("inquiry"), 0, "nothing was sent for it");
      const { claim } = await f.begin({ callbackUrl });
      assert.equal(await f.store.tasks.cancel(f.cancellation(claim.task.id)), "canceled");
      for (const taskId of [queued, claim.task.id]) {
        const view = await f.store.tasks.find(f.projectId, taskId);
        const { stage, errorCode, errorMessage, charged, cancelAtMs, finishedAtMs } =
          view?.task ?? claim.task;
        assert.deepEqual(
          { stage, errorCode, errorMessage, charged, cancelAtMs, finishedAtMs },
          {
            ...{ stage: "failed", errorCode: "canceled", errorMessage: "Canceled on request" },
            ...{ charged: 0, cancelAtMs: f.nowMs, finishedAtMs: f.nowMs },
          },
        );
      }
      assert.equal(await f.store.tasks.balance(f.projectId), GRANTED);
      assert.equal(await f.count("event"), 2);
      assert.equal(await f.count("delivery WHERE due_at IS NOT NULL"), 2);
      assert.equal(await f.count("project WHERE open_tasks = 0"), 1);
      assert.deepEqual(await f.claim(10), []);
    });

    test("keeps the worker's writes off the task, and its lease on the inquiry", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId: id } = await f.begin();
      const { tasks, inquiries } = f.store;
      await tasks.cancel(f.cancellation(claim.task.id));
      const ended = await tasks.find(f.projectId, claim.task.id);
      const running = { id, state: "running", operation: { job: 1 } } as const;
      assert.equal(await tasks.recordStep(f.step(claim, { attempt: running })), "lost");
      assert.equal(await tasks.settle(f.finish(claim)), false);
      const lease = { taskId: claim.task.id, fence: claim.fence, nowMs: f.nowMs };
      assert.equal(await tasks.extendLease({ ...lease, leaseMs: 60_000 }), true);
      const wish = { nowMs: f.nowMs, leaseMs: 60_000, limit: 9, node: "node" };
      assert.deepEqual(await inquiries.claimDue(wish), [], "the worker is still at it");
      const seen = { ...lease, dueAtMs: f.nowMs, attempt: running };
      assert.equal(await inquiries.record(seen), "written");
      assert.equal(await inquiries.record(seen), "lost", "a step ends the lease");
      assert.equal(await tasks.extendLease({ ...lease, leaseMs: 60_000 }), false);
      const inquiry = await f.claimInquiry();
      assert.deepEqual(inquiry.attempt.operation, { job: 1 });
      assert.deepEqual(await tasks.find(f.projectId, claim.task.id), ended);
      assert.equal(await f.count("file"), 0);
    });

    test("refuses an intent that comes after it, and asks about none", async (t) => {
      const f = await setUp(t, open);
      const task = await f.accept();
      const claim = await f.claimOne();
      await f.store.tasks.cancel(f.cancellation(task.id));
      assert.equal(await f.store.tasks.recordIntent(f.intent(claim)), false);
      assert.equal((await f.count("attempt")) + (await f.count("inquiry")), 0);
    });

    test("asks no further about a result that is known", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId: id } = await f.begin();
      const cost = { amount: "0.25", unit: "usd" } as const;
      const attempt = { id, state: "produced", billed: "yes", cost } as const;
      await f.store.tasks.recordStep(f.step(claim, { stage: "collecting", attempt }));
      await f.store.tasks.cancel(f.cancellation(claim.task.id));
      const [kept] = await attemptsOf(f, claim.task.id);
      assert.deepEqual(kept, { state: "canceled", billed: "yes", cost, endedAtMs: f.nowMs });
      assert.equal(await f.count("inquiry"), 0);
    });

    test("happens once, however many wish it and whatever the worker writes", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin({ callbackUrl: "https://example.com/hook" });
      const { tasks } = f.store;
      const results = await Promise.all([
        ...Array.from({ length: 8 }, () => tasks.cancel(f.cancellation(claim.task.id))),
        tasks.settle(f.finish(claim)).then((won) => (won ? "canceled" : "ended")),
      ]);
      assert.equal(results.filter((result) => result === "canceled").length, 1);
      assert.equal(await f.count("event"), 1);
      assert.equal(await f.count("delivery"), 1);
    });

    test("changes nothing of an ended task and hides another project's", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const { tasks } = f.store;
      const wish = f.cancellation(claim.task.id);
      assert.equal(await tasks.cancel({ ...wish, projectId: "proj_other" }), "absent");
      assert.equal(await tasks.cancel({ ...wish, taskId: "task_none" }), "absent");
      await tasks.settle(f.finish(claim));
      const before = await tasks.find(f.projectId, claim.task.id);
      assert.equal(await tasks.cancel(wish), "ended");
      assert.deepEqual(await tasks.find(f.projectId, claim.task.id), before);
    });

    test("hints at the callback and at the inquiry", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const hints: string[] = [];
      f.store.onHint((hint) => hints.push(hint));
      await f.store.tasks.cancel(f.cancellation(claim.task.id));
      assert.deepEqual(hints.sort(), ["deliveries", "inquiries"]);
    });
  });
}

/** What the operator is told of a task's attempts. */
export async function attemptsOf(f: Fixture, taskId: string): Promise<readonly object[]> {
  const dossier = await f.store.views.dossier(f.projectId, taskId);
  return (dossier?.attempts ?? []).map(({ state, billed, cost, endedAtMs }) => ({
    ...{ state, billed, cost, endedAtMs },
  }));
}
