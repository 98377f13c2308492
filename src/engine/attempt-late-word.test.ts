import assert from "node:assert/strict";
import { test } from "node:test";
import { type EngineBench, openEngineBench } from "../../test/support/engine.ts";
import { type ScriptedProvider, scriptedProvider } from "../../test/support/scripted-provider.ts";
import type { SubmitOutcome } from "../core/outcome.ts";
import type { ProviderTraits } from "../core/traits.ts";
import { present } from "../lib/assert.ts";
import { runClaim } from "./attempt.ts";
import { cancelTask } from "./cancel.ts";
import { runInquiry } from "./inquire.ts";
import { submitTask } from "./submit.ts";
import { takeUpstreamCallback } from "./upstream-callback.ts";

const MODEL = "grok-imagine-image";
const JOB = { id: "job-1" };
const ACCEPTED: SubmitOutcome = { kind: "accepted", operation: JOB, pollAfterMs: 0 };
const POLL = `poll ${JSON.stringify(JOB)}`;

interface Scene {
  readonly bench: EngineBench;
  readonly taskId: string;
  readonly provider: ScriptedProvider;
}

async function setup(
  traits: Partial<ProviderTraits>,
  submits: readonly (SubmitOutcome | Error)[] = [],
): Promise<Scene> {
  const provider = scriptedProvider("upstream", [MODEL], { traits, submits });
  const told = { trust: "unsigned", operation: JOB, observation: null, reply: null } as const;
  provider.callback = async () => told;
  const bench = await openEngineBench({ providers: [provider] });
  const submitter = { projectId: bench.projectId, keyId: "key", mode: "live" } as const;
  const wish = { model: MODEL, input: { prompt: "a boat" }, callbackUrl: null, loopback: false };
  const { task } = await submitTask(bench.context, submitter, { ...wish, idempotency: null });
  return { bench, taskId: task.id, provider };
}

/** Claims what is due after a time and works on it. */
async function step({ bench }: Scene, afterMs = 0): Promise<void> {
  const { context, clock } = bench;
  await clock.advance(afterMs);
  const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
  for (const due of await context.store.tasks.claimDue(claim)) await runClaim(context, due);
  for (const due of await context.store.inquiries.claimDue(claim)) await runInquiry(context, due);
}

/** From now on a look-up says that there is no job, and a callback comes before it is answered. */
async function tellDuringFind({ bench, taskId, provider }: Scene): Promise<void> {
  const { store } = bench.context;
  const [attempt] = await store.tasks.attempts(bench.projectId, taskId);
  const url = new URL("http://gateway/");
  const request = { headers: new Headers(), body: Buffer.alloc(0), url };
  provider.find = async () => {
    await takeUpstreamCallback(bench.context, present(attempt, "attempt").id, request);
    return { kind: "absent" };
  };
}

test("a callback is heard while its job is looked for, and nothing is bought again", async () => {
  const scene = await setup({ resubmit: "client-id" }, [new Error("socket hang up"), ACCEPTED]);
  await using _ = scene.bench;
  await step(scene);
  await tellDuringFind(scene);
  await step(scene, 120_000);
  await step(scene, 30_000);
  const { calls } = scene.provider;
  assert.equal(calls.filter((call) => call === "submit").length, 1);
  assert.ok(calls.includes(POLL), calls.join());
});

test("a callback that names no job cuts no grace short in which one may name it", async () => {
  const traits = { completion: ["poll", "callback"], graceMs: 60_000 } as const;
  const scene = await setup(traits);
  await using bench = scene.bench;
  const { provider, taskId } = scene;
  const named = present(provider.callback, "callback");
  const unnamed = { trust: "unsigned", operation: null, observation: null, reply: null } as const;
  const call = async () => {
    const [attempt] = await bench.context.store.tasks.attempts(bench.projectId, taskId);
    const url = new URL("http://gateway/");
    const request = { headers: new Headers(), body: Buffer.alloc(0), url };
    await takeUpstreamCallback(bench.context, present(attempt, "attempt").id, request);
  };
  // Some ask first whether anybody is there, while the submit itself still hangs.
  provider.callback = async () => unnamed;
  provider.submit = async () => {
    await call();
    await bench.clock.advance(60_000);
    throw new Error("No answer in time");
  };
  await step(scene);
  await step(scene, 1_000);
  await call();
  await step(scene, 1_000);
  provider.callback = named;
  await call();
  await step(scene, 1_000);
  assert.deepEqual(provider.calls, [POLL]);
});

test("the same of a task that was canceled: its job is asked about", async () => {
  const scene = await setup({ resubmit: "client-id" }, [new Error("socket hang up")]);
  await using bench = scene.bench;
  await step(scene);
  await tellDuringFind(scene);
  await cancelTask(bench.context, bench.projectId, scene.taskId);
  await step(scene, 120_000);
  await step(scene, 30_000);
  assert.ok(scene.provider.calls.includes(POLL), scene.provider.calls.join());
});

test("a job is kept that was told to a worker whose lease had passed on", async () => {
  const scene = await setup({});
  await using bench = scene.bench;
  const { tasks } = bench.context.store;
  scene.provider.submit = async () => {
    const lease = { taskId: scene.taskId, fence: 1, nowMs: bench.clock.nowMs(), leaseMs: 0 };
    assert.equal(await tasks.extendLease(lease), true);
    await step(scene);
    return ACCEPTED;
  };
  await step(scene);
  await step(scene);
  const view = present(await tasks.find(bench.projectId, scene.taskId), "task");
  assert.equal(view.task.stage, "polling");
  assert.ok(scene.provider.calls.includes(POLL), scene.provider.calls.join());
});

test("a worker that was frozen while it brought its files sends nothing any more", async () => {
  const scene = await setup({});
  await using bench = scene.bench;
  const { store, wayOut } = bench.context;
  let sent = 0;
  const context = {
    ...bench.context,
    wayOut: {
      ...wayOut,
      request: (...given: Parameters<typeof wayOut.request>) => {
        sent += 1;
        return wayOut.request(...given);
      },
    },
    // Its heartbeats are frozen, too.
    store: { ...store, tasks: { ...store.tasks, extendLease: () => new Promise<never>(() => {}) } },
  };
  const refusal = Promise.withResolvers<unknown>();
  scene.provider.submit = async (_, inside) => {
    await bench.clock.advance(26_000);
    const exchange = { method: "POST", url: "jobs", timeoutMs: 1_000, bytesMax: 1_000 } as const;
    await inside.request(exchange).catch(refusal.resolve);
    refusal.resolve(null);
    return ACCEPTED;
  };
  const claim = { nowMs: bench.clock.nowMs(), leaseMs: 30_000, limit: 1, node: "node" };
  const [due] = await store.tasks.claimDue(claim);
  void runClaim(context, present(due, "claim"));
  assert.match(String(await refusal.promise), /lease/);
  assert.equal(sent, 0);
});
