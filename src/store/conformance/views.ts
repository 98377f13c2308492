import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TaskFilter } from "../view-store.ts";
import { type OpenStore, setUp } from "./fixture.ts";

/** What lists for people promise. */
export function describeViews(name: string, open: OpenStore): void {
  describe(`${name}: views.tasks(), views.counts()`, () => {
    test("tasks() reads both ways, each task once", async (t) => {
      const f = await setUp(t, open);
      const made: string[] = [];
      for (let index = 0; index < 12; index += 1) {
        made.unshift((await f.accept({ createdAtMs: f.nowMs + Math.floor(index / 3) })).id);
      }
      const { projectId } = f;
      const page = async (place: object) => f.store.views.tasks({ projectId, limit: 5, ...place });
      const idsOf = (lines: Awaited<ReturnType<typeof page>>) => lines.map(({ task }) => task.id);
      const first = await page({});
      assert.deepEqual(idsOf(first), made.slice(0, 5));
      const second = await page({ before: first[4]?.task });
      assert.deepEqual(idsOf(second), made.slice(5, 10));
      const back = await page({ after: second[0]?.task });
      assert.deepEqual(idsOf(back), made.slice(0, 5), "those next to it, newest first");
      assert.deepEqual(idsOf(await page({ after: first[0]?.task })), []);
      assert.deepEqual(await f.store.views.tasks({ projectId: "proj_other", limit: 5 }), []);
    });

    test("tasks() narrows by all that a filter can name", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin({ model: "sora-2", mode: "test", keyId: "key_2" });
      await f.store.tasks.recordStep(f.step(claim, { started: true, dueAtMs: f.nowMs + 60_000 }));
      const begun = claim.task.id;
      const quiet = await f.accept({
        input: { prompt: "A 100% Blue_Fox" },
        createdAtMs: f.nowMs + 5,
      });
      const mark = { projectId: f.projectId, taskId: quiet.id, starredAtMs: f.nowMs };
      assert.equal(await f.store.views.star(mark), true);
      const cases: readonly (readonly [Partial<TaskFilter>, readonly string[]])[] = [
        [{ isStarred: true }, [quiet.id]],
        [{ ids: [begun, "none"] }, [begun]],
        [{ statuses: ["running"] }, [begun]],
        [{ statuses: ["not_started"] }, [quiet.id]],
        [{ statuses: ["failed", "finished"] }, []],
        [{ statuses: ["not_started", "running"] }, [quiet.id, begun]],
        [{ models: ["sora-2", "none"] }, [begun]],
        [{ keys: ["key_2"] }, [begun]],
        [{ providers: ["xai"] }, [begun]],
        [{ providers: ["kling"] }, []],
        [{ mode: "live" }, [quiet.id]],
        [{ fromMs: f.nowMs + 5 }, [quiet.id]],
        [{ toMs: f.nowMs + 5 }, [begun]],
        [{ search: "blue_fox" }, [quiet.id]],
        [{ search: "100%" }, [quiet.id]],
        [{ search: "bluexfox" }, []],
        [{ search: "%" }, [quiet.id]],
        [{ search: begun.slice(-6) }, [begun]],
        [{ search: "n" }, [quiet.id, begun]],
        [{ search: "'; DROP TABLE task; --" }, []],
        [{ models: ["sora-2"], mode: "live" }, []],
      ];
      for (const [filter, expected] of cases) {
        const query = { projectId: f.projectId, ...filter };
        const lines = await f.store.views.tasks({ ...query, limit: 10 });
        assert.deepEqual(
          lines.map(({ task }) => task.id),
          expected,
          JSON.stringify(filter),
        );
        const counts = await f.store.views.counts(query);
        const total = counts.reduce((sum, { count }) => sum + count, 0);
        assert.equal(total, expected.length, JSON.stringify(filter));
      }
    });

    test("tasks() gives the start of any prompt, and the files of what has finished", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const file = f.file(claim.task.id, 0);
      await f.store.tasks.settle(f.finish(claim, { files: [file] }));
      const prompts = ["\u0000", "\ud800", "日本語の狐", "x".repeat(5_000), '<b>"&\\u0041'];
      for (const [index, prompt] of prompts.entries()) {
        await f.accept({ input: { prompt }, createdAtMs: f.nowMs + 1 + index });
      }
      await f.accept({ input: { duration: 5 }, createdAtMs: f.nowMs + 9 });
      const lines = await f.store.views.tasks({ projectId: f.projectId, limit: 20 });
      const shown = lines.map(({ prompt }) => prompt);
      assert.deepEqual(
        [shown[0], shown[1], shown[2], shown[3], shown[6]],
        ["", '<b>"&\\u0041', "x".repeat(200), "日本語の狐", "a fox"],
      );
      assert.deepEqual(lines[6]?.files, [{ ...file, colour: null }]);
      assert.equal(lines.length, 7);
    });

    test("star() marks a task of its project, and takes the mark away", async (t) => {
      const f = await setUp(t, open);
      const { id: taskId } = await f.accept();
      const { projectId, nowMs } = f;
      const star = (starredAtMs: number | null, change = {}) =>
        f.store.views.star({ projectId, taskId, starredAtMs, ...change });
      const isStarred = async () => {
        const [line] = await f.store.views.tasks({ projectId, limit: 1 });
        const dossier = await f.store.views.dossier(projectId, taskId);
        assert.equal(line?.isStarred, dossier?.isStarred);
        return line?.isStarred;
      };
      assert.equal(await isStarred(), false);
      assert.equal(await star(nowMs, { projectId: "other" }), false);
      assert.equal(await star(nowMs, { taskId: "none" }), false);
      assert.equal(await isStarred(), false);
      assert.equal(await star(nowMs), true);
      assert.equal(await isStarred(), true);
      assert.equal(await star(null), true);
      assert.equal(await isStarred(), false);
    });

    test("dossier() gives all that happened to a task, to its project alone", async (t) => {
      const f = await setUp(t, open);
      const { claim, attemptId } = await f.begin({ callbackUrl: "https://hooks.example/cb" });
      const { id } = claim.task;
      const at = async (ms: number, state: "running" | "produced", keepLease: boolean) =>
        f.store.tasks.recordStep(
          f.step(claim, { nowMs: f.nowMs + ms, keepLease, attempt: { id: attemptId, state } }),
        );
      for (const ms of [10, 20]) await at(ms, "running", true);
      for (const ms of [30, 40]) await at(ms, "produced", true);
      const attempt = { id: attemptId, state: "failed", billed: "unknown", ended: true } as const;
      await f.store.tasks.settle({ ...f.fail(claim), attempt });
      const dossier = await f.store.views.dossier(f.projectId, id);
      assert.ok(dossier);
      const [only] = dossier.attempts;
      assert.deepEqual(
        [only?.acceptedAtMs, only?.producedAtMs, only?.billed],
        [f.nowMs + 10, f.nowMs + 30, "unknown"],
      );
      assert.deepEqual(
        dossier.ledger.map(({ kind, amount }) => [kind, amount]),
        [
          ["hold", 8_480],
          ["release", 8_480],
        ],
      );
      assert.equal(dossier.deliveries[0]?.url, "https://hooks.example/cb");
      assert.equal(dossier.task.stage, "failed");
      assert.equal(await f.store.views.dossier("proj_other", id), null);
      assert.equal(await f.store.views.dossier(f.projectId, "task-unified-0-none"), null);
    });

    test("files.keep() lengthens lives, within a whole life, and shortens none", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const { id: taskId } = claim.task;
      const day = 86_400_000;
      const files = [0, 1].map((position) => f.file(taskId, position));
      await f.store.tasks.settle(f.finish(claim, { files }));
      const wish = { projectId: f.projectId, taskId, nowMs: f.nowMs, lifeMaxMs: 10 * day };
      const keep = (days: number, change = {}) =>
        f.store.files.keep({ ...wish, untilMs: f.nowMs + days * day, ...change });
      const kept = (days: number) => {
        return { kind: "kept", files: 2, expiresAtMs: f.nowMs + days * day };
      };
      assert.deepEqual(await keep(3), kept(3));
      assert.deepEqual(await keep(2), kept(3));
      assert.deepEqual(await keep(99), kept(10));
      const view = await f.store.tasks.find(f.projectId, taskId);
      assert.equal(view?.task.expiresAtMs, f.nowMs + 10 * day);
      assert.deepEqual(await keep(5, { projectId: "proj_other" }), { kind: "absent" });
      const late = await keep(30, { nowMs: f.nowMs + 10 * day });
      assert.deepEqual(late, { kind: "none", wasFinished: true });
    });

    test("providerKeys keeps one key of an account, and the audit log each change", async (t) => {
      const f = await setUp(t, open);
      const { providerKeys: keys } = f.store;
      const who = { projectId: f.projectId, actor: "key_1", nowMs: f.nowMs };
      const key = {
        provider: "xai",
        account: "a",
        baseUrl: "https://api",
        sealed: "s",
        last4: "l",
      };
      assert.equal(await keys.add({ ...who, ...key, id: "pky_1", auditId: "aud_1" }), true);
      assert.equal(await keys.add({ ...who, ...key, id: "pky_2", auditId: "aud_2" }), false);
      assert.deepEqual(await keys.list(), [{ ...key, id: "pky_1", createdAtMs: f.nowMs }]);
      assert.equal(await keys.remove({ ...who, id: "pky_2", auditId: "aud_3" }), false);
      assert.equal(await keys.remove({ ...who, id: "pky_1", auditId: "aud_4" }), true);
      assert.deepEqual(await keys.list(), []);
      const entries = await f.store.audit.list({ projectId: f.projectId, limit: 9 });
      const told = entries.map(({ action, subject }) => `${action} ${subject}`);
      assert.deepEqual(told.filter((each) => each.startsWith("provider")).toSorted(), [
        ...["provider_key.create xai/a", "provider_key.delete xai/a"],
      ]);
    });

    test("files.end() ends the files of a task, which the audit log keeps", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const { id: taskId } = claim.task;
      await f.store.tasks.settle(f.finish(claim));
      const who = { projectId: f.projectId, actor: "key_1", nowMs: f.nowMs + 5, taskId };
      const end = (auditId: string, change = {}) =>
        f.store.files.end({ ...who, auditId, ...change });
      assert.equal(await end("aud_1", { projectId: "proj_other" }), null);
      const hints: string[] = [];
      f.store.onHint((hint) => hints.push(hint));
      const [ended] = (await end("aud_2")) ?? [];
      assert.equal(ended?.expiresAtMs, f.nowMs + 5);
      assert.deepEqual(hints, ["files"]);
      await f.store.files.markDeleted([ended?.id ?? ""], f.nowMs + 6);
      assert.deepEqual(await end("aud_3"), []);
      const [entry, ...more] = await f.store.audit.list({ projectId: f.projectId, limit: 5 });
      assert.deepEqual([entry?.action, entry?.subject], ["files.delete", taskId]);
      assert.equal(more.filter(({ action }) => action === "files.delete").length, 0);
    });

    test("counts() tells what is alike, with the names of keys", async (t) => {
      const f = await setUp(t, open);
      const key = { id: "key_1", projectId: f.projectId, name: "render", mode: "live" } as const;
      const shown = { digest: "d", prefix: "p", last4: "l", createdAtMs: f.nowMs };
      await f.store.keys.create({ ...key, ...shown });
      const { claim } = await f.begin();
      await f.store.tasks.settle(f.fail(claim));
      await f.accept();
      await f.accept();
      const counts = await f.store.views.counts({ projectId: f.projectId });
      const same = { model: "grok-imagine", keyId: "key_1", keyName: "render", mode: "live" };
      assert.deepEqual(
        counts.toSorted((one, other) => one.count - other.count),
        [
          { ...same, stage: "failed", hasStarted: false, isCanceled: false, count: 1, credits: 0 },
          {
            ...same,
            ...{ stage: "queued", hasStarted: false, isCanceled: false },
            ...{ count: 2, credits: 16_960 },
          },
        ],
      );
    });
  });
}
