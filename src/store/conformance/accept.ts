import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { GRANTED, type OpenStore, setUp } from "./fixture.ts";

/** What `accept` promises. */
export function describeAccept(name: string, open: OpenStore): void {
  describe(`${name}: accept()`, () => {
    test("writes task and hold, and the task reads as it was given", async (t) => {
      const f = await setUp(t, open);
      const made = f.submission({ callbackUrl: "https://example.com/hook", input: { n: 2 } });
      assert.deepEqual(await f.store.tasks.accept(made), { kind: "accepted" });
      const view = await f.store.tasks.find(f.projectId, made.task.id);
      assert.deepEqual(view, { task: made.task, files: [] });
      assert.equal(await f.store.tasks.balance(f.projectId), GRANTED - made.task.hold);
      const holds = await f.look(`SELECT amount, task_id FROM ledger WHERE kind = 'hold'`);
      assert.deepEqual(
        holds.map((row) => ({ ...row })),
        [{ amount: made.task.hold, task_id: made.task.id }],
      );
    });

    test("keeps the routes of each task, whatever those of the one before are", async (t) => {
      const f = await setUp(t, open);
      const routes = f.submission().task.routes.map((route) => ({ ...route, account: "other" }));
      const made = [{}, { routes }, {}, { routes }].map((change) => f.submission(change));
      await Promise.all(made.map((submission) => f.store.tasks.accept(submission)));
      for (const { task } of made) {
        const found = await f.store.tasks.find(f.projectId, task.id);
        assert.deepEqual(found?.task.routes, task.routes);
      }
    });

    test("keeps whether the submit came from this machine", async (t) => {
      const f = await setUp(t, open);
      await f.store.tasks.accept(f.submission({}, { loopback: true }));
      assert.equal((await f.claimOne()).loopback, true);
    });

    test("takes text with every kind of character", async (t) => {
      const f = await setUp(t, open);
      const prompt = "ünïcode 日本 🦊 ' \" \\ \u0001 \u0000 $1 ?1 \u2028";
      const task = await f.accept({ input: { prompt } });
      assert.deepEqual((await f.store.tasks.find(f.projectId, task.id))?.task.input, { prompt });
    });

    test("writes no ledger entry for a task that costs nothing", async (t) => {
      const f = await setUp(t, open);
      await f.accept({ hold: 0, mode: "test" });
      assert.equal(await f.store.tasks.balance(f.projectId), GRANTED);
      assert.equal(await f.count("ledger"), 1, "only the grant");
    });

    test("refuses what the balance does not cover and leaves nothing behind", async (t) => {
      const f = await setUp(t, open);
      const dear = f.submission(
        { hold: GRANTED + 1 },
        { idempotency: { key: "k", fingerprint: "f" } },
      );
      assert.deepEqual(await f.store.tasks.accept(dear), {
        kind: "insufficient",
        balance: GRANTED,
      });
      assert.equal(await f.store.tasks.find(f.projectId, dear.task.id), null);
      assert.equal(await f.count("task"), 0);
      assert.equal(await f.count("idempotency"), 0);
      assert.equal(await f.store.tasks.balance(f.projectId), GRANTED);
    });

    test("lets the last millicredit be spent", async (t) => {
      const f = await setUp(t, open);
      await f.accept({ hold: GRANTED });
      assert.equal(await f.store.tasks.balance(f.projectId), 0);
    });

    test("goes below zero only where credits are not enforced", async (t) => {
      const f = await setUp(t, open);
      const dear = f.submission({ hold: GRANTED + 5 }, { enforceCredits: false });
      assert.deepEqual(await f.store.tasks.accept(dear), { kind: "accepted" });
      assert.equal(await f.store.tasks.balance(f.projectId), -5);
    });

    test("never spends below zero under 200 parallel submits", async (t) => {
      const f = await setUp(t, open);
      const hold = GRANTED / 10;
      const results = await Promise.all(
        Array.from({ length: 200 }, () => f.store.tasks.accept(f.submission({ hold }))),
      );
      const accepted = results.filter(({ kind }) => kind === "accepted");
      assert.equal(accepted.length, 10);
      assert.equal(results.filter(({ kind }) => kind === "insufficient").length, 190);
      assert.equal(await f.store.tasks.balance(f.projectId), 0);
      assert.equal(await f.count("task"), 10);
    });

    test("fills the balance with small submits after a dear one was refused", async (t) => {
      const f = await setUp(t, open);
      const results = await Promise.all(
        [GRANTED / 2, GRANTED, GRANTED / 2].map((hold) =>
          f.store.tasks.accept(f.submission({ hold })),
        ),
      );
      assert.deepEqual(
        results.map(({ kind }) => kind),
        ["accepted", "insufficient", "accepted"],
      );
    });

    test("judges each of a mixed crowd by its own project and key", async (t) => {
      const f = await setUp(t, open);
      const plain = Array.from({ length: 20 }, () => f.submission({ hold: 1 }));
      const stray = f.submission({ projectId: "proj_none", hold: 1 });
      const idempotency = { key: "one", fingerprint: "f" };
      const keyed = [1, 2].map(() => f.submission({ hold: 1 }, { idempotency }));
      const results = await Promise.all(
        [...plain, stray, ...keyed].map((one) => f.store.tasks.accept(one)),
      );
      const kinds = results.map(({ kind }) => kind);
      assert.deepEqual(kinds.slice(0, 21), [...plain.map(() => "accepted"), "insufficient"]);
      assert.deepEqual(kinds.slice(21).toSorted(), ["accepted", "replayed"]);
      assert.equal(await f.store.tasks.balance(f.projectId), GRANTED - 21);
      assert.equal(await f.count("task"), 21);
    });

    test("refuses a task of an unknown project", async (t) => {
      const f = await setUp(t, open);
      const stray = f.submission({ projectId: "proj_none" });
      assert.deepEqual(await f.store.tasks.accept(stray), { kind: "insufficient", balance: 0 });
      const free = f.submission({ projectId: "proj_none", hold: 0 });
      await assert.rejects(f.store.tasks.accept(free), { code: "internal" });
      assert.equal(await f.count("task"), 0);
    });

    test("refuses a task id that is taken and keeps the first task", async (t) => {
      const f = await setUp(t, open);
      const task = await f.accept();
      await assert.rejects(f.store.tasks.accept(f.submission({ id: task.id, model: "other" })));
      assert.equal((await f.store.tasks.find(f.projectId, task.id))?.task.model, task.model);
      assert.equal(await f.store.tasks.balance(f.projectId), GRANTED - task.hold);
    });

    test("tells what an earlier submit with the same idempotency key came to", async (t) => {
      const f = await setUp(t, open);
      const idempotency = { key: "order 7", fingerprint: "same" };
      const { earlier } = f.store.tasks;
      assert.equal(await earlier(f.projectId, idempotency), null);
      const made = f.submission({}, { idempotency });
      await f.store.tasks.accept(made);
      assert.deepEqual(await earlier(f.projectId, idempotency), {
        kind: "replayed",
        task: made.task,
      });
      const other = { ...idempotency, fingerprint: "other" };
      assert.deepEqual(await earlier(f.projectId, other), { kind: "mismatch" });
      assert.equal(await earlier("prj_another", idempotency), null);
    });

    test("gives one task for one idempotency key", async (t) => {
      const f = await setUp(t, open);
      const idempotency = { key: "order 7", fingerprint: "same" };
      const made = f.submission({}, { idempotency });
      assert.deepEqual(await f.store.tasks.accept(made), { kind: "accepted" });
      const again = await f.store.tasks.accept(f.submission({}, { idempotency }));
      assert.deepEqual(again, { kind: "replayed", task: made.task });
      const other = f.submission({}, { idempotency: { ...idempotency, fingerprint: "other" } });
      assert.deepEqual(await f.store.tasks.accept(other), { kind: "mismatch" });
      assert.equal(await f.count("task"), 1);
      assert.equal(await f.store.tasks.balance(f.projectId), GRANTED - made.task.hold);
    });

    test("replays even when the balance is spent", async (t) => {
      const f = await setUp(t, open);
      const idempotency = { key: "k", fingerprint: "f" };
      await f.store.tasks.accept(f.submission({ hold: GRANTED }, { idempotency }));
      const again = await f.store.tasks.accept(f.submission({ hold: GRANTED }, { idempotency }));
      assert.equal(again.kind, "replayed");
    });

    test("makes one task of 200 parallel submits with one key, for each of 20 keys", async (t) => {
      const f = await setUp(t, open);
      const submit = (key: string) =>
        f.store.tasks.accept(
          f.submission({ hold: 1 }, { idempotency: { key, fingerprint: "same" } }),
        );
      const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
      const results = await Promise.all(
        Array.from({ length: 200 }, () => keys).flatMap((round) => round.map(submit)),
      );
      assert.equal(results.filter(({ kind }) => kind === "accepted").length, keys.length);
      assert.equal(results.filter(({ kind }) => kind === "replayed").length, 199 * keys.length);
      assert.equal(await f.count("task"), keys.length);
      assert.equal(await f.store.tasks.balance(f.projectId), GRANTED - keys.length);
    });

    test("hints that a task is due", async (t) => {
      const f = await setUp(t, open);
      const hints: string[] = [];
      const stop = f.store.onHint((hint) => hints.push(hint));
      await f.accept();
      assert.deepEqual(hints, ["tasks"]);
      stop();
      await f.accept();
      assert.deepEqual(hints, ["tasks"]);
    });
  });
}
