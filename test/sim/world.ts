import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Task } from "../../src/core/task.ts";
import { runClaim } from "../../src/engine/attempt.ts";
import { cancelTask } from "../../src/engine/cancel.ts";
import type { EngineContext } from "../../src/engine/context.ts";
import { runInquiry } from "../../src/engine/inquire.ts";
import { pruneRows, removeExpired } from "../../src/engine/pruner.ts";
import { submitTask } from "../../src/engine/submit.ts";
import { takeUpstreamCallback } from "../../src/engine/upstream-callback.ts";
import { createWayOut } from "../../src/engine/way-out.ts";
import { createIngest } from "../../src/files/ingest.ts";
import type { TaskView } from "../../src/store/store.ts";
import { type EngineBench, openEngineBench } from "../support/engine.ts";
import type { HandClock } from "../support/hand-clock.ts";
import { type Gate, gated, makeGate } from "./gate.ts";
import { MODELS, makeUpstream, type Resubmit, type Upstream } from "./upstream.ts";

/** The engine on a real database and real files, its time and all its calls in our hands. */
export interface World extends AsyncDisposable {
  readonly bench: EngineBench;
  readonly gate: Gate;
  readonly upstream: Upstream;
  /** Submits once under a key that is the prompt; gives the task's id or throws. */
  submit(prompt: string, resubmit: Resubmit): Promise<string>;
  /** Claims what is due and goes one round; a failure leaves it to its lease, as ever. */
  work(): Promise<void>;
  /**
   * Is frozen at its `at`-th call for longer than its lease, while another process goes on: for
   * 90 s with a call still to be made, for longer than any grace after one.
   */
  workFrozen(at: number, side: "before" | "after"): Promise<void>;
  /** Hands over an upstream's callback about a prompt's job, when there is one. */
  callBack(prompt: string): Promise<void>;
  /** Cancels a task; gives it as it then stands, or `null` when the call broke off. */
  cancel(taskId: string): Promise<Task | null>;
  /** Removes files whose life has ended and rows whose time is over. */
  prune(): Promise<void>;
  /** Delivers what is due, once. */
  deliver(): Promise<void>;
  /** Looks past the gate. */
  view(taskId: string): Promise<TaskView>;
  /** Goes on until nothing is left to do, as time goes by. */
  settle(taskId: string): Promise<Task>;
  /** All that must hold of a task that has ended. */
  check(prompt: string, taskId: string): Promise<void>;
}

const LEASE_MS = 30_000;
const ROUNDS_MAX = 60;

/** Opens a world. */
export async function openWorld(): Promise<World> {
  const gate = makeGate();
  const upstream = makeUpstream(gate, () => bench.clock.nowMs());
  const bench = await openEngineBench({
    providers: upstream.providers,
    // One project pays for all the lives of a test.
    settings: { enforceCredits: false },
    isQuick: true,
  });
  const context = gateContext(bench, gate);
  const { clock, projectId } = bench;
  const submitter = { projectId, keyId: "key", mode: "live" } as const;
  const claim = () => ({ nowMs: clock.nowMs(), leaseMs: LEASE_MS, limit: 16, node: "node" });
  const world: World = {
    bench,
    gate,
    upstream,
    async submit(prompt, resubmit) {
      const { task } = await submitTask(context, submitter, {
        model: MODELS[resubmit],
        input: { prompt },
        callbackUrl: "https://client.example.com/done",
        idempotency: { key: prompt, fingerprint: prompt },
        loopback: false,
      });
      return task.id;
    },
    async work() {
      const { tasks, inquiries } = context.store;
      const due = await tasks.claimDue(claim()).catch(() => []);
      for (const task of due) await runClaim(context, task).catch(() => undefined);
      // As the product does: nothing is claimed where nothing is due.
      if ((await bench.context.store.inquiries.nextDueMs()) === null) return;
      const open = await inquiries.claimDue(claim()).catch(() => []);
      for (const inquiry of open) await runInquiry(context, inquiry).catch(() => undefined);
    },
    async workFrozen(at, side) {
      const freeze = gate.freeze(at, side);
      const rounds = side === "before" ? 3 : 7;
      const own = world.work();
      await Promise.race([own, freeze.met]);
      for (let round = 0; round < rounds; round += 1) {
        await clock.advance(LEASE_MS + 1);
        await gate.elsewhere(() => world.work());
      }
      freeze.thaw();
      await own;
    },
    async callBack(prompt) {
      const marker = upstream.jobOf(prompt);
      if (marker === null) return;
      const request = { headers: new Headers(), body: Buffer.from(marker), url: CALLBACK_URL };
      await takeUpstreamCallback(context, marker, request).catch(() => undefined);
    },
    cancel: (taskId) => cancelTask(context, projectId, taskId).catch(() => null),
    async prune() {
      const { store } = bench.context;
      await removeExpired({ ...bench.context, files: bench.files });
      await pruneRows({ store, clock, keepInputMs: 86_400_000 });
    },
    deliver: () => deliverOnce(context, bench),
    async view(taskId) {
      const view = await bench.context.store.tasks.find(projectId, taskId);
      assert.ok(view, "an accepted task is there");
      return view;
    },
    async settle(taskId) {
      for (let round = 0; round < ROUNDS_MAX; round += 1) {
        await world.work();
        await world.deliver();
        const { task } = await world.view(taskId);
        const waits = await waiting(bench, taskId);
        if (task.finishedAtMs !== null && !waits) {
          await closeInquiry(world);
          return task;
        }
        await clock.advance(LEASE_MS);
      }
      return assert.fail(`Task ${taskId} did not come to rest`);
    },
    check: (prompt, taskId) => checkEnd(world, { prompt, taskId }),
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  };
  return world;
}

const INQUIRY_STEPS_MS = [30_000, 120_000, 600_000, 3_600_000, 43_200_000, 86_400_000, 86_400_000];

/** Goes on until every provider has said what became of its job, or nobody is asked any more. */
async function closeInquiry({ bench, work }: World): Promise<void> {
  const { inquiries } = bench.context.store;
  for (const stepMs of INQUIRY_STEPS_MS) {
    if ((await inquiries.nextDueMs()) === null) return;
    await bench.clock.advance(stepMs);
    await work();
  }
  assert.equal(await inquiries.nextDueMs(), null, "an inquiry comes to an end");
}

const CALLBACK_URL = new URL("https://gateway.example.com/callbacks/x");

function gateContext(bench: EngineBench, gate: Gate): EngineContext {
  const { context, staging } = bench;
  const files = gated("files", bench.files, gate);
  const download: Parameters<typeof createIngest>[0]["download"] = () =>
    assert.fail("these upstreams give their bytes themselves");
  return {
    ...context,
    clock: { ...bench.clock, sleep: (delayMs, signal) => doze(bench.clock, delayMs, signal) },
    store: {
      ...context.store,
      tasks: gated("tasks", context.store.tasks, gate),
      inquiries: gated("inquiries", context.store.inquiries, gate),
      deliveries: gated("deliveries", context.store.deliveries, gate),
    },
    wayOut: createWayOut({
      files,
      staging,
      ingest: createIngest({ store: files, staging, download }),
      request: context.wayOut.request,
      fetchInput: context.wayOut.fetchInput,
      ownRow: async () => null,
    }),
  };
}

/** The longest wait of a step for a database that is away. */
const DOZE_MS = 500;

/** A step that waits for a moment would wait for ever: nobody moves the time but between steps. */
async function doze(clock: HandClock, delayMs: number, signal?: AbortSignal): Promise<void> {
  const over = clock.sleep(delayMs, signal);
  if (delayMs <= DOZE_MS) await clock.advance(delayMs);
  await over;
}

/** A receiver that always answers, at the store's own door: its tests are those of `webhooks/`. */
async function deliverOnce({ store }: EngineContext, { clock }: EngineBench): Promise<void> {
  const nowMs = clock.nowMs();
  const { deliveries } = store;
  const due = await deliveries.claimDue({ nowMs, leaseMs: LEASE_MS, limit: 16 }).catch(() => []);
  for (const { id: deliveryId, fence, tries } of due) {
    const made = { deliveryId, number: tries + 1, startedAtMs: nowMs, durationMs: 1 };
    const seen = { id: `try-${deliveryId}-${fence}`, status: 200, errorClass: null, excerpt: "" };
    await deliveries
      .recordTry({
        ...{ fence, try: { ...made, ...seen }, state: "delivered", dueAtMs: null },
        endpoint: "good",
      })
      .catch(() => undefined);
  }
}

async function waiting({ context, projectId }: EngineBench, taskId: string): Promise<boolean> {
  const all = await context.store.deliveries.list({ projectId, taskId, limit: 9 });
  return all.some(({ state }) => state === "waiting");
}

async function checkEnd(
  { bench, upstream, view }: World,
  { prompt, taskId }: { readonly prompt: string; readonly taskId: string },
): Promise<void> {
  const { context, files, projectId } = bench;
  const { task, files: rows } = await view(taskId);
  const bought = upstream.purchases.get(prompt) ?? 0;
  assert.ok(bought <= 1, `I2: ${prompt} was bought ${bought} times`);
  if (task.stage === "finished") {
    assert.equal(bought, 1, "I3: what is finished was made");
    assert.equal(rows.length, 1, "I3: it has its file");
    for (const row of rows) {
      if (row.deletedAtMs !== null) continue;
      const bytes = await files.open(row.storageKey);
      assert.ok(bytes, "I3: its bytes are there");
      const hash = createHash("sha256");
      for await (const chunk of bytes) hash.update(chunk);
      assert.equal(hash.digest("hex"), row.sha256, "I3: they are what the row says");
    }
  } else assert.equal(rows.length, 0);
  const { store } = context;
  const sent = await store.deliveries.list({ projectId, taskId, limit: 9 });
  assert.deepEqual(
    sent.map(({ state }) => state),
    ["delivered"],
    "I5: one event, delivered",
  );
  assert.equal(task.charged, task.stage === "finished" ? task.hold : 0, "I9: paid by its end");
  const dossier = await store.views.dossier(projectId, taskId);
  const book = (dossier?.attempts ?? []).map(({ billed, endedAtMs }) => ({ billed, endedAtMs }));
  assert.ok(
    book.every(({ billed, endedAtMs }) => endedAtMs !== null && billed !== null),
    `CP22: every attempt ends, and it is told whether it was charged: ${JSON.stringify(book)}`,
  );
  const told = (word: string): boolean => book.some(({ billed }) => billed === word);
  if (bought === 0) assert.ok(!told("yes"), "CP22: nothing is booked that was not bought");
  else assert.ok(told("yes") || told("unknown"), "CP22: what was bought is booked");
}
