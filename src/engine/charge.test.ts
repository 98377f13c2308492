import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type EngineBench, openEngineBench } from "../../test/support/engine.ts";
import { pictures, scriptedProvider } from "../../test/support/scripted-provider.ts";
import { GatewayError } from "../core/error.ts";
import type { JsonObject } from "../lib/json.ts";
import type { Provider } from "../providers/provider.ts";
import { runClaim } from "./attempt.ts";
import { submitTask } from "./submit.ts";

const MODEL = "gpt-4o-image";

/** Submits, or gives the code with which it was refused. */
async function submit(bench: EngineBench, model: string, input: JsonObject): Promise<string> {
  const submitter = { projectId: bench.projectId, keyId: "key", mode: "live" } as const;
  const command = { model, input, callbackUrl: null, idempotency: null, loopback: false };
  return await submitTask(bench.context, submitter, command).then(
    ({ task }) => task.id,
    (error: unknown) => (error instanceof GatewayError ? error.code : assert.fail(String(error))),
  );
}

async function runDue({ context, clock }: EngineBench): Promise<void> {
  const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
  for (const due of await context.store.tasks.claimDue(claim)) await runClaim(context, due);
}

for (const made of [1, 2, 3]) {
  test(`a task of 3 pictures that gave ${made} pays for ${made}`, async () => {
    const staged: string[] = [];
    const provider: Provider = {
      ...scriptedProvider("upstream", [MODEL], {}),
      submit: async () => ({ kind: "completed", production: pictures(...staged) }),
    };
    await using bench = await openEngineBench({ providers: [provider] });
    for (let count = 0; count < made; count += 1) staged.push(await bench.stagePicture());
    const { tasks } = bench.context.store;
    const before = await tasks.balance(bench.projectId);
    const taskId = await submit(bench, MODEL, { prompt: "boats", size: "1:1", n: 3 });
    const held = before - (await tasks.balance(bench.projectId));
    assert.ok(held > 0);
    for (let step = 0; step < 3; step += 1) await runDue(bench);
    const view = await tasks.find(bench.projectId, taskId);
    assert.equal(view?.task.stage, "finished");
    assert.equal(view.files.length, made);
    assert.equal(view.task.charged, (held * made) / 3);
    assert.equal(await tasks.balance(bench.projectId), before - (held * made) / 3);
  });
}

/** Submits of every kind: good ones, dear ones, and ones that are refused for some reason. */
const WISHES: readonly (readonly [string, JsonObject])[] = [
  [MODEL, { prompt: "boats", size: "1:1" }],
  [MODEL, { prompt: "boats", size: "1:1", n: 3 }],
  [MODEL, { prompt: "boats", size: "7:1" }],
  [MODEL, { size: "1:1" }],
  ["sora-2-pro", { prompt: "waves", duration: 25 }],
  ["sora-2-pro", { prompt: "waves", duration: 26 }],
  ["gpt-5", { prompt: "hello" }],
  ["extend-music", { default_param_flag: false, audio_id: "none", prompt: "on", mv: "V5" }],
];

test("a refused submit leaves no hold, whatever came before it", async () => {
  const grant = 150_000;
  const provider = scriptedProvider("upstream", [MODEL, "sora-2-pro", "extend-music"], {});
  await using bench = await openEngineBench({ providers: [provider], grant });
  const { tasks } = bench.context.store;
  const chosen = fc.array(fc.constantFrom(...WISHES), { minLength: 1, maxLength: 12 });
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(chosen, async (wishes) => {
      for (const [model, input] of wishes) {
        const before = await tasks.balance(bench.projectId);
        const outcome = await submit(bench, model, input);
        const after = await tasks.balance(bench.projectId);
        assert.ok(after >= 0);
        if (outcome.startsWith("task-")) continue;
        seen.add(outcome);
        assert.equal(after, before, `${model}: ${outcome}`);
      }
      const open = await tasks.list({ projectId: bench.projectId, limit: 1_000 });
      const held = open.reduce((sum, { hold }) => sum + hold, 0);
      assert.equal(await tasks.balance(bench.projectId), grant - held);
    }),
    { numRuns: 25 },
  );
  assert.deepEqual([...seen].toSorted(), ["insufficient_credits", "invalid_request", "not_found"]);
});
