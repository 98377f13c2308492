import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Inquiry, InquiryStep } from "../store.ts";
import { attemptsOf } from "./cancel.ts";
import { type Fixture, type OpenStore, setUp } from "./fixture.ts";

/** What inquiries about attempts of ended tasks promise. */
export function describeInquiries(name: string, open: OpenStore): void {
  describe(`${name}: inquiries`, () => {
    test("end with the attempt, book what it cost, and leave the task alone", async (t) => {
      const f = await setUp(t, open);
      const { inquiry, attemptId: id } = await canceled(f);
      const before = await f.store.tasks.find(f.projectId, inquiry.task.id);
      assert.equal(before?.task.stage, "failed");
      const cost = { amount: "0.0075", unit: "usd" } as const;
      const attempt = { id, state: "succeeded", ended: true, billed: "yes", cost } as const;
      assert.equal(await f.store.inquiries.record(step(f, inquiry, { attempt })), "written");
      assert.deepEqual(await attemptsOf(f, inquiry.task.id), [
        { state: "succeeded", billed: "yes", cost, endedAtMs: f.nowMs },
      ]);
      assert.equal(await f.count("inquiry"), 0);
      assert.equal(await f.store.inquiries.nextDueMs(), null);
      assert.deepEqual(await f.store.tasks.find(f.projectId, inquiry.task.id), before);
      assert.equal((await f.count("event")) + (await f.count("file")), 1, "the event of its end");
    });

    test("begin with the end of a task whose attempt stays open", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin();
      const inquiryUntilMs = f.nowMs + 5_000;
      assert.equal(await f.store.tasks.settle({ ...f.fail(claim), inquiryUntilMs }), true);
      const inquiry = await f.claimInquiry();
      assert.equal(inquiry.attempt.id, attemptId);
      assert.equal(inquiry.attempt.endedAtMs, null);
      assert.equal(inquiry.told, null);
      // On a database of its own time the end counts from there.
      assert.ok(Math.abs(inquiry.untilMs - inquiryUntilMs) < 60_000);
    });

    test("are claimed by one of two, and again when a lease has ended", async (t) => {
      const f = await setUp(t, open);
      for (let task = 0; task < 20; task += 1) await canceledUnclaimed(f);
      const wish = { nowMs: f.nowMs, leaseMs: 0, limit: 20, node: "node" };
      const claimAll = async (): Promise<readonly string[]> => {
        const ids: string[] = [];
        for (;;) {
          const some = { ...wish, leaseMs: 60_000, limit: 3 };
          const claims = await f.store.inquiries.claimDue(some);
          if (claims.length === 0) return ids;
          ids.push(...claims.map(({ task }) => task.id));
        }
      };
      const [mine, yours] = await Promise.all([claimAll(), claimAll()]);
      assert.equal(new Set([...mine, ...yours]).size, 20);
      assert.equal(mine.length + yours.length, 20);
      const late = await canceledUnclaimed(f);
      const [dead] = await f.store.inquiries.claimDue({ ...wish, limit: 1 });
      const next = await f.claimInquiry();
      assert.equal(next.task.id, late);
      assert.ok(dead !== undefined && next.fence > dead.fence);
      assert.equal(await f.store.inquiries.record(step(f, dead)), "lost");
      assert.equal(await f.store.inquiries.record(step(f, next)), "written");
    });

    test("keep what the provider said to the wish to stop, and have an end", async (t) => {
      const f = await setUp(t, open);
      const { inquiry } = await canceled(f);
      const late = { told: "too-late", dueAtMs: f.nowMs + 1e12 } as const;
      assert.equal(await f.store.inquiries.record(step(f, inquiry, late)), "written");
      const dueMs = await f.store.inquiries.nextDueMs();
      assert.ok(dueMs !== null && Math.abs(dueMs - inquiry.untilMs) < 60_000, String(dueMs));
      await f.store.tasks.wake(inquiry.attempt.id, f.nowMs);
      const again = await f.claimInquiry();
      assert.equal(again.told, "too-late");
      await f.store.inquiries.record(step(f, again, { dueAtMs: f.nowMs }));
      assert.equal((await f.claimInquiry()).told, "too-late", "what is left out stays");
    });

    test("are woken under a lease, once it is given up", async (t) => {
      const f = await setUp(t, open);
      const { inquiry, attemptId } = await canceled(f);
      const wish = { nowMs: f.nowMs, leaseMs: 1, limit: 9, node: "node" };
      await f.store.tasks.wake(attemptId, f.nowMs);
      assert.deepEqual(await f.store.inquiries.claimDue(wish), []);
      await f.store.inquiries.record(step(f, inquiry, { dueAtMs: f.nowMs + 3_600_000 }));
      assert.equal((await f.claimInquiry()).task.id, inquiry.task.id);
    });

    test("do not end by silence when something was told meanwhile", async (t) => {
      const f = await setUp(t, open);
      const { inquiry, attemptId: id } = await canceled(f);
      await f.store.tasks.wake(id, f.nowMs);
      const attempt = { id, state: "canceled", ended: true, unlessTold: true } as const;
      assert.equal(await f.store.inquiries.record(step(f, inquiry, { attempt })), "lost");
      assert.equal(await f.store.inquiries.record(step(f, inquiry)), "written");
    });

    test("learn the job of a lost submit from a callback", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin();
      await f.store.tasks.cancel(f.cancellation(claim.task.id));
      const adoption = { attemptId, operation: { id: "job-1" }, nowMs: f.nowMs };
      assert.equal(await f.store.tasks.adopt(adoption), true);
      const lease = { taskId: claim.task.id, fence: claim.fence, nowMs: f.nowMs, leaseMs: 0 };
      await f.store.tasks.extendLease(lease);
      assert.deepEqual((await f.claimInquiry()).attempt.operation, { id: "job-1" });
    });

    test("take no operation that is another attempt's", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId: id } = await f.begin();
      const told = (attempt: string) =>
        ({ id: attempt, state: "running", operation: "job", operationKey: "account job" }) as const;
      await f.store.tasks.recordStep(f.step(claim, { attempt: told(id) }));
      await f.store.tasks.settle(f.fail(await f.claimOne()));
      const { inquiry, attemptId } = await canceled(f);
      const taken = step(f, inquiry, { attempt: told(attemptId) });
      assert.equal(await f.store.inquiries.record(taken), "taken");
      assert.equal(await f.store.inquiries.record(step(f, inquiry)), "written");
    });

    test("leave a job that runs inside another node to that node", async (t) => {
      const f = await setUp(t, open);
      const task = await f.accept();
      const claim = await f.claimOne();
      await f.store.tasks.recordIntent({ ...f.intent(claim), home: "there" });
      await f.store.tasks.recordStep(f.step(claim));
      await f.store.tasks.cancel(f.cancellation(task.id));
      const ask = (node: string) =>
        f.store.inquiries.claimDue({ nowMs: f.nowMs, leaseMs: 1, limit: 5, node });
      assert.deepEqual(await ask("here"), []);
      assert.equal((await ask("there")).length, 1);
    });

    test("keep what was sent until they are over", async (t) => {
      const f = await setUp(t, open);
      const { inquiry, attemptId: id } = await canceled(f);
      const prune = () =>
        f.store.upkeep.prune({
          ...{ nowMs: f.nowMs, limit: 10, inputsBeforeMs: f.nowMs, keysBeforeMs: 0 },
          ...{ deliveriesBeforeMs: 0, eventsBeforeMs: 0 },
        });
      await prune();
      const kept = await f.store.tasks.attempts(f.projectId, inquiry.task.id);
      assert.deepEqual(kept[0]?.prepared, { prompt: "a fox" });
      const attempt = { id, state: "canceled", ended: true } as const;
      await f.store.inquiries.record(step(f, inquiry, { attempt }));
      await prune();
      const wiped = await f.store.tasks.attempts(f.projectId, inquiry.task.id);
      assert.equal(wiped[0]?.prepared, null);
    });
  });
}

/** Cancels a task under way whose upstream has the job; gives its id. */
async function canceledUnclaimed(f: Fixture): Promise<string> {
  const { claim, attemptId: id } = await f.begin();
  await f.store.tasks.recordStep(f.step(claim, { attempt: { id, state: "running" } }));
  await f.store.tasks.cancel(f.cancellation(claim.task.id));
  return claim.task.id;
}

/** The same, with its inquiry claimed. */
async function canceled(
  f: Fixture,
): Promise<{ readonly inquiry: Inquiry; readonly attemptId: string }> {
  await canceledUnclaimed(f);
  const inquiry = await f.claimInquiry();
  return { inquiry, attemptId: inquiry.attempt.id };
}

function step(f: Fixture, inquiry: Inquiry, change: Partial<InquiryStep> = {}): InquiryStep {
  const { task, fence } = inquiry;
  return { taskId: task.id, fence, nowMs: f.nowMs, dueAtMs: f.nowMs, ...change };
}
