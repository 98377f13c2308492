import assert from "node:assert/strict";
import { test } from "node:test";
import { type EngineBench, openEngineBench } from "../../test/support/engine.ts";
import { pictures, scriptedProvider } from "../../test/support/scripted-provider.ts";
import { GatewayError } from "../core/error.ts";
import type { Task } from "../core/task.ts";
import { present } from "../lib/assert.ts";
import { runClaim } from "./attempt.ts";
import type { EngineContext } from "./context.ts";
import { submitTask } from "./submit.ts";

const MODEL = "grok-imagine-image";

/** A database that takes nothing from a worker as long as it is away. */
function withOutages(context: EngineContext, isAway: () => boolean): EngineContext {
  const { tasks } = context.store;
  const orAway = <Result>(call: () => Promise<Result>): Promise<Result> =>
    isAway() ? Promise.reject(new GatewayError("unavailable", "Try later")) : call();
  return {
    ...context,
    store: {
      ...context.store,
      tasks: {
        ...tasks,
        recordStep: (step) => orAway(() => tasks.recordStep(step)),
        extendLease: (lease) => orAway(() => tasks.extendLease(lease)),
        adopt: (adoption) => orAway(() => tasks.adopt(adoption)),
      },
    },
  };
}

async function orderBoat({ context, projectId }: EngineBench): Promise<Task> {
  const submitter = { projectId, keyId: "key", mode: "live" } as const;
  const wish = { model: MODEL, input: { prompt: "a boat" }, callbackUrl: null } as const;
  const { task } = await submitTask(context, submitter, {
    ...wish,
    idempotency: null,
    loopback: false,
  });
  return task;
}

test("runClaim() keeps a job that was bought while the database is away", async () => {
  const provider = scriptedProvider("upstream", [MODEL], {
    submits: [{ kind: "accepted", operation: { id: "job-1" }, pollAfterMs: 0 }],
  });
  await using bench = await openEngineBench({ providers: [provider] });
  const { clock, projectId } = bench;
  const { tasks } = bench.context.store;
  const task = await orderBoat(bench);
  let isAway = false;
  const context = withOutages(bench.context, () => isAway);
  const work = async (): Promise<void> => {
    const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
    for (const due of await tasks.claimDue(claim)) await runClaim(context, due);
  };
  const done = { kind: "completed", production: pictures(await bench.stagePicture()) } as const;
  provider.poll = async () => done;
  const submit = provider.submit.bind(provider);
  provider.submit = async (prepared, inside) => {
    isAway = true;
    return submit(prepared, inside);
  };

  await assert.rejects(work());
  await clock.advance(20_000);
  isAway = false;
  for (let round = 0; round < 6; round += 1) {
    await clock.advance(10_000);
    await work();
  }
  const view = present(await tasks.find(projectId, task.id), task.id);
  assert.equal(view.task.stage, "finished", view.task.errorCode ?? "");
  assert.equal(provider.calls.filter((call) => call === "submit").length, 1);
});

for (const outageMs of [1_000, 45_000]) {
  test(`runClaim() keeps a result in hand through an outage of ${outageMs} ms`, async () => {
    const provider = scriptedProvider("upstream", [MODEL], {});
    await using bench = await openEngineBench({ providers: [provider] });
    const { clock, projectId } = bench;
    const { tasks } = bench.context.store;
    const task = await orderBoat(bench);
    let isAway = false;
    const context = withOutages(bench.context, () => isAway);
    const production = pictures(await bench.stagePicture());
    provider.submit = async (_, { signal }) => {
      isAway = true;
      for (let waited = 0; waited < outageMs; waited += 1_000) await clock.advance(1_000);
      assert.equal(signal.aborted, false, "what is paid for is waited for");
      return { kind: "completed", production };
    };
    const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
    const [due] = await tasks.claimDue(claim);
    const run = runClaim(context, present(due, "claim"));
    let isOver = false;
    void run.then(() => {
      isOver = true;
    });
    for (let round = 0; round < 100 && !isOver; round += 1) {
      if (round === 50) isAway = false;
      await clock.advance(500);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await run;
    await clock.advance(30_000);
    const later = { ...claim, nowMs: clock.nowMs() };
    for (const again of await tasks.claimDue(later)) await runClaim(context, again);
    const view = present(await tasks.find(projectId, task.id), task.id);
    assert.equal(view.task.stage, "finished", view.task.errorCode ?? "");
  });
}
