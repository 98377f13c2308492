import assert from "node:assert/strict";
import { test } from "node:test";
import { makeHandClock } from "../../../test/support/hand-clock.ts";
import { makeJob } from "../../../test/support/render-room.ts";
import { type Clock, systemClock } from "../../lib/clock.ts";
import { openPool, type Watch } from "./pool.ts";

/** Ends its thread for the prompt `crash`, says where it is for others. */
const FIXTURE = `
import { parentPort, threadId } from "node:worker_threads";
const end = (end) => parentPort.postMessage({ kind: "end", trouble: null, end });
parentPort.on("message", ({ job, flag }) => {
  const { prompt } = job.input;
  if (prompt === "crash") process.exit(3);
  if (prompt === "throw") throw 5;
  const nothing = { artifacts: [], outputs: [], creations: [] };
  const production = { ...nothing, meta: { threadId, media: job.media } };
  if (prompt !== "wait") return end({ kind: "completed", production });
  const timer = setInterval(() => {
    if (Atomics.load(flag, 0) === 0) return;
    clearInterval(timer);
    end({ kind: "failed", error: { code: "canceled" } });
  }, 5);
});`;

function setup(
  options: { readonly workers?: number; readonly idleMs?: number; readonly clock?: Clock } = {},
) {
  const troubles: string[] = [];
  const pool = openPool({
    workers: 1,
    stagingDir: "/nowhere",
    clock: systemClock,
    entry: new URL(`data:text/javascript,${encodeURIComponent(FIXTURE)}`),
    onTrouble: (detail) => void troubles.push(detail),
    ...options,
  });
  return { pool, troubles };
}

function watch(): Watch & { readonly abort: AbortController; readonly order: string[] } {
  const abort = new AbortController();
  const order: string[] = [];
  return {
    abort,
    order,
    signal: abort.signal,
    started: () => void order.push("started"),
    progress: () => undefined,
  };
}

const job = (prompt: string, media: "image" | "video" = "image") =>
  makeJob({ media, input: { prompt } });

test("run() fails only the job whose worker dies and goes on with a new one", async () => {
  const { pool } = setup();
  const crashed = pool.run(job("crash"), watch());
  const next = pool.run(job("fine"), watch());
  const end = await crashed;
  assert.equal(end.kind, "failed");
  assert.equal(end.error.code, "generation_failed");
  assert.equal((await next).kind, "completed");
  await pool.close();
});

test("run() fails the job of a worker that throws, and tells the log why", async () => {
  const { pool, troubles } = setup();
  const end = await pool.run(job("throw"), watch());
  assert.equal(end.kind, "failed");
  assert.equal(end.error.code, "generation_failed");
  assert.deepEqual(troubles, ["5"]);
  await pool.close();
});

test("run() gives a job that waits to no worker once it is canceled", async () => {
  const { pool } = setup();
  const [first, second] = [watch(), watch()];
  const running = pool.run(job("wait"), first);
  const waiting = pool.run(job("fine"), second);
  second.abort.abort();
  const end = await waiting;
  assert.equal(end.kind, "failed");
  assert.equal(end.error.code, "canceled");
  assert.deepEqual(second.order, []);
  first.abort.abort();
  assert.equal((await running).kind, "failed");
  await pool.close();
});

test("run() lets a picture overtake a film that waits", async () => {
  const { pool } = setup();
  const ended: string[] = [];
  const first = watch();
  const running = pool.run(job("wait"), first);
  const film = pool.run(job("fine", "video"), watch()).then(() => ended.push("film"));
  const picture = pool.run(job("fine"), watch()).then(() => ended.push("picture"));
  first.abort.abort();
  await Promise.all([running, film, picture]);
  assert.deepEqual(ended, ["picture", "film"]);
  await pool.close();
});

test("run() keeps a thread for the next job and ends it after its rest", async () => {
  const { pool } = setup({ idleMs: 10 });
  const threadOf = async (): Promise<unknown> => {
    const end = await pool.run(job("fine"), watch());
    assert.equal(end.kind, "completed");
    return JSON.stringify(end.production.meta);
  };
  const [first, second] = [await threadOf(), await threadOf()];
  assert.equal(first, second);
  await systemClock.sleep(150);
  assert.notEqual(await threadOf(), first);
  await pool.close();
});

test("close() ends jobs under way as failed, and later ones at once", async () => {
  const { pool } = setup();
  const running = pool.run(job("wait"), watch());
  await pool.close();
  assert.equal((await running).kind, "failed");
  assert.equal((await pool.run(job("fine"), watch())).kind, "failed");
});

test("run() gives no job to a thread that ends after its rest", async () => {
  const clock = makeHandClock();
  const { pool } = setup({ idleMs: 60_000, clock });
  await pool.run(job("fine"), watch());
  await clock.advance(60_000);
  const end = await pool.run(job("fine"), watch());
  assert.equal(end.kind, "completed", JSON.stringify(end));
  await pool.close();
});
