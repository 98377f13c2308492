import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, test } from "node:test";
import { type EngineBench, openEngineBench, PIXEL } from "../../test/support/engine.ts";
import type { HandClock } from "../../test/support/hand-clock.ts";
import { pictures, scriptedProvider } from "../../test/support/scripted-provider.ts";
import { GatewayError } from "../core/error.ts";
import type { Production } from "../core/outcome.ts";
import type { Task } from "../core/task.ts";
import { present } from "../lib/assert.ts";
import type { Claim, TaskView } from "../store/store.ts";
import { runClaim } from "./attempt.ts";
import type { EngineContext } from "./context.ts";
import { startScheduler } from "./scheduler.ts";
import { submitTask } from "./submit.ts";

const MODEL = "grok-imagine-image";

/** A database that takes nothing from a worker as long as it is away. */
function withOutages(context: EngineContext, isAway: () => boolean): EngineContext {
  const { tasks } = context.store;
  const orAway = <Result>(call: () => Promise<Result>): Promise<Result> =>
    isAway() ? Promise.reject(new GatewayError("unavailable", "Try later")) : call();
  return {
    ...context,
    store: {
      ...context.store,
      tasks: {
        ...tasks,
        recordStep: (step) => orAway(() => tasks.recordStep(step)),
        settle: (settlement) => orAway(() => tasks.settle(settlement)),
        extendLease: (lease) => orAway(() => tasks.extendLease(lease)),
        adopt: (adoption) => orAway(() => tasks.adopt(adoption)),
      },
    },
  };
}

async function orderBoat({ context, projectId }: EngineBench): Promise<Task> {
  const submitter = { projectId, keyId: "key", mode: "live" } as const;
  const wish = { model: MODEL, input: { prompt: "a boat" }, callbackUrl: null } as const;
  const { task } = await submitTask(context, submitter, {
    ...wish,
    idempotency: null,
    loopback: false,
  });
  return task;
}

test("runClaim() keeps a job that was bought while the database is away", async () => {
  const provider = scriptedProvider("upstream", [MODEL], {
    submits: [{ kind: "accepted", operation: { id: "job-1" }, pollAfterMs: 0 }],
  });
  await using bench = await openEngineBench({ providers: [provider] });
  const { clock, projectId } = bench;
  const { tasks } = bench.context.store;
  const task = await orderBoat(bench);
  let isAway = false;
  const context = withOutages(bench.context, () => isAway);
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

for (const outageMs of [1_000, 45_000]) {
  test(`runClaim() keeps a result in hand through an outage of ${outageMs} ms`, async () => {
    const provider = scriptedProvider("upstream", [MODEL], {});
    await using bench = await openEngineBench({ providers: [provider] });
    const { clock, projectId } = bench;
    const { tasks } = bench.context.store;
    const task = await orderBoat(bench);
    let isAway = false;
    const context = withOutages(bench.context, () => isAway);
    const production = pictures(await bench.stagePicture());
    provider.submit = async (_, { signal }) => {
      isAway = true;
      for (let waited = 0; waited < outageMs; waited += 1_000) await clock.advance(1_000);
      assert.equal(signal.aborted, false, "what is paid for is waited for");
      return { kind: "completed", production };
    };
    const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
    const [due] = await tasks.claimDue(claim);
    const run = runClaim(context, present(due, "claim"));
    let isOver = false;
    void run.then(() => {
      isOver = true;
    });
    for (let round = 0; round < 100 && !isOver; round += 1) {
      if (round === 50) isAway = false;
      await clock.advance(500);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await run;
    await clock.advance(30_000);
    const later = { ...claim, nowMs: clock.nowMs() };
    for (const again of await tasks.claimDue(later)) await runClaim(context, again);
    const view = present(await tasks.find(projectId, task.id), task.id);
    assert.equal(view.task.stage, "finished", view.task.errorCode ?? "");
  });
}

type Reply = "picture" | "silent" | "disk full";

interface Copying extends AsyncDisposable {
  readonly bench: EngineBench;
  readonly taskId: string;
  /** Where the database is away as long as it is said to be. */
  readonly context: EngineContext;
  /** How often each link was opened. */
  readonly opened: readonly number[];
  /** How often something was written, or could not be. */
  readonly writes: () => number;
  readonly submits: () => number;
  comeBack(): void;
  claim(): Promise<Claim>;
}

/** A task whose result has a link for each reply; the database goes with the last of them. */
async function startCopying(...replies: readonly Reply[]): Promise<Copying> {
  const provider = scriptedProvider("upstream", [MODEL], {
    submits: [{ kind: "accepted", operation: { id: "job-1" }, pollAfterMs: 0 }],
  });
  const bench = await openEngineBench({ providers: [provider] });
  const production: Production = {
    ...pictures(...replies.map(String)),
    artifacts: replies.map((_, ref) => ({ source: { kind: "upstream", ref }, media: "image" })),
  };
  provider.poll = async () => ({ kind: "completed", production });
  let isAway = false;
  let writes = 0;
  const opened = replies.map(() => 0);
  provider.open = async (ref) => {
    const file = Number(ref);
    opened[file] = (opened[file] ?? 0) + 1;
    const isFirst = opened[file] === 1;
    if (isFirst && file === replies.length - 1) isAway = true;
    if (isFirst && replies[file] === "silent") throw new Error("socket hang up");
    const isFull = isFirst && replies[file] === "disk full";
    return { body: Readable.from(isFull ? full() : [PIXEL]), sizeBytes: null };
  };
  const { id } = await orderBoat(bench);
  const { clock } = bench;
  const away = withOutages(bench.context, () => {
    writes += 1;
    return isAway;
  });
  const claim = async (): Promise<Claim> => {
    const ask = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 1, node: "node" };
    return present((await bench.context.store.tasks.claimDue(ask))[0], "claim");
  };
  await runClaim(away, await claim());
  await clock.advance(2_000);
  return {
    ...{ bench, taskId: id, context: away, opened, claim },
    writes: () => writes,
    submits: () => provider.calls.filter((call) => call === "submit").length,
    comeBack() {
      isAway = false;
    },
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  };
}

async function* full(): AsyncIterable<Uint8Array> {
  yield PIXEL;
  throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
}

/** Lets a step wait for so long, or less if it ends before. */
async function letWait(run: Promise<unknown>, clock: HandClock, forMs: number): Promise<void> {
  const ended = run.then(
    () => true,
    () => true,
  );
  for (let waitedMs = 0; waitedMs < forMs; waitedMs += 500) {
    // The heartbeat, and the wait for the next try.
    const waits = clock.sleepers(2).then(() => false);
    if (await Promise.race([ended, waits])) return;
    await clock.advance(500);
  }
}

async function lookAt({ bench, taskId }: Copying): Promise<TaskView> {
  return present(await bench.context.store.tasks.find(bench.projectId, taskId), taskId);
}

async function runDue({ bench, claim, context }: Copying): Promise<void> {
  const { clock } = bench;
  const dueMs = present(await bench.context.store.tasks.nextDueMs(), "due");
  await clock.advance(Math.max(1, dueMs - clock.nowMs()));
  await runClaim(context, await claim());
}

describe("a database that is away when the copies are done", () => {
  test("runClaim() finishes with them when it is back within the lease", async () => {
    await using scene = await startCopying("picture", "picture");
    const run = runClaim(scene.context, await scene.claim());
    await letWait(run, scene.bench.clock, 15_000);
    assert.equal((await lookAt(scene)).task.stage, "collecting", "nothing is told before it is so");
    scene.comeBack();
    await letWait(run, scene.bench.clock, 1_000);
    await run;
    const { task, files } = await lookAt(scene);
    assert.deepEqual([task.stage, files.length], ["finished", 2]);
    assert.deepEqual([scene.opened, scene.submits()], [[1, 1], 1]);
  });

  test("runClaim() notes those that arrived beside one that did not", async () => {
    for (const missing of ["silent", "disk full"] as const) {
      await using scene = await startCopying("picture", missing);
      const run = runClaim(scene.context, await scene.claim()).catch(isFullDisk);
      await letWait(run, scene.bench.clock, 5_000);
      scene.comeBack();
      await letWait(run, scene.bench.clock, 1_000);
      await run;
      await runDue(scene);
      const { task, files } = await lookAt(scene);
      assert.deepEqual([task.stage, files.length], ["finished", 2], missing);
      assert.deepEqual([scene.opened, scene.submits()], [[1, 2], 1], missing);
    }
  });

  test("runClaim() lets go when its lease is over, and the task goes on later", async () => {
    await using scene = await startCopying("picture");
    const run = runClaim(scene.context, await scene.claim());
    const startMs = scene.bench.clock.monotonicMs();
    const gone = assert.rejects(run, { code: "unavailable" });
    await letWait(run, scene.bench.clock, 60_000);
    await gone;
    const tookMs = scene.bench.clock.monotonicMs() - startMs;
    assert.ok(tookMs > 20_000 && tookMs <= 30_000, `${tookMs} ms`);
    scene.comeBack();
    await runDue(scene);
    assert.equal((await lookAt(scene)).task.stage, "finished");
    assert.equal(scene.submits(), 1);
  });

  test("runClaim() writes nothing when another has taken the task meanwhile", async () => {
    await using scene = await startCopying("picture");
    const { bench } = scene;
    const run = runClaim(scene.context, await scene.claim());
    await letWait(run, bench.clock, 2_000);
    const ask = { nowMs: bench.clock.nowMs() + 60_000, leaseMs: 30_000, limit: 1, node: "other" };
    const [taken] = await bench.context.store.tasks.claimDue(ask);
    scene.comeBack();
    await letWait(run, bench.clock, 1_000);
    await run;
    assert.equal((await lookAt(scene)).task.stage, "collecting");
    await runClaim(bench.context, present(taken, "the other's claim"));
    assert.equal((await lookAt(scene)).task.stage, "finished");
  });

  test("runClaim() tries once more and no longer when the gateway is stopping", async () => {
    await using scene = await startCopying("picture");
    const ending = new AbortController();
    const run = runClaim(scene.context, await scene.claim(), { stopping: ending.signal });
    const gone = assert.rejects(run, { code: "unavailable" });
    await letWait(run, scene.bench.clock, 2_000);
    await Promise.race([gone, scene.bench.clock.sleepers(2)]);
    const before = scene.writes();
    ending.abort();
    await gone;
    assert.equal(scene.writes(), before + 1);
  });

  test("stop() does not wait for it", async () => {
    await using scene = await startCopying("picture");
    const scheduler = startScheduler(scene.context);
    // The scheduler's own pause, the heartbeat, and the wait for the next try.
    await scene.bench.clock.sleepers(3);
    await scheduler.stop(5_000);
    assert.equal((await lookAt(scene)).task.stage, "collecting");
  });
});

function isFullDisk(error: unknown): void {
  assert.ok(error instanceof Error && "code" in error && error.code === "ENOSPC", String(error));
}
