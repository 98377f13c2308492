import assert from "node:assert/strict";
import { test } from "node:test";
import { type EngineBench, openEngineBench } from "../../test/support/engine.ts";
import { pictures, scriptedProvider } from "../../test/support/scripted-provider.ts";
import type { SubmitOutcome } from "../core/outcome.ts";
import type { ProviderTraits } from "../core/traits.ts";
import type { Provider } from "../providers/provider.ts";
import { startScheduler } from "./scheduler.ts";
import { submitTask } from "./submit.ts";

const MODEL = "grok-imagine-image";
const BLIND = { completion: ["immediate"], resubmit: "blind" } as const;

/** A provider whose one call stays open until the test ends it. */
function slowProvider(traits: Partial<ProviderTraits>) {
  const called = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<SubmitOutcome>();
  const provider: Provider = {
    ...scriptedProvider("slow", [MODEL], { traits }),
    submit() {
      called.resolve();
      return answer.promise;
    },
  };
  return { provider, called: called.promise, answer: answer.resolve };
}

async function submit({ context, projectId }: EngineBench): Promise<string> {
  const submitter = { projectId, keyId: "key", mode: "live" } as const;
  const command = { model: MODEL, input: { prompt: "a boat" }, callbackUrl: null };
  const rest = { idempotency: null, loopback: false };
  return (await submitTask(context, submitter, { ...command, ...rest })).task.id;
}

test("stop() waits for a paid call whose result could never be asked for again", async () => {
  const { provider, called, answer } = slowProvider(BLIND);
  await using bench = await openEngineBench({ providers: [provider] });
  const id = await submit(bench);
  const scheduler = startScheduler(bench.context);
  await called;
  let hasStopped = false;
  const stopping = scheduler.stop(5_000).then(() => {
    hasStopped = true;
  });
  await bench.clock.sleepers(2);
  await bench.clock.advance(5_000);
  await bench.clock.sleepers(2);
  assert.equal(hasStopped, false);
  answer({ kind: "completed", production: pictures(await bench.stagePicture()) });
  await stopping;
  const view = await bench.context.store.tasks.find(bench.projectId, id);
  assert.equal(view?.task.stage, "finished");
});

test("stop() leaves alone what can be asked for after the next start", async () => {
  const { provider, called, answer } = slowProvider({ completion: ["poll"], resubmit: "blind" });
  await using bench = await openEngineBench({ providers: [provider] });
  await submit(bench);
  const scheduler = startScheduler(bench.context);
  await called;
  const stopping = scheduler.stop(5_000);
  await bench.clock.sleepers(2);
  await bench.clock.advance(5_000);
  await stopping;
  answer({ kind: "accepted", operation: { id: "1" }, pollAfterMs: 0 });
});
