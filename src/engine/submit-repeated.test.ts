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
