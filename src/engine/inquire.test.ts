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
import type { TaskView } from "../store/store.ts";
import { runClaim } from "./attempt.ts";
import { cancelTask } from "./cancel.ts";
import { runInquiry } from "./inquire.ts";
import { submitTask } from "./submit.ts";
import { takeUpstreamCallback } from "./upstream-callback.ts";

// A canceled task ends at once and stays as it ended; its attempt goes on until its provider has
// said what became of it, and what it cost.

const MODEL = "grok-imagine-image";
const GRANT = 1_000_000;
const ACCEPTED: SubmitOutcome = { kind: "accepted", operation: { id: "job-1" }, pollAfterMs: 0 };
const RESET = new Error("socket hang up");
const COST = { amount: "0.07", unit: "usd" } as const;
const DONE: Observation = {
  kind: "completed",
  production: { ...pictures("late.png"), cost: COST },
};
const PENDING: Observation = {
  ...{ kind: "pending", phase: "running", progress: 40, pollAfterMs: 1_000 },
};

interface Scene {
  readonly bench: EngineBench;
  readonly taskId: string;
  readonly provider: ScriptedProvider;
  /** Claims the tasks that are due and works on them, once. */
  work(): Promise<void>;
  cancel(): Promise<TaskView>;
  /** Claims the inquiries that are due and takes them a step, so many times. */
  inquire(times?: number): Promise<void>;
  /** What the operator is told of the only attempt. */
  book(): Promise<object>;
  /** The task and all that its owner is told of it must be as when it was canceled. */
  assertSame(ended: TaskView): Promise<void>;
}

async function setup(script: Script): Promise<Scene> {
  const provider = scriptedProvider("upstream", [MODEL], script);
  const bench = await openEngineBench({ providers: [provider] });
  const { context, projectId, clock } = bench;
  const { store } = context;
  const submitter = { projectId, keyId: "key", mode: "live" } as const;
  const { task } = await submitTask(context, submitter, {
    ...{ model: MODEL, input: { prompt: "a boat" }, idempotency: null, loopback: false },
    callbackUrl: "https://client.example.com/done",
  });
  const wish = () => ({ nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" });
  const view = async (): Promise<TaskView> => {
    const found = await store.tasks.find(projectId, task.id);
    assert.ok(found !== null);
    return found;
  };
  return {
    bench,
    taskId: task.id,
    provider,
    async work() {
      for (const due of await store.tasks.claimDue(wish())) await runClaim(context, due);
    },
    async cancel() {
      await cancelTask(context, projectId, task.id);
      const ended = await view();
      assert.deepEqual([ended.task.stage, ended.task.errorCode], ["failed", "canceled"]);
      assert.equal(await store.tasks.balance(projectId), GRANT);
      return ended;
    },
    async inquire(times = 1) {
      for (let step = 0; step < times; step += 1) {
        for (const due of await store.inquiries.claimDue(wish())) await runInquiry(context, due);
      }
    },
    async book() {
      const dossier = await store.views.dossier(projectId, task.id);
      const [attempt, ...more] = dossier?.attempts ?? [];
      assert.ok(attempt !== undefined && more.length === 0);
      const { state, billed, cost, endedAtMs } = attempt;
      return { state, billed, cost, isOver: endedAtMs !== null };
    },
    async assertSame(ended) {
      assert.deepEqual(await view(), ended);
      const sent = await store.deliveries.list({ projectId, taskId: task.id, limit: 9 });
      assert.equal(sent.length, 1, "announced once");
      assert.equal(await store.tasks.balance(projectId), GRANT, "and nothing is paid for it");
    },
  };
}

const asks = ({ calls }: ScriptedProvider, what: string): number =>
  calls.filter((call) => call.startsWith(what)).length;

describe("cancel while the provider is at work", () => {
  test("a late success is booked with its cost, and is all that comes of it", async () => {
    const script = { submits: [ACCEPTED], polls: [PENDING, DONE], cancels: ["too-late"] } as const;
    const scene = await setup(script);
    await using bench = scene.bench;
    await scene.work();
    const ended = await scene.cancel();
    assert.equal(asks(scene.provider, "cancel"), 0, "the owner did not wait for the provider");
    await scene.inquire();
    assert.deepEqual(await scene.book(), {
      ...{ state: "running", billed: null, cost: null, isOver: false },
    });
    await bench.clock.advance(60_000);
    await scene.inquire();
    assert.deepEqual(await scene.book(), {
      ...{ state: "succeeded", billed: "yes", cost: COST, isOver: true },
    });
    await scene.assertSame(ended);
    assert.equal(asks(scene.provider, "cancel"), 1, "what was answered is not asked again");
    await bench.clock.advance(86_400_000);
    await scene.inquire(2);
    assert.equal(asks(scene.provider, "poll"), 2, "what is known is not asked again");
  });

  test("a wish to stop that the provider did not hear is told again", async () => {
    const scene = await setup({ submits: [ACCEPTED], polls: [PENDING, { kind: "lost" }] });
    await using bench = scene.bench;
    await scene.work();
    let tells = 0;
    scene.provider.cancel = async () => {
      tells += 1;
      if (tells === 1) throw RESET;
      return "canceled";
    };
    const ended = await scene.cancel();
    await scene.inquire();
    await bench.clock.advance(60_000);
    await scene.inquire();
    assert.equal(tells, 2);
    assert.deepEqual(await scene.book(), {
      ...{ state: "canceled", billed: "unknown", cost: null, isOver: true },
    });
    await scene.assertSame(ended);
  });

  test("a provider that cannot stop is asked all the same, and its failure booked", async () => {
    const error = upstreamError({ billed: "yes", cost: { amount: "5", unit: "credits" } });
    const failed: Observation = { kind: "failed", error };
    const scene = await setup({ submits: [ACCEPTED], polls: [failed] });
    await using _bench = scene.bench;
    delete scene.provider.cancel;
    await scene.work();
    const ended = await scene.cancel();
    await scene.inquire();
    assert.deepEqual(await scene.book(), {
      ...{ state: "failed", billed: "yes", cost: error.cost, isOver: true },
    });
    await scene.assertSame(ended);
  });

  test("what cannot be learnt within the time is told to be unknown", async () => {
    const polls = Array.from({ length: 9 }, () => RESET);
    const scene = await setup({ submits: [ACCEPTED], polls, cancels: ["unsupported"] });
    await using bench = scene.bench;
    await scene.work();
    const ended = await scene.cancel();
    for (let hours = 0; hours < 8; hours += 1) {
      await scene.inquire();
      await bench.clock.advance(3 * 3_600_000);
    }
    await scene.inquire();
    assert.deepEqual(await scene.book(), {
      ...{ state: "unresolved", billed: "unknown", cost: null, isOver: true },
    });
    await scene.assertSame(ended);
  });

  test("a worker that dies between the cancel and the truth is followed by another", async () => {
    const scene = await setup({ submits: [ACCEPTED], polls: [DONE], cancels: ["canceled"] });
    await using bench = scene.bench;
    await scene.work();
    const ended = await scene.cancel();
    const { store } = bench.context;
    const dead = await store.inquiries.claimDue({
      ...{ nowMs: bench.clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" },
    });
    assert.equal(dead.length, 1);
    await scene.inquire();
    assert.equal(asks(scene.provider, "cancel"), 0, "its lease holds");
    await bench.clock.advance(30_001);
    await scene.inquire();
    assert.equal((await store.inquiries.nextDueMs()) ?? null, null);
    await scene.assertSame(ended);
  });
});

describe("cancel before the provider has answered the submit", () => {
  test("a worker in the middle of it goes on, and what it hears is not lost", async () => {
    const scene = await setup({ polls: [DONE], cancels: ["too-late"] });
    await using _bench = scene.bench;
    let ended: TaskView | null = null;
    scene.provider.submit = async () => {
      ended = await scene.cancel();
      return ACCEPTED;
    };
    await scene.work();
    await scene.inquire();
    assert.ok(scene.provider.calls.includes('cancel {"id":"job-1"}'));
    assert.deepEqual(await scene.book(), {
      ...{ state: "succeeded", billed: "yes", cost: COST, isOver: true },
    });
    await scene.assertSame(ended ?? assert.fail());
  });

  test("an answer that is the result itself is booked, never collected", async () => {
    const scene = await setup({});
    await using bench = scene.bench;
    const production = { ...pictures(await bench.stagePicture()), cost: COST };
    let ended: TaskView | null = null;
    scene.provider.submit = async () => {
      ended = await scene.cancel();
      return { kind: "completed", production };
    };
    await scene.work();
    assert.deepEqual(await scene.book(), {
      ...{ state: "succeeded", billed: "yes", cost: COST, isOver: true },
    });
    await scene.assertSame(ended ?? assert.fail());
  });

  test("a refusal says that nothing was bought", async () => {
    const scene = await setup({});
    await using _bench = scene.bench;
    scene.provider.submit = async () => {
      await scene.cancel();
      return { kind: "rejected", error: upstreamError({ billed: "no" }) };
    };
    await scene.work();
    assert.deepEqual(await scene.book(), {
      ...{ state: "rejected", billed: "no", cost: null, isOver: true },
    });
  });

  test("nothing is sent for a task that waits for its turn", async () => {
    const scene = await setup({});
    await using _bench = scene.bench;
    const ended = await scene.cancel();
    await scene.work();
    await scene.inquire();
    assert.deepEqual(scene.provider.calls, []);
    await scene.assertSame(ended);
  });
});

describe("cancel while nobody knows whether the provider has it", () => {
  test("the job is looked for, told to stop and asked about", async () => {
    const found = { kind: "found", operation: { id: "job-7" } } as const;
    const traits = { resubmit: "client-id" } as const;
    const stopped: Observation = { kind: "failed", error: upstreamError({ billed: "no" }) };
    const scene = await setup({
      ...{ traits, submits: [RESET], finds: [{ kind: "absent" }, found] },
      ...{ polls: [stopped], cancels: ["canceled"] },
    });
    await using bench = scene.bench;
    await scene.work();
    const ended = await scene.cancel();
    await scene.inquire();
    await bench.clock.advance(5_000);
    await scene.inquire(2);
    assert.deepEqual(await scene.book(), {
      ...{ state: "canceled", billed: "no", cost: null, isOver: true },
    });
    await scene.assertSame(ended);
  });

  test("the key is never sent again: it would buy what nobody wants", async () => {
    const scene = await setup({ traits: { resubmit: "idempotency-key" }, submits: [RESET] });
    await using bench = scene.bench;
    delete scene.provider.find;
    await scene.work();
    const ended = await scene.cancel();
    for (let step = 0; step < 4; step += 1) {
      await scene.inquire();
      await bench.clock.advance(60_000);
    }
    assert.equal(asks(scene.provider, "submit"), 1);
    assert.deepEqual(await scene.book(), {
      ...{ state: "unresolved", billed: "unknown", cost: null, isOver: true },
    });
    await scene.assertSame(ended);
  });

  test("a callback tells the lost job", async () => {
    const traits = { completion: ["poll", "callback"] as const };
    const scene = await setup({ traits, submits: [RESET], polls: [DONE], cancels: ["too-late"] });
    await using bench = scene.bench;
    delete scene.provider.find;
    await scene.work();
    const ended = await scene.cancel();
    await bench.clock.advance(600_000);
    await scene.inquire();
    const operation = { id: "job-9" };
    scene.provider.callback = async () => ({
      ...{ trust: "unsigned", operation, observation: null, reply: null },
    });
    const { store } = bench.context;
    const [attempt] = await store.tasks.attempts(bench.projectId, scene.taskId);
    const url = new URL("http://gateway/");
    const request = { headers: new Headers(), body: Buffer.alloc(0), url };
    await takeUpstreamCallback(bench.context, attempt?.id ?? "", request);
    await scene.inquire();
    assert.deepEqual(await scene.book(), {
      ...{ state: "succeeded", billed: "yes", cost: COST, isOver: true },
    });
    await scene.assertSame(ended);
  });
});

describe("a task at its hard limit", () => {
  test("is closed at once; its provider is told to stop and asked what it cost", async () => {
    const scene = await setup({ submits: [ACCEPTED], polls: [DONE], cancels: ["too-late"] });
    await using bench = scene.bench;
    await scene.work();
    await bench.clock.advance(86_400_000);
    await scene.work();
    const { store } = bench.context;
    const ended = await store.tasks.find(bench.projectId, scene.taskId);
    assert.equal(ended?.task.errorCode, "timeout");
    await scene.inquire();
    assert.deepEqual(await scene.book(), {
      ...{ state: "succeeded", billed: "yes", cost: COST, isOver: true },
    });
    await scene.assertSame(ended ?? assert.fail());
  });
});
