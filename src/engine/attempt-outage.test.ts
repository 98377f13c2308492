import assert from "node:assert/strict";
import { test } from "node:test";
import { openEngineBench } from "../../test/support/engine.ts";
import { pictures, scriptedProvider } from "../../test/support/scripted-provider.ts";
import { present } from "../lib/assert.ts";
import { runClaim } from "./attempt.ts";
import type { EngineContext } from "./context.ts";
import { submitTask } from "./submit.ts";

const MODEL = "grok-imagine-image";

test("runClaim() keeps a job that was bought while the database is away", async () => {
  const provider = scriptedProvider("upstream", [MODEL], {
    submits: [{ kind: "accepted", operation: { id: "job-1" }, pollAfterMs: 0 }],
  });
  await using bench = await openEngineBench({ providers: [provider] });
  const { clock, projectId } = bench;
  const { tasks } = bench.context.store;
  let isAway = false;
  const orAway = <Result>(call: () => Promise<Result>): Promise<Result> =>
    isAway ? Promise.reject(new Error("connection refused")) : call();
  const context: EngineContext = {
    ...bench.context,
    store: {
      ...bench.context.store,
      tasks: {
        ...tasks,
        recordStep: (step) => orAway(() => tasks.recordStep(step)),
        extendLease: (lease) => orAway(() => tasks.extendLease(lease)),
        adopt: (adoption) => orAway(() => tasks.adopt(adoption)),
      },
    },
  };
  const submitter = { projectId, keyId: "key", mode: "live" } as const;
  const wish = { model: MODEL, input: { prompt: "a boat" }, callbackUrl: null };
  const { task } = await submitTask(context, submitter, {
    ...wish,
    idempotency: null,
    loopback: false,
  });
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
