import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Task } from "../../core/task.ts";
import type { UsageQuery } from "../view-store.ts";
import { type Fixture, type OpenStore, setUp } from "./fixture.ts";

const DAY_MS = 86_400_000;

/** What sums over ended tasks and the list of the ledger promise. */
export function describeUsage(name: string, open: OpenStore): void {
  describe(`${name}: views.usage(), views.ledger()`, () => {
    test("usage() sums what ended, by every dimension, with times", async (t) => {
      const f = await setUp(t, open);
      const startMs = (Math.floor(f.nowMs / DAY_MS) - 2) * DAY_MS;
      for (let took = 1; took <= 20; took += 1)
        await finish(f, { endMs: startMs, tookMs: took * 1_000 });
      await finish(f, {
        ...{ endMs: startMs + DAY_MS, tookMs: 500, model: "sora-2", keyId: null },
      });
      await fail(f, startMs + DAY_MS, "generation_failed");
      await fail(f, startMs + DAY_MS, "canceled");
      await f.accept();
      const day = Math.floor(startMs / DAY_MS);
      const ask = (by: UsageQuery["by"], change: Partial<UsageQuery> = {}) => {
        const span = { endedFromMs: startMs, endedToMs: startMs + 2 * DAY_MS };
        return f.store.views.usage({ projectId: f.projectId, ...span, by, ...change });
      };
      const rows = (await ask(["day"])).toSorted((one, other) => (one.day ?? 0) - (other.day ?? 0));
      const none = { model: null, keyId: null, keyName: null, provider: null };
      assert.deepEqual(rows, [
        {
          ...{ ...none, day, tasks: 20, finished: 20, canceled: 0, failed: 0 },
          ...{ credits: 20 * 8_480, p50Ms: 10_000, p95Ms: 19_000 },
        },
        {
          ...{ ...none, day: day + 1, tasks: 3, finished: 1, canceled: 1, failed: 1 },
          ...{ credits: 8_480, p50Ms: 500, p95Ms: 500 },
        },
      ]);
      const [total, ...more] = await ask([]);
      assert.deepEqual([total?.tasks, total?.p50Ms, more.length], [23, 10_000, 0]);
      const byKey = await ask(["key", "model"]);
      const told = byKey.map(({ keyId, model, tasks }) => `${keyId} ${model} ${tasks}`);
      assert.deepEqual(told.toSorted(), [" sora-2 1", "key_1 grok-imagine 22"]);
      const [xai] = await ask(["provider"], { providers: ["xai"] });
      assert.deepEqual([xai?.provider, xai?.tasks], ["xai", 23]);
      assert.deepEqual(await ask(["day"], { providers: ["kling"] }), []);
      assert.equal((await ask(["model"], { models: ["sora-2"] })).length, 1);
      assert.deepEqual(await ask(["day"], { projectId: "proj_other" }), []);
    });

    test("system() tells what waits and what is held; pace() how long writes took", async (t) => {
      const f = await setUp(t, open);
      await finish(f, { endMs: f.nowMs, tookMs: 10, callbackUrl: "https://hooks.example/cb" });
      await f.accept();
      const sums = await f.store.views.system(f.nowMs + DAY_MS + 1);
      assert.deepEqual(sums.stages, [{ stage: "queued", tasks: 1 }]);
      assert.ok(sums.taskDueMs !== null && Math.abs(sums.taskDueMs - f.nowMs) < 60_000);
      assert.deepEqual(
        [sums.deliveriesWaiting, sums.filesKept, sums.fileBytes, sums.filesEnding],
        [1, 1, 1_234, 1],
      );
      assert.equal((await f.store.views.system(f.nowMs)).filesEnding, 0);
      const { count, p50Ms, p99Ms } = f.store.pace();
      assert.ok(count >= 4 && p50Ms !== null && p99Ms !== null && p50Ms <= p99Ms);
    });

    test("ledger() lists every movement once, newest first", async (t) => {
      const f = await setUp(t, open);
      await finish(f, { endMs: f.nowMs, tookMs: 10 });
      await f.accept();
      const seen: string[] = [];
      let before: { readonly createdAtMs: number; readonly id: string } | undefined;
      for (let page = 0; page < 10; page += 1) {
        const query = { projectId: f.projectId, limit: 2, ...(before && { before }) };
        const entries = await f.store.views.ledger(query);
        seen.push(...entries.map(({ kind }) => kind));
        before = entries.at(-1);
        if (before === undefined) break;
      }
      assert.deepEqual(seen.toSorted(), ["grant", "hold", "hold", "settle"]);
      const { projectId } = f;
      const holds = await f.store.views.ledger({ projectId, limit: 9, kind: "hold" });
      assert.deepEqual(
        holds.map(({ amount }) => amount),
        [8_480, 8_480],
      );
      assert.deepEqual(await f.store.views.ledger({ projectId: "proj_other", limit: 9 }), []);
    });
  });
}

async function finish(
  f: Fixture,
  { endMs, tookMs, ...change }: Partial<Task> & { readonly endMs: number; readonly tookMs: number },
): Promise<void> {
  const { claim } = await f.begin({ createdAtMs: endMs - tookMs, ...change });
  await f.store.tasks.settle({ ...f.finish(claim), nowMs: endMs });
}

async function fail(
  f: Fixture,
  endMs: number,
  errorCode: "generation_failed" | "canceled",
): Promise<void> {
  const { claim } = await f.begin({ createdAtMs: endMs - 5 });
  const end = { kind: "failed", errorCode, errorMessage: "no" } as const;
  await f.store.tasks.settle({ ...f.fail(claim), nowMs: endMs, end });
}
