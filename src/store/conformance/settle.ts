import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Settlement } from "../store.ts";
import { type Fixture, GRANTED, type OpenStore, setUp } from "./fixture.ts";

/** What ending a task promises. */
export function describeSettle(name: string, open: OpenStore): void {
  describe(`${name}: settle()`, () => {
    test("finishes a task with files, money, event and delivery", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin({ callbackUrl: "https://example.com/hook" });
      const files = [f.file(claim.task.id, 0), f.file(claim.task.id, 1)];
      const attempt = { id: attemptId, state: "succeeded", ended: true } as const;
      const settlement = { ...f.finish(claim, { files }), attempt };
      assert.equal(await f.store.tasks.settle(settlement), true);
      const view = await f.store.tasks.find(f.projectId, claim.task.id);
      assert.deepEqual(view?.files, files);
      assert.equal(view?.task.stage, "finished");
      assert.equal(view?.task.progress, 100);
      assert.equal(view?.task.charged, claim.task.hold);
      assert.equal(view?.task.finishedAtMs, f.nowMs);
      assert.equal(view?.task.expiresAtMs, settlement.expiresAtMs);
      assert.deepEqual(view?.task.outputs, [{ kind: "media", file: 0, media: "image" }]);
      assert.equal(await f.store.tasks.balance(f.projectId), GRANTED - claim.task.hold);
      const [ended] = await f.store.tasks.attempts(f.projectId, claim.task.id);
      assert.equal(ended?.state, "succeeded");
      const [due] = await f.store.deliveries.claimDue({ nowMs: f.nowMs, leaseMs: 1, limit: 9 });
      assert.equal(due?.eventId, settlement.event.id);
      assert.equal(due?.body, settlement.event.body);
    });

    test("finishes a task and keeps why its attempt gave fewer files", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin();
      const errorMessage = "Finished with 1 of 2 files: The result is no longer there";
      const attempt = { id: attemptId, state: "succeeded", ended: true, billed: "yes" } as const;
      const reason = { errorCode: "result_expired", errorMessage } as const;
      const settlement = { ...f.finish(claim), attempt: { ...attempt, ...reason } };
      assert.equal(await f.store.tasks.settle(settlement), true);
      const dossier = await f.store.views.dossier(f.projectId, claim.task.id);
      const [ended] = dossier?.attempts ?? [];
      assert.deepEqual(
        [ended?.state, ended?.errorCode, ended?.errorMessage, ended?.billed],
        ["succeeded", "result_expired", errorMessage, "yes"],
      );
      const { stage, errorCode } = dossier?.task ?? {};
      assert.deepEqual([stage, errorCode, dossier?.task.errorMessage], ["finished", null, null]);
    });

    test("fails a task, gives the hold back and keeps the reason", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      assert.equal(await f.store.tasks.settle(f.fail(claim)), true);
      const view = await f.store.tasks.find(f.projectId, claim.task.id);
      assert.equal(view?.task.stage, "failed");
      assert.equal(view?.task.errorCode, "generation_failed");
      assert.equal(view?.task.errorMessage, "The upstream failed");
      assert.equal(view?.task.charged, 0);
      assert.equal(view?.task.progress, 0);
      assert.equal(await f.store.tasks.balance(f.projectId), GRANTED);
      assert.equal(await f.count("event"), 1, "also a failure is an event");
    });

    test("splits the hold into what is paid and what is given back", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin({ hold: 9_000 });
      await f.store.tasks.settle(f.finish(claim, { charged: 2_500 }));
      const rows = await f.look(`SELECT kind, amount FROM ledger ORDER BY kind`);
      assert.deepEqual(
        rows.map((row) => ({ ...row })),
        [
          { kind: "grant", amount: GRANTED },
          { kind: "hold", amount: 9_000 },
          { kind: "release", amount: 6_500 },
          { kind: "settle", amount: 2_500 },
        ],
      );
      assert.equal(await f.store.tasks.balance(f.projectId), GRANTED - 2_500);
    });

    test("ends a task once, however many try with the same claim", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin({ callbackUrl: "https://example.com/hook" });
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          f.store.tasks.settle(index % 2 === 0 ? f.finish(claim) : f.fail(claim)),
        ),
      );
      assert.equal(results.filter(Boolean).length, 1);
      assert.equal(await f.count("event"), 1);
      assert.equal(await f.count("delivery"), 1);
      assert.equal(await f.count("ledger WHERE task_id IS NOT NULL"), 2);
    });

    test("is final: nothing changes an ended task", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin();
      await f.store.tasks.settle(f.finish(claim));
      const before = await f.store.tasks.find(f.projectId, claim.task.id);
      const lease = { taskId: claim.task.id, fence: claim.fence, nowMs: f.nowMs, leaseMs: 1e6 };
      assert.equal(await f.store.tasks.recordStep(f.step(claim, { progress: 3 })), "lost");
      assert.equal(await f.store.tasks.settle(f.fail(claim)), false);
      assert.equal(await f.store.tasks.extendLease(lease), false);
      assert.equal(await f.store.tasks.recordIntent(f.intent(claim)), false);
      await f.store.tasks.wake(attemptId, f.nowMs);
      assert.deepEqual(await f.store.tasks.find(f.projectId, claim.task.id), before);
    });

    for (const [what, spoil] of Object.entries(SPOILED)) {
      test(`writes nothing at all with ${what}`, async (t) => {
        const f = await setUp(t, open);
        const { claim } = await f.begin({ callbackUrl: "https://example.com/hook" });
        const before = await f.store.tasks.find(f.projectId, claim.task.id);
        const good = f.finish(claim);
        await assert.rejects(f.store.tasks.settle(spoil(f, good)), { code: "internal" });
        assert.deepEqual(await f.store.tasks.find(f.projectId, claim.task.id), before);
        const tables = ["file", "creation", "event", "delivery"];
        const rows = await Promise.all(tables.map((table) => f.count(table)));
        assert.deepEqual(rows, [0, 0, 0, 0]);
        assert.equal(await f.store.tasks.balance(f.projectId), GRANTED - claim.task.hold);
        assert.equal(await f.store.tasks.settle(good), true, "the lease is still held");
      });
    }

    test("sends nothing where no callback was asked for", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      await f.store.tasks.settle(f.finish(claim));
      assert.equal(await f.count("delivery"), 0);
    });

    test("hints that a delivery is due", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const hints: string[] = [];
      f.store.onHint((hint) => hints.push(hint));
      await f.store.tasks.settle(f.finish(claim));
      assert.deepEqual(hints, ["deliveries"]);
    });
  });

  describe(`${name}: creations()`, () => {
    test("gives the project's creations with their files, in the order asked for", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const creations = [
        { id: "audio-1", kind: "audio", file: 0, ref: { clip: "c1" } },
        { id: "persona-1", kind: "persona", file: null, ref: ["a", null] },
      ] as const;
      const settlement = f.finish(claim, { creations });
      await f.store.tasks.settle(settlement);
      const asked = ["persona-1", "none", "\u0000'", "audio-1"];
      const found = await f.store.tasks.creations(f.projectId, asked);
      const made = { taskId: claim.task.id, provider: "xai", account: "main" };
      const file = settlement.end.kind === "finished" ? settlement.end.files[0] : undefined;
      assert.deepEqual(found, [
        { ...creations[1], ...made, fileRow: null },
        { ...creations[0], ...made, fileRow: file },
      ]);
      assert.deepEqual(await f.store.tasks.creations("proj_other", asked), []);
      assert.deepEqual(await f.store.tasks.creations(f.projectId, []), []);
    });

    test("leaves a creation to the task that made it first, and ends the other", async (t) => {
      const f = await setUp(t, open);
      const song = { id: "audio-1", kind: "audio", file: 0, ref: null } as const;
      const { claim: first } = await f.begin();
      await f.store.tasks.settle(f.finish(first, { creations: [song] }));
      const { claim: second } = await f.begin();
      const again = f.finish(second, { creations: [song, song] });
      assert.equal(await f.store.tasks.settle(again), true);
      const [owner] = await f.store.tasks.creations(f.projectId, ["audio-1"]);
      assert.equal(owner?.taskId, first.task.id);
      const view = await f.store.tasks.find(f.projectId, second.task.id);
      assert.equal(view?.task.stage, "finished");
    });
  });
}

type Spoil = (f: Fixture, good: Settlement) => Settlement;

/** Settlements that break a rule of the schema at some point on their way. */
const SPOILED: Readonly<Record<string, Spoil>> = {
  "two files at one place": (f, good) => ({
    ...good,
    end: { ...finished(good), files: [f.file(good.taskId, 0), f.file(good.taskId, 0)] },
  }),
  "an empty file": (f, good) => ({
    ...good,
    end: { ...finished(good), files: [{ ...f.file(good.taskId, 0), sizeBytes: 0 }] },
  }),
  "a charge above the hold": (_, good) => ({
    ...good,
    end: { ...finished(good), charged: 8_481 },
  }),
  "a negative charge": (_, good) => ({ ...good, end: { ...finished(good), charged: -1 } }),
  "another task's attempt": (_, good) => ({
    ...good,
    attempt: { id: "att_none", state: "succeeded", ended: true },
  }),
};

function finished(
  settlement: Settlement,
): Extract<Settlement["end"], { readonly kind: "finished" }> {
  assert.ok(settlement.end.kind === "finished");
  return settlement.end;
}
