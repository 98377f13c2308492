import assert from "node:assert/strict";
import { test } from "node:test";
import { openEngineBench } from "../../test/support/engine.ts";
import { scriptedProvider } from "../../test/support/scripted-provider.ts";
import { submitTask } from "./submit.ts";

const MODEL = "gpt-4o-image";

test("a repeated submit finds its task when nothing serves its model now", async () => {
  await using bench = await openEngineBench({
    providers: [scriptedProvider("upstream", [MODEL], {})],
  });
  const { context, projectId } = bench;
  const submitter = { projectId, keyId: "key", mode: "live" } as const;
  const command = {
    model: MODEL,
    input: { prompt: "boats", size: "1:1" },
    callbackUrl: null,
    idempotency: { key: "order-17", fingerprint: "f" },
    loopback: false,
  };
  const { task } = await submitTask(context, submitter, command);
  const bare = {
    ...context,
    catalogue: { ...context.catalogue, find: () => null },
    registry: { ...context.registry, routes: () => [] },
  };
  const again = await submitTask(bare, submitter, command);
  assert.deepEqual([again.task.id, again.replayed], [task.id, true]);
  const other = { ...command, idempotency: { key: "order-17", fingerprint: "g" } };
  await assert.rejects(submitTask(bare, submitter, other), { code: "idempotency_mismatch" });
});

test("a test's repetition key never stands for a live one, nor the other way", async () => {
  // Test keys run on the engine of this name alone.
  await using bench = await openEngineBench({
    providers: [scriptedProvider("offline", [MODEL], {})],
  });
  const { context, projectId } = bench;
  const command = {
    model: MODEL,
    input: { prompt: "boats", size: "1:1" },
    callbackUrl: null,
    idempotency: { key: "order-77", fingerprint: "f" },
    loopback: false,
  };
  const submit = async (mode: "live" | "test") =>
    (await submitTask(context, { projectId, keyId: "key", mode }, command)).task;
  const live = await submit("live");
  const trial = await submit("test");
  assert.notEqual(trial.id, live.id);
  assert.deepEqual([live.mode, trial.mode], ["live", "test"]);
  assert.equal((await submit("live")).id, live.id);
  assert.equal((await submit("test")).id, trial.id);
});
