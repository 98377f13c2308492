import assert from "node:assert/strict";
import { test } from "node:test";
import { openEngineBench } from "../../test/support/engine.ts";
import { pictures, scriptedProvider } from "../../test/support/scripted-provider.ts";
import { present } from "../lib/assert.ts";
import { attemptData } from "../wire/task-attempt.ts";
import { runClaim } from "./attempt.ts";
import { submitTask } from "./submit.ts";

const MODEL = "grok-imagine-image";
const NOTE = "quality has no equivalent and is left out";

test("a task tells what its provider leaves out of what was asked for", async () => {
  const provider = scriptedProvider("upstream", [MODEL], {
    prepare: { kind: "ready", prepared: { prompt: "x" }, notes: [NOTE] },
  });
  await using bench = await openEngineBench({ providers: [provider] });
  const { context, projectId, clock } = bench;
  const production = pictures(await bench.stagePicture());
  provider.submit = async () => ({ kind: "completed", production });
  const submitter = { projectId, keyId: "key", mode: "live" } as const;
  const wish = { model: MODEL, input: { prompt: "a boat" }, callbackUrl: null };
  await submitTask(context, submitter, { ...wish, idempotency: null, loopback: false });
  const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
  for (const due of await context.store.tasks.claimDue(claim)) await runClaim(context, due);
  const marker = present(provider.requests[0], "request").marker;
  const { attempt } = present(await context.store.tasks.attempt(marker), "attempt");
  const times = { acceptedAtMs: null, producedAtMs: null, billed: null, cost: null };
  for (const isOperator of [true, false]) {
    assert.deepEqual(attemptData({ ...attempt, ...times }, isOperator).notes, [NOTE]);
  }
});
