import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type EngineBench, openEngineBench } from "../../test/support/engine.ts";
import {
  pictures,
  type Script,
  type ScriptedProvider,
  scriptedProvider,
  upstreamError,
} from "../../test/support/scripted-provider.ts";
import type { Observation, SubmitOutcome } from "../core/outcome.ts";
import { UpstreamFailure } from "../providers/provider.ts";
import type { TaskView } from "../store/store.ts";
import { runClaim } from "./attempt.ts";
import { cancelTask } from "./cancel.ts";
import { submitTask } from "./submit.ts";
import { takeUpstreamCallback } from "./upstream-callback.ts";

const MODEL = "grok-imagine-image";
const ACCEPTED: SubmitOutcome = { kind: "accepted", operation: { id: "job-1" }, pollAfterMs: 0 };
const RESET = new Error("socket hang up");

interface Scene {
  readonly bench: EngineBench;
  readonly taskId: string;
  readonly provider: ScriptedProvider;
  /** Claims what is due and works on it, so many times. */
  steps(count: number): Promise<void>;
  view(): Promise<TaskView>;
}

async function setup(script: Script, more: readonly ScriptedProvider[] = []): Promise<Scene> {
  const provider = scriptedProvider("upstream", [MODEL, "gpt-4o-image"], script);
  const bench = await openEngineBench({ providers: [provider, ...more] });
  const taskId = await submit(bench, MODEL, { prompt: "a boat" });
  return {
    bench,
    taskId,
    provider,
    steps: (count) => runSteps(bench, count),
    view: () => find(bench, taskId),
  };
}

async function submit(bench: EngineBench, model: string, input: object): Promise<string> {
  const submitter = { projectId: bench.projectId, keyId: "key", mode: "live" } as const;
  const { task } = await submitTask(bench.context, submitter, {
    model,
    input: { ...input },
    callbackUrl: "https://client.example.com/done",
    idempotency: null,
    loopback: false,
  });
  return task.id;
}

async function runSteps({ context, clock }: EngineBench, count: number): Promise<void> {
  for (let step = 0; step < count; step += 1) {
    const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
    for (const due of await context.store.tasks.claimDue(claim)) await runClaim(context, due);
  }
}

async function find({ context, projectId }: EngineBench, taskId: string): Promise<TaskView> {
  const view = await context.store.tasks.find(projectId, taskId);
  assert.ok(view !== null);
  return view;
}

async function due({
  bench,
}: Scene): ReturnType<EngineBench["context"]["store"]["deliveries"]["claimDue"]> {
  const claim = { nowMs: bench.clock.nowMs(), leaseMs: 1_000, limit: 10 };
  return bench.context.store.deliveries.claimDue(claim);
}

describe("a task that goes well", () => {
  test("runClaim() finishes only with the bytes in our store, and announces it then", async () => {
    const scene = await setup({ submits: [ACCEPTED], polls: [] });
    await using bench = scene.bench;
    await scene.steps(1);
    assert.equal((await scene.view()).task.stage, "polling");
    assert.deepEqual(await due(scene), []);

    const name = await bench.stagePicture();
    const done: Observation = { kind: "completed", production: pictures(name) };
    scene.provider.poll = async () => done;
    await scene.steps(1);

    const { task, files } = await scene.view();
    assert.equal(task.stage, "finished");
    assert.equal(task.progress, 100);
    assert.equal(await bench.files.size(files[0]?.storageKey ?? ""), files[0]?.sizeBytes);
    const [delivery] = await due(scene);
    const body = JSON.parse(delivery?.body ?? "null");
    assert.deepEqual(Object.keys(body), [
      "task_id",
      "status",
      "files",
      "created_time",
      "error_message",
    ]);
    assert.match(body.files[0].file_url, /^https:\/\/gateway\.example\.com\/files\/file_/);
  });

  test("runClaim() takes a synchronous answer to the end under one claim", async () => {
    const scene = await setup({});
    await using bench = scene.bench;
    const production = pictures(await bench.stagePicture());
    scene.provider.submit = async () => ({ kind: "completed", production });
    await scene.steps(1);
    assert.equal((await scene.view()).task.stage, "finished");
  });

  test("runClaim() gives back the price of the pictures that are missing", async () => {
    const provider = scriptedProvider("upstream", ["gpt-4o-image"], {});
    await using bench = await openEngineBench({ providers: [provider] });
    const before = await bench.context.store.tasks.balance(bench.projectId);
    const taskId = await submit(bench, "gpt-4o-image", { prompt: "four boats", n: 4 });
    const production = pictures(await bench.stagePicture());
    provider.submit = async () => ({ kind: "completed", production });
    await runSteps(bench, 1);
    const { task } = await find(bench, taskId);
    const after = await bench.context.store.tasks.balance(bench.projectId);
    assert.equal(task.charged, Math.ceil(task.hold / 4));
    assert.equal(before - after, task.charged);
  });

  test("runClaim() asks the account that made the operation, with its own handle", async () => {
    const pending: Observation = {
      kind: "pending",
      phase: "running",
      progress: 40,
      pollAfterMs: 1_000,
      operation: { id: "job-1", step: 2 },
    };
    const scene = await setup({ submits: [ACCEPTED], polls: [pending, pending] });
    await using bench = scene.bench;
    await scene.steps(2);
    await bench.clock.advance(1_000);
    await scene.steps(1);
    const polls = scene.provider.calls.filter((call) => call.startsWith("poll"));
    assert.deepEqual(polls, ['poll {"id":"job-1"}', 'poll {"id":"job-1","step":2}']);
    assert.equal((await scene.view()).task.progress, 40);
  });
});

describe("a submit without an answer", () => {
  test("runClaim() has the intent on disk before the provider is called", async () => {
    const scene = await setup({});
    await using bench = scene.bench;
    let seen: unknown = null;
    scene.provider.submit = async () => {
      const attempts = await bench.context.store.tasks.attempts(bench.projectId, scene.taskId);
      seen = attempts.map(({ state }) => state);
      return ACCEPTED;
    };
    await scene.steps(1);
    assert.deepEqual(seen, ["submitting"]);
  });

  test("runClaim() never sends a blind submit twice, and ends it after the grace", async () => {
    const lost = { kind: "undecidable", detail: "no list" } as const;
    const scene = await setup({ submits: [RESET], finds: [lost, lost, lost] });
    await using bench = scene.bench;
    await scene.steps(1);
    assert.equal((await scene.view()).task.stage, "unknown");
    for (const delayMs of [5_000, 25_000, 90_000]) {
      await bench.clock.advance(delayMs);
      await scene.steps(1);
    }
    const { task } = await scene.view();
    assert.equal(task.errorCode, "unknown_outcome");
    assert.equal(scene.provider.calls.filter((call) => call === "submit").length, 1);
    assert.equal(await bench.context.store.tasks.balance(bench.projectId), 1_000_000);
  });

  test("runClaim() treats a worker's death after the intent as unanswered", async () => {
    const found = { kind: "found", operation: { id: "job-7" } } as const;
    const scene = await setup({ traits: { resubmit: "reconcile" }, finds: [found] });
    await using bench = scene.bench;
    scene.provider.submit = () => new Promise(() => {});
    const claim = { nowMs: bench.clock.nowMs(), leaseMs: 30_000, limit: 1, node: "node" };
    const [first] = await bench.context.store.tasks.claimDue(claim);
    assert.ok(first !== undefined);
    void runClaim(bench.context, first);
    while ((await scene.view()).task.stage !== "submitting") await new Promise(setImmediate);

    // The worker is gone: nobody keeps its lease, and the next one finds what it left.
    await bench.context.store.tasks.extendLease({
      taskId: scene.taskId,
      fence: first.fence,
      nowMs: bench.clock.nowMs(),
      leaseMs: 0,
    });
    await scene.steps(1);
    assert.equal((await scene.view()).task.stage, "unknown");
    await bench.clock.advance(5_000);
    await scene.steps(1);
    assert.equal((await scene.view()).task.stage, "polling");
  });

  test("runClaim() sends the same attempt again where the upstream keeps our key", async () => {
    const scene = await setup({
      traits: { resubmit: "idempotency-key" },
      submits: [RESET, ACCEPTED],
    });
    await using bench = scene.bench;
    await scene.steps(1);
    await bench.clock.advance(60_000);
    await scene.steps(1);
    const attempts = await bench.context.store.tasks.attempts(bench.projectId, scene.taskId);
    assert.deepEqual(
      attempts.map(({ number, state }) => [number, state]),
      [[1, "running"]],
    );
  });

  test("runClaim() buys again only after a look-up proved the job absent", async () => {
    const absent = { kind: "absent" } as const;
    const scene = await setup({
      traits: { resubmit: "client-id" },
      submits: [RESET, ACCEPTED],
      finds: [absent, absent, absent],
    });
    await using bench = scene.bench;
    await scene.steps(1);
    for (const delayMs of [5_000, 25_000, 90_000, 1]) {
      await bench.clock.advance(delayMs);
      await scene.steps(1);
    }
    const attempts = await bench.context.store.tasks.attempts(bench.projectId, scene.taskId);
    assert.deepEqual(
      attempts.map(({ state }) => state),
      ["unresolved", "running"],
    );
  });
});

describe("an upstream's callback", () => {
  const request = {
    headers: new Headers(),
    body: Buffer.alloc(0),
    url: new URL("http://gateway/"),
  };

  test("takeUpstreamCallback() names the job of a submit whose answer was lost", async () => {
    const pending: Observation = {
      kind: "pending",
      phase: "running",
      progress: null,
      pollAfterMs: 1_000,
    };
    const scene = await setup({ submits: [RESET], polls: [pending] });
    await using bench = scene.bench;
    await scene.steps(1);
    const operation = { id: "job-9" };
    scene.provider.callback = async () => ({
      trust: "unsigned",
      operation,
      observation: null,
      reply: null,
    });
    const [attempt] = await bench.context.store.tasks.attempts(bench.projectId, scene.taskId);
    const reply = await takeUpstreamCallback(bench.context, attempt?.id ?? "", request);
    assert.deepEqual(reply, { status: 200, body: "" });
    await scene.steps(1);
    assert.equal((await scene.view()).task.stage, "polling");
    assert.ok(scene.provider.calls.includes('poll {"id":"job-9"}'));
  });

  test("takeUpstreamCallback() ends nothing and changes nothing after the end", async () => {
    const scene = await setup({ submits: [ACCEPTED] });
    await using bench = scene.bench;
    await scene.steps(1);
    const { store } = bench.context;
    const [attempt] = await store.tasks.attempts(bench.projectId, scene.taskId);
    await takeUpstreamCallback(bench.context, attempt?.id ?? "", request);
    assert.equal((await scene.view()).task.stage, "polling");
    await cancelTask(bench.context, bench.projectId, scene.taskId);
    const ended = await scene.view();
    await takeUpstreamCallback(bench.context, attempt?.id ?? "", request);
    await scene.steps(1);
    assert.deepEqual(await scene.view(), ended);
    assert.equal(await takeUpstreamCallback(bench.context, "att_unknown", request), null);
  });
});

describe("refusals and failures", () => {
  test("runClaim() takes the next route when the first refuses the task", async () => {
    const gone = upstreamError({ code: "model_unavailable", retry: "other-route" });
    const second = scriptedProvider("second", [MODEL], { submits: [ACCEPTED] });
    const scene = await setup({ submits: [new UpstreamFailure(gone)] }, [second]);
    await using _bench = scene.bench;
    await scene.steps(2);
    assert.deepEqual(second.calls, ["submit"]);
    assert.equal((await scene.view()).task.stage, "polling");
  });

  test("runClaim() never shops a refusal of content around", async () => {
    const refused = upstreamError({ code: "content_policy", stage: "input" });
    const second = scriptedProvider("second", [MODEL], {});
    const scene = await setup({ submits: [{ kind: "rejected", error: refused }] }, [second]);
    await using _bench = scene.bench;
    await scene.steps(2);
    assert.equal((await scene.view()).task.errorCode, "content_policy");
    assert.deepEqual(second.calls, []);
  });

  test("runClaim() keeps a task going while its provider cannot be asked", async () => {
    const scene = await setup({ submits: [ACCEPTED], polls: [RESET, RESET, RESET] });
    await using bench = scene.bench;
    await scene.steps(2);
    for (let poll = 0; poll < 2; poll += 1) {
      await bench.clock.advance(60_000);
      await scene.steps(1);
    }
    assert.equal((await scene.view()).task.stage, "polling");
  });

  test("runClaim() declines an input that the provider cannot do, without an attempt", async () => {
    const error = upstreamError({ code: "unsupported_parameter", message: "No square films" });
    const scene = await setup({ prepare: { kind: "refused", error } });
    await using bench = scene.bench;
    await scene.steps(1);
    const { task } = await scene.view();
    assert.deepEqual(
      [task.errorCode, task.errorMessage],
      ["unsupported_parameter", "No square films"],
    );
    assert.deepEqual(await bench.context.store.tasks.attempts(bench.projectId, scene.taskId), []);
  });

  test("runClaim() never finishes a task with bytes that are no picture", async () => {
    const scene = await setup({});
    await using bench = scene.bench;
    const { name } = await bench.staging.reserve("png");
    scene.provider.submit = async () => ({ kind: "completed", production: pictures(name) });
    await scene.steps(1);
    assert.equal((await scene.view()).task.stage, "collecting");
    assert.deepEqual(await due(scene), []);
  });

  test("runClaim() closes a task at its hard limit and gives the hold back", async () => {
    const scene = await setup({ submits: [ACCEPTED] });
    await using bench = scene.bench;
    await scene.steps(1);
    await bench.clock.advance(86_400_000);
    await scene.steps(1);
    assert.equal((await scene.view()).task.errorCode, "timeout");
    assert.equal(await bench.context.store.tasks.balance(bench.projectId), 1_000_000);
  });
});

describe("a disk that is nearly full", () => {
  test("runClaim() buys nothing until there is room for the result", async () => {
    const scene = await setup({ submits: [ACCEPTED] });
    await using bench = scene.bench;
    let hasRoom = false;
    const wayOut = { ...bench.context.wayOut, hasRoom: async () => hasRoom };
    const tight = { ...bench, context: { ...bench.context, wayOut } };
    await runSteps(tight, 2);
    assert.deepEqual(scene.provider.calls, []);
    assert.equal((await scene.view()).task.stage, "queued");
    hasRoom = true;
    await bench.clock.advance(60_000);
    await runSteps(tight, 1);
    assert.equal((await scene.view()).task.stage, "polling");
  });
});
