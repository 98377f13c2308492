import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Fixture, type OpenStore, setUp } from "./fixture.ts";

/** What intents, steps, wakes and wishes to cancel promise. */
export function describeSteps(name: string, open: OpenStore): void {
  describe(`${name}: recordIntent()`, () => {
    test("opens one attempt and moves the task to submitting", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin();
      const view = await f.store.tasks.find(f.projectId, claim.task.id);
      assert.equal(view?.task.stage, "submitting");
      assert.equal(view?.task.attempts, 1);
      const attempts = await f.store.tasks.attempts(f.projectId, claim.task.id);
      assert.deepEqual(
        attempts.map(({ id, state }) => ({ id, state })),
        [{ id: attemptId, state: "submitting" }],
      );
    });

    test("refuses a second attempt while one is open", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const second = f.intent({ ...claim, task: { ...claim.task, attempts: 1 } });
      assert.equal(await f.store.tasks.recordIntent(second), false);
      assert.equal(await f.count("attempt"), 1);
    });
  });

  describe(`${name}: recordStep()`, () => {
    test("raises progress and start, and never takes them back", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      await f.store.tasks.recordStep(f.step(claim, { progress: 40.9, started: true }));
      await step(f, { progress: 10, nowMs: f.nowMs + 5_000, started: true });
      const after = await f.store.tasks.find(f.projectId, claim.task.id);
      assert.equal(after?.task.progress, 40);
      assert.equal(after?.task.startedAtMs, f.nowMs);
      await step(f, { progress: 250 });
      const last = await f.store.tasks.find(f.projectId, claim.task.id);
      assert.equal(last?.task.progress, 99, "100 is for finished only");
    });

    test("keeps what a change of the attempt leaves out", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId: id } = await f.begin();
      const running = { id, state: "running", operation: { job: 1 }, troubles: 2 } as const;
      await f.store.tasks.recordStep(f.step(claim, { attempt: running }));
      const production = { artifacts: [], outputs: [], creations: [], meta: { seed: 7 } };
      await step(f, { stage: "collecting", attempt: { id, state: "produced", production } });
      const wrong = { id, state: "produced", errorCode: "internal", errorMessage: "no" } as const;
      await step(f, { stage: "collecting", attempt: { ...wrong, operation: null } });
      const [attempt] = await f.store.tasks.attempts(f.projectId, claim.task.id);
      assert.equal(attempt?.troubles, 2);
      assert.equal(attempt?.operation, null, "null is a value, not an absence");
      assert.deepEqual(attempt?.production, production);
      assert.equal(attempt?.errorCode, "internal");
      assert.equal(attempt?.endedAtMs, null);
    });

    test("keeps the lease on demand", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId: id } = await f.begin();
      const attempt = { id, state: "running" } as const;
      const keep = { keepLease: true, dueAtMs: f.nowMs + 60_000, attempt };
      assert.equal(await f.store.tasks.recordStep(f.step(claim, keep)), "written");
      assert.deepEqual(await f.claim(10), []);
      assert.equal(await f.store.tasks.recordStep(f.step(claim)), "written");
      assert.equal((await f.claim(10)).length, 1);
    });

    test("moves to another route", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId: id } = await f.begin();
      const attempt = { id, state: "rejected", ended: true } as const;
      await f.store.tasks.recordStep(f.step(claim, { stage: "queued", routeIndex: 1, attempt }));
      const next = await f.claimOne();
      assert.equal(next.task.routeIndex, 1);
      assert.equal(next.attempt, null);
    });

    test("writes nothing when the attempt is another task's", async (t) => {
      const f = await setUp(t, open);
      const other = await f.begin();
      const { claim } = await f.begin();
      const attempt = { id: other.attemptId, state: "running" } as const;
      await assert.rejects(f.store.tasks.recordStep(f.step(claim, { attempt, progress: 9 })));
      const view = await f.store.tasks.find(f.projectId, claim.task.id);
      assert.equal(view?.task.progress, 0);
      assert.equal(
        await f.store.tasks.recordStep(f.step(claim)),
        "written",
        "the lease is still held",
      );
    });

    test("hints when the task is due soon, not when it is due later", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const hints: string[] = [];
      f.store.onHint((hint) => hints.push(hint));
      await f.store.tasks.recordStep(f.step(claim));
      assert.deepEqual(hints, ["tasks"]);
      await step(f, { dueAtMs: f.nowMs + 60_000 });
      assert.deepEqual(hints, ["tasks"]);
    });
  });

  describe(`${name}: the operation of an attempt`, () => {
    const told = (id: string, operationKey = "account job-1") =>
      ({ id, state: "running", operation: { job: 1 }, operationKey }) as const;

    test("is never given to a second attempt, even after the first has ended", async (t) => {
      const f = await setUp(t, open);
      const first = await f.begin();
      const { tasks } = f.store;
      const attempt = told(first.attemptId);
      const keep = { keepLease: true, dueAtMs: f.nowMs + 30_000 };
      assert.equal(await tasks.recordStep(f.step(first.claim, { ...keep, attempt })), "written");
      const second = await f.begin();
      const taken = { attempt: told(second.attemptId), progress: 9 };
      assert.equal(await tasks.recordStep(f.step(second.claim, taken)), "taken");
      assert.equal((await tasks.attempt(second.attemptId))?.attempt.operation, null);
      assert.equal((await tasks.attempt(second.attemptId))?.task.progress, 0);
      assert.ok(await tasks.settle(f.finish(first.claim)));
      assert.equal(await tasks.recordStep(f.step(second.claim, taken)), "taken");
      const own = { attempt: told(second.attemptId, "account job-2") };
      assert.equal(
        await tasks.recordStep(f.step(second.claim, own)),
        "written",
        "lease still held",
      );
    });

    test("may be told to its own attempt again, and stays when left out", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin();
      const attempt = told(attemptId);
      const keep = { keepLease: true, dueAtMs: f.nowMs + 30_000 };
      assert.equal(await f.store.tasks.recordStep(f.step(claim, { ...keep, attempt })), "written");
      const pending = { attempt: { id: attemptId, state: "running" } as const };
      await f.store.tasks.recordStep(f.step(claim, { ...keep, ...pending }));
      const last = { dueAtMs: f.nowMs + 30_000, attempt };
      assert.equal(await f.store.tasks.recordStep(f.step(claim, last)), "written");
      const other = await f.begin();
      const step = f.step(other.claim, { attempt: told(other.attemptId) });
      assert.equal(await f.store.tasks.recordStep(step), "taken");
    });

    test("goes to one of two that are told it at the same moment", async (t) => {
      const f = await setUp(t, open);
      const [one, two] = [await f.begin(), await f.begin()];
      const results = await Promise.all(
        [one, two].map(({ claim, attemptId }) =>
          f.store.tasks.recordStep(f.step(claim, { attempt: told(attemptId) })),
        ),
      );
      assert.deepEqual(results.toSorted(), ["taken", "written"]);
    });

    test("is taken from the attempt that had it when it is contested", async (t) => {
      const f = await setUp(t, open);
      const [one, two] = [await f.begin(), await f.begin()];
      const { tasks } = f.store;
      const attempt = told(one.attemptId);
      const keep = { keepLease: true, dueAtMs: f.nowMs + 30_000 };
      await tasks.recordStep(f.step(one.claim, { ...keep, attempt }));
      await tasks.contest("account job-1", f.nowMs);
      await tasks.contest("account job-9", f.nowMs);
      assert.equal((await tasks.attempt(one.attemptId))?.attempt.contested, true);
      assert.equal(await tasks.settle(f.finish(one.claim)), false, "nothing is finished by it");
      const other = { ...keep, attempt: told(two.attemptId) };
      assert.equal(await tasks.recordStep(f.step(two.claim, other)), "written");
      const later = { dueAtMs: f.nowMs + 60_000 };
      assert.equal(await tasks.recordStep(f.step(one.claim, later)), "written");
      const woken = await f.claimOne();
      assert.equal(woken.attempt?.contested, true, "its task became due");
      const own = { attempt: told(one.attemptId, "account job-2"), ...keep };
      assert.equal(await tasks.recordStep(f.step(woken, own)), "written");
      assert.equal((await tasks.attempt(one.attemptId))?.attempt.contested, undefined);
      const ended = { id: one.attemptId, state: "succeeded", ended: true } as const;
      assert.ok(await tasks.settle({ ...f.finish(woken), attempt: ended }));
      await tasks.contest("account job-2", f.nowMs);
      assert.equal((await tasks.attempt(one.attemptId))?.attempt.contested, undefined);
    });

    test("is not adopted from a callback when it is another's", async (t) => {
      const f = await setUp(t, open);
      const [one, two] = [await f.begin(), await f.begin()];
      const { tasks } = f.store;
      await tasks.recordStep(f.step(one.claim, { attempt: told(one.attemptId) }));
      const { operation, operationKey } = told("");
      const adoption = { attemptId: two.attemptId, operation, operationKey, nowMs: f.nowMs };
      assert.equal(await tasks.adopt(adoption), false);
      assert.equal((await tasks.attempt(two.attemptId))?.attempt.operation, null);
      const own = { operation: { job: 2 }, operationKey: "account job-2" };
      assert.equal(await tasks.adopt({ ...adoption, ...own }), true);
      assert.deepEqual((await tasks.attempt(two.attemptId))?.attempt.operation, { job: 2 });
    });
  });

  describe(`${name}: wake()`, () => {
    test("makes a waiting task due", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin();
      await f.store.tasks.recordStep(f.step(claim, { dueAtMs: f.nowMs + 3_600_000 }));
      await f.store.tasks.wake(attemptId, f.nowMs);
      assert.equal((await f.claimOne()).task.id, claim.task.id);
    });

    test("is kept while the task is leased, and does not break the lease", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin();
      await f.store.tasks.wake(attemptId, f.nowMs);
      assert.deepEqual(await f.claim(10), [], "still leased");
      const later = { dueAtMs: f.nowMs + 3_600_000 };
      assert.equal(await f.store.tasks.recordStep(f.step(claim, later)), "written");
      const woken = await f.claimOne();
      assert.equal(woken.task.id, claim.task.id, "due at once, for it was woken");
      await f.store.tasks.recordStep(f.step(woken, later));
      assert.deepEqual(await f.claim(10), [], "one wake, one look");
    });

    test("voids what is concluded from silence, once", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId: id } = await f.begin();
      await f.store.tasks.wake(id, f.nowMs);
      const attempt = { id, state: "unresolved", ended: true, unlessTold: true } as const;
      const queued = { stage: "queued", attempt } as const;
      assert.equal(await f.store.tasks.recordStep(f.step(claim, queued)), "lost");
      assert.equal(await f.store.tasks.settle({ ...f.fail(claim), attempt }), false);
      const { taskId, fence } = { taskId: claim.task.id, fence: claim.fence };
      await f.store.tasks.extendLease({ taskId, fence, nowMs: f.nowMs, leaseMs: 0 });
      const next = await f.claimOne();
      assert.equal(next.attempt?.state, "submitting");
      assert.equal(await f.store.tasks.recordStep(f.step(next, queued)), "written");
    });

    test("survives a step that keeps the lease", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin();
      await f.store.tasks.wake(attemptId, f.nowMs);
      const later = { dueAtMs: f.nowMs + 3_600_000 };
      await f.store.tasks.recordStep(f.step(claim, { ...later, keepLease: true }));
      assert.deepEqual(await f.claim(10), []);
      await f.store.tasks.recordStep(f.step(claim, later));
      assert.equal((await f.claim(10)).length, 1);
    });

    test("changes nothing for an ended task or an unknown attempt", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin();
      await f.store.tasks.settle(f.fail(claim));
      await f.store.tasks.wake(attemptId, f.nowMs);
      await f.store.tasks.wake("att_none", f.nowMs);
      assert.deepEqual(await f.claim(10), []);
    });
  });
}

async function step(f: Fixture, change: Parameters<Fixture["step"]>[1]): Promise<void> {
  assert.equal(await f.store.tasks.recordStep(f.step(await f.claimOne(), change)), "written");
}
