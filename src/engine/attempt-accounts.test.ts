import assert from "node:assert/strict";
import { test } from "node:test";
import { type EngineBench, openEngineBench } from "../../test/support/engine.ts";
import {
  type Script,
  type ScriptedProvider,
  scriptedProvider,
  upstreamError,
} from "../../test/support/scripted-provider.ts";
import type { SubmitOutcome } from "../core/outcome.ts";
import type { Task } from "../core/task.ts";
import { present } from "../lib/assert.ts";
import { runClaim } from "./attempt.ts";
import type { EngineContext } from "./context.ts";
import { submitTask } from "./submit.ts";

const MODEL = "grok-imagine-image";
const ACCEPTED = accepted("1");

function accepted(id: string): SubmitOutcome {
  return { kind: "accepted", operation: { id }, pollAfterMs: 60_000 };
}

function rejected(change: Parameters<typeof upstreamError>[0]): SubmitOutcome {
  return { kind: "rejected", error: upstreamError(change) };
}

function provider(name: string, submits: Script["submits"] = []): ScriptedProvider {
  return scriptedProvider(name, [MODEL], { submits });
}

async function submit({ context, projectId }: EngineBench): Promise<string> {
  const submitter = { projectId, keyId: "key", mode: "live" } as const;
  const { task } = await submitTask(context, submitter, {
    model: MODEL,
    input: { prompt: "a boat" },
    callbackUrl: null,
    idempotency: null,
    loopback: false,
  });
  return task.id;
}

/** Works on everything that is due, as long as something is. */
async function work({ context, clock }: EngineBench): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    const { node } = context.settings;
    const claim = { node, nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10 };
    const due = await context.store.tasks.claimDue(claim);
    if (due.length === 0) return;
    for (const each of due) await runClaim(context, each);
  }
}

async function find({ context, projectId }: EngineBench, id: string): Promise<Task> {
  return present(await context.store.tasks.find(projectId, id), id).task;
}

test("runClaim() fails new tasks at once while the account's key is refused", async () => {
  const upstream = provider("upstream", [rejected({ code: "auth", retry: "other-route" })]);
  await using bench = await openEngineBench({ providers: [upstream] });
  const first = await submit(bench);
  await work(bench);
  const second = await submit(bench);
  await work(bench);
  for (const id of [first, second]) {
    const { stage, errorCode } = await find(bench, id);
    assert.deepEqual([stage, errorCode], ["failed", "auth"]);
  }
  assert.deepEqual(upstream.calls, ["submit"]);
});

test("runClaim() takes tasks of a paused account to their next route, unbought", async () => {
  const empty = provider("empty", [rejected({ code: "quota_exhausted", retry: "other-route" })]);
  const full = provider("full", [ACCEPTED, accepted("2")]);
  await using bench = await openEngineBench({ providers: [empty, full] });
  await submit(bench);
  await work(bench);
  const second = await submit(bench);
  await work(bench);
  assert.equal((await find(bench, second)).routeIndex, 1);
  assert.deepEqual([empty.calls, full.calls], [["submit"], ["submit", "submit"]]);
});

test("runClaim() lets all tasks of an account wait for its Retry-After", async () => {
  const limit = rejected({ code: "rate_limited", retry: "same-route", retryAfterMs: 30_000 });
  const upstream = provider("upstream", [limit, ACCEPTED, accepted("2")]);
  await using bench = await openEngineBench({ providers: [upstream] });
  const ids = [await submit(bench), await submit(bench)];
  await work(bench);
  assert.deepEqual(upstream.calls, ["submit"]);
  await bench.clock.advance(29_000);
  await work(bench);
  assert.deepEqual(upstream.calls, ["submit"]);
  await bench.clock.advance(3_000);
  await work(bench);
  assert.deepEqual(upstream.calls, ["submit", "submit", "submit"]);
  for (const id of ids) assert.equal((await find(bench, id)).stage, "polling");
});

test("runClaim() keeps to the account's limit, and goes on when a job is over", async () => {
  const upstream = scriptedProvider("upstream", [MODEL], {
    submits: [ACCEPTED, accepted("2")],
    polls: [{ kind: "failed", error: upstreamError() }],
  });
  const limits = { concurrencyMax: 1, perMinuteMax: null };
  await using bench = await openEngineBench({ providers: [upstream], limits });
  const [first, second] = [await submit(bench), await submit(bench)];
  await work(bench);
  assert.equal((await find(bench, second)).stage, "queued");
  await bench.clock.advance(62_000);
  await work(bench);
  await bench.clock.advance(3_000);
  await work(bench);
  assert.equal((await find(bench, first)).stage, "failed");
  assert.equal((await find(bench, second)).stage, "polling");
});

test("runClaim() sends a busy account nothing more during a slow submit", async () => {
  const upstream = provider("upstream");
  const limits = { concurrencyMax: 1, perMinuteMax: null };
  await using bench = await openEngineBench({ providers: [upstream], limits });
  const answers: ((outcome: SubmitOutcome) => void)[] = [];
  upstream.submit = () => new Promise((answer) => void answers.push(answer));
  await submit(bench);
  const slow = work(bench);
  while (answers.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await bench.clock.advance(600_000);
  await submit(bench);
  await work(bench);
  assert.equal(answers.length, 1);
  answers[0]?.({ kind: "unknown", error: upstreamError({ code: "unknown_outcome" }) });
  await slow;
  await bench.clock.advance(121_000);
  const next = work(bench);
  while (answers.length === 1) await new Promise((resolve) => setImmediate(resolve));
  answers[1]?.(ACCEPTED);
  await next;
});

test("runClaim() gives an account's place back when no intent could be written", async () => {
  const upstream = provider("upstream", [ACCEPTED]);
  const limits = { concurrencyMax: 1, perMinuteMax: null };
  await using bench = await openEngineBench({ providers: [upstream], limits });
  const id = await submit(bench);
  const { store } = bench.context;
  const recordIntent = () => Promise.reject(new Error("connection refused"));
  const away = { ...bench.context, store: { ...store, tasks: { ...store.tasks, recordIntent } } };
  await assert.rejects(work({ ...bench, context: away }), /connection refused/);
  await bench.clock.advance(600_000);
  await work(bench);
  assert.equal((await find(bench, id)).stage, "polling");
});

test("runClaim() sends nothing to a provider that was taken away after the intent", async () => {
  const gone = provider("gone");
  const next = provider("next", [ACCEPTED]);
  await using bench = await openEngineBench({ providers: [gone, next] });
  const { registry, store } = bench.context;
  let isGone = false;
  const recordIntent: typeof store.tasks.recordIntent = async (intent) => {
    isGone = true;
    return store.tasks.recordIntent(intent);
  };
  const context: EngineContext = {
    ...bench.context,
    store: { ...store, tasks: { ...store.tasks, recordIntent } },
    registry: {
      ...registry,
      account: (name, id) => (isGone && name === "gone" ? null : registry.account(name, id)),
    },
  };
  const id = await submit(bench);
  await work({ ...bench, context });
  assert.deepEqual([gone.calls, next.calls], [[], ["submit"]]);
  assert.equal((await find(bench, id)).stage, "polling");
});

test("runClaim() sends nothing whose intent took as long as the lease, but later", async () => {
  const limits = { concurrencyMax: 1, perMinuteMax: null };
  const upstream = provider("upstream", [ACCEPTED]);
  await using bench = await openEngineBench({ providers: [upstream], limits });
  const { clock, context } = bench;
  const { tasks } = context.store;
  const recordIntent: typeof tasks.recordIntent = async (intent) => {
    const isOurs = await tasks.recordIntent(intent);
    await clock.advance(26_000);
    return isOurs;
  };
  const extendLease = () => Promise.reject(new Error("connection refused"));
  const store = { ...context.store, tasks: { ...tasks, recordIntent, extendLease } };
  const id = await submit(bench);
  await work({ ...bench, context: { ...context, store } });
  assert.deepEqual(upstream.calls, []);
  await clock.advance(30_000);
  await work(bench);
  assert.deepEqual(upstream.calls, ["submit"]);
  assert.equal((await find(bench, id)).stage, "polling");
});
