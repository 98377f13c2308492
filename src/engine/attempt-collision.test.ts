import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type EngineBench, openEngineBench } from "../../test/support/engine.ts";
import {
  pictures,
  type Script,
  type ScriptedProvider,
  scriptedProvider,
} from "../../test/support/scripted-provider.ts";
import type { Observation, SubmitOutcome } from "../core/outcome.ts";
import type { Task } from "../core/task.ts";
import { runClaim } from "./attempt.ts";
import { submitTask } from "./submit.ts";

const MODEL = "grok-imagine-image";

interface Scene {
  readonly bench: EngineBench;
  readonly provider: ScriptedProvider;
  /** Accepts a task and works on it until it has been submitted. */
  submit(): Promise<string>;
  /** Lets time pass, then claims what is due and works on it. */
  later(ms: number): Promise<void>;
  task(taskId: string): Promise<Task>;
}

async function setup(script: Script): Promise<Scene> {
  const provider = scriptedProvider("upstream", [MODEL], script);
  const bench = await openEngineBench({ providers: [provider] });
  const { context, clock, projectId } = bench;
  const later = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
    for (const due of await context.store.tasks.claimDue(claim)) await runClaim(context, due);
  };
  return {
    bench,
    provider,
    later,
    async submit() {
      const { task } = await submitTask(
        context,
        { projectId, keyId: "key", mode: "live" },
        { model: MODEL, input: { prompt: "a boat" }, callbackUrl: null, ...REST },
      );
      await later(0);
      return task.id;
    },
    async task(taskId) {
      const view = await context.store.tasks.find(projectId, taskId);
      assert.ok(view !== null);
      return view.task;
    },
  };
}

const REST = { idempotency: null, loopback: false };

function accepted(id: string): SubmitOutcome {
  return { kind: "accepted", operation: { id }, pollAfterMs: 600_000 };
}

async function doneAs(bench: EngineBench): Promise<Observation> {
  return { kind: "completed", production: pictures(await bench.stagePicture()) };
}

describe("an upstream that gives one job to two submits", () => {
  test("runClaim() believes neither where nothing can be asked, and buys nothing", async () => {
    const submits = ["job-1", "job-1", "job-2", "job-2"].map(accepted);
    const scene = await setup({ submits });
    await using bench = scene.bench;
    const tasks: string[] = [];
    for (const _ of submits) tasks.push(await scene.submit());
    const done = await doneAs(bench);
    scene.provider.poll = async () => done;
    scene.provider.find = async () => ({ kind: "undecidable", detail: "no list" });
    for (let round = 0; round < 3; round += 1) await scene.later(300_000);
    for (const taskId of tasks) {
      const { stage, errorCode } = await scene.task(taskId);
      assert.deepEqual([stage, errorCode], ["failed", "unknown_outcome"]);
    }
    assert.equal(scene.provider.calls.filter((call) => call === "submit").length, 4);
  });

  test("runClaim() knows the job by its id, whatever else is noted with it", async () => {
    const told = (media: string): SubmitOutcome => ({
      kind: "accepted",
      operation: { id: "job-1", media },
      pollAfterMs: 600_000,
    });
    const scene = await setup({ submits: [told("image"), told("video")] });
    await using _bench = scene.bench;
    await scene.submit();
    assert.equal((await scene.task(await scene.submit())).stage, "unknown");
  });

  test("runClaim() never gives the result of a task that has ended to a later one", async () => {
    const scene = await setup({ submits: [accepted("job-1"), accepted("job-1")] });
    await using bench = scene.bench;
    const done = await doneAs(bench);
    scene.provider.poll = async () => done;
    scene.provider.find = async () => ({ kind: "undecidable", detail: "no list" });
    const first = await scene.submit();
    await scene.later(600_000);
    const second = await scene.submit();
    await scene.later(600_000);
    assert.equal((await scene.task(first)).stage, "finished");
    assert.equal((await scene.task(second)).errorCode, "unknown_outcome");
  });

  test("runClaim() does not finish by an operation that was contested meanwhile", async () => {
    const scene = await setup({ submits: [accepted("job-1"), accepted("job-1")] });
    await using bench = scene.bench;
    const first = await scene.submit();
    const done = await doneAs(bench);
    scene.provider.poll = async () => {
      await scene.submit();
      return done;
    };
    await scene.later(600_000);
    assert.equal((await scene.task(first)).stage, "collecting");
    await scene.later(60_000);
    assert.equal((await scene.task(first)).stage, "unknown");
  });

  test("runClaim() gives each its own where the same key tells it", async () => {
    const scene = await setup({ traits: { resubmit: "idempotency-key" } });
    await using bench = scene.bench;
    // The one that is told the job first is not the one whose it is.
    const answers = new Map<number, readonly string[]>([
      [1, ["job-2", "job-1"]],
      [2, ["job-2", "job-2"]],
    ]);
    const asked = new Map<number, number>();
    const markers: string[] = [];
    scene.provider.prepare = ({ marker }) => {
      markers.push(marker);
      return { kind: "ready", prepared: markers.length, notes: [] };
    };
    scene.provider.submit = async (prepared) => {
      const count = asked.get(Number(prepared)) ?? 0;
      asked.set(Number(prepared), count + 1);
      return accepted(answers.get(Number(prepared))?.[count] ?? "");
    };
    const tasks = [await scene.submit(), await scene.submit()];
    await scene.later(0);
    for (const taskId of tasks) assert.equal((await scene.task(taskId)).stage, "unknown");
    await scene.later(60_000);
    const { store } = bench.context;
    const operations = tasks.map(async (taskId) => {
      assert.equal((await scene.task(taskId)).stage, "polling");
      return (await store.tasks.attempts(bench.projectId, taskId))[0]?.operation;
    });
    assert.deepEqual(await Promise.all(operations), [{ id: "job-1" }, { id: "job-2" }]);
  });

  test("runClaim() does not take a look-up's word for another task's job", async () => {
    const scene = await setup({
      traits: { resubmit: "reconcile" },
      submits: [accepted("job-1"), new Error("socket hang up")],
      finds: [
        { kind: "found", operation: { id: "job-1" } },
        { kind: "found", operation: { id: "job-2" } },
      ],
    });
    await using _bench = scene.bench;
    await scene.submit();
    const second = await scene.submit();
    await scene.later(5_000);
    assert.equal((await scene.task(second)).stage, "unknown");
    await scene.later(25_000);
    assert.equal((await scene.task(second)).stage, "polling");
  });
});
