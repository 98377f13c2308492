import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { honoursCancel } from "../../bench/upstream/fate.ts";
import { type SimulatorRig, trySimulator } from "../../bench/upstream/try-simulator.ts";
import { type GatewayProcess, tryGatewayProcess } from "../support/gateway-process.ts";
import { type Receiver, tryReceiver } from "../support/receiver.ts";

// A cancel through the whole program, before a paid upstream: the owner has the end at once, and
// the operator learns what the upstream made of the job.

const SEED = "1";
const WORK_MS = 1_500;
const SUBMIT_MS = 700;
const PATIENCE_MS = 60_000;

test("an upstream that goes on is booked as charged, and its result is nobody's", async (t) => {
  const rig = await setup(t);
  const taskId = await rig.submit(nonceThat("goes on"));
  await rig.attemptIs(taskId, "running");
  const ended = await rig.cancel(taskId);
  assert.deepEqual(await rig.truth(taskId), ["succeeded", "yes"]);
  await rig.assertSame(taskId, ended);
  assert.equal((await rig.upstream.ledger()).length, 1);
});

test("an upstream that stops is booked as free of charge", async (t) => {
  const rig = await setup(t);
  const taskId = await rig.submit(nonceThat("stops"));
  await rig.attemptIs(taskId, "running");
  const ended = await rig.cancel(taskId);
  assert.deepEqual(await rig.truth(taskId), ["canceled", "no"]);
  await rig.assertSame(taskId, ended);
});

test("a submit under way is not lost when its task is canceled", async (t) => {
  const rig = await setup(t);
  const taskId = await rig.submit(nonceThat("goes on"));
  await rig.attemptIs(taskId, "submitting");
  const ended = await rig.cancel(taskId);
  assert.deepEqual(await rig.truth(taskId), ["succeeded", "yes"]);
  await rig.assertSame(taskId, ended);
  assert.equal((await rig.upstream.ledger()).length, 1);
});

test("a process killed before the truth is known is followed by one that asks", async (t) => {
  const rig = await setup(t);
  const taskId = await rig.submit(nonceThat("goes on"));
  await rig.attemptIs(taskId, "running");
  const ended = await rig.cancel(taskId);
  await rig.assertSame(taskId, ended);
  await rig.gateway.kill9();
  await rig.gateway.start();
  assert.deepEqual(await rig.truth(taskId), ["succeeded", "yes"]);
  await rig.assertSame(taskId, ended);
  assert.equal((await rig.upstream.ledger()).length, 1);
});

test("a submit without an answer is looked for, and never sent again", async (t) => {
  const rig = await setup(t, "openai-videos");
  const taskId = await rig.submit(`${nonceThat("stops")} #accept-then-reset`, "sora-2");
  await rig.attemptIs(taskId, "unknown");
  const ended = await rig.cancel(taskId);
  assert.equal(JSON.parse(ended).error_code, "canceled");
  // It deletes what is canceled, and does not say what that costs.
  assert.deepEqual(await rig.truth(taskId), ["canceled", "unknown"]);
  await rig.assertSame(taskId, ended);
  assert.equal((await rig.upstream.ledger()).length, 1);
});

interface Rig {
  readonly gateway: GatewayProcess;
  readonly upstream: SimulatorRig;
  submit(prompt: string, model?: string): Promise<string>;
  /** Resolves when the task's attempt is in a state. */
  attemptIs(taskId: string, state: string): Promise<void>;
  /** Cancels, and gives what the status says right after the answer. */
  cancel(taskId: string): Promise<string>;
  /** State and charge of the only attempt, once it has ended. */
  truth(taskId: string): Promise<readonly unknown[]>;
  /** The status is still as it was, and was announced once. */
  assertSame(taskId: string, ended: string): Promise<void>;
}

async function setup(t: TestContext, provider = "vidgo"): Promise<Rig> {
  const workMs = { min: WORK_MS, max: WORK_MS };
  const upstream = await trySimulator(t, { seed: SEED, workMs, latencyMs: SUBMIT_MS });
  const receiver = await tryReceiver(t, {});
  const environment = { ...SETTINGS[provider]?.(upstream.simulator.origin), VIDGO_LOG: "error" };
  const options = { environment: { ...environment, VIDGO_LEASE_SECONDS: "3" }, alone: true };
  const gateway = await tryGatewayProcess(t, { ...options, alone: true });
  return { gateway, upstream, ...actions(gateway, receiver) };
}

const SETTINGS: Readonly<Record<string, (origin: string) => Readonly<Record<string, string>>>> = {
  vidgo: (origin) => ({
    VIDGO_UPSTREAM_URL: origin,
    VIDGO_UPSTREAM_KEY: "upstream-key",
    VIDGO_UPSTREAM_RESUBMIT: "idempotency-key",
  }),
  "openai-videos": (origin) => ({
    OPENAI_VIDEOS_BASE_URL: origin,
    OPENAI_VIDEOS_API_KEY: "upstream-key",
    OPENAI_VIDEOS_MODELS: "sora-2=sora-2",
    OPENAI_VIDEOS_GRACE_SECONDS: "3",
  }),
};

function actions(gateway: GatewayProcess, receiver: Receiver): Omit<Rig, "gateway" | "upstream"> {
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { authorization: `Bearer ${gateway.key}`, "content-type": "application/json" };
    const answer = await fetch(`${gateway.url}${path}`, { ...init, headers });
    assert.equal(answer.status, 200, path);
    return JSON.parse(await answer.text()).data;
  };
  const status = async (taskId: string): Promise<string> =>
    JSON.stringify(await ask(`/api/generate/status/${taskId}`));
  const until = async (taskId: string, isSo: (attempt: Answer) => boolean): Promise<Answer> => {
    const endMs = performance.now() + PATIENCE_MS;
    for (;;) {
      const { attempts } = await ask(`/api/tasks/${taskId}`);
      assert.ok(attempts.length <= 1, "bought once");
      const [attempt] = attempts;
      if (attempt !== undefined && isSo(attempt)) return attempt;
      assert.ok(performance.now() < endMs, `still ${attempt?.state}`);
      await sleep(20);
    }
  };
  return {
    async attemptIs(taskId, state) {
      await until(taskId, (attempt) => attempt.state === state);
    },
    async submit(prompt, model = "gpt-4o-image") {
      const body = JSON.stringify({ model, input: { prompt }, callback_url: receiver.url });
      return (await ask("/api/generate/submit", { method: "POST", body })).task_id;
    },
    async cancel(taskId) {
      const body = "{}";
      const data = await ask(`/api/generate/cancel/${taskId}`, { method: "POST", body });
      assert.equal(data.status, "failed");
      return status(taskId);
    },
    async truth(taskId) {
      const { state, billed } = await until(taskId, ({ ended_ms }) => ended_ms !== null);
      return [state, billed];
    },
    async assertSame(taskId, ended) {
      assert.equal(await status(taskId), ended);
      while (receiver.received.length === 0) await sleep(20);
      assert.equal(new Set(receiver.received.map(({ eventId }) => eventId)).size, 1);
      assert.match(receiver.received[0]?.body ?? "", /"status":"failed","files":\[\]/);
    },
  };
}

type Answer = ReturnType<typeof JSON.parse>;

/** A prompt whose job the simulator stops when it is told to, or does not. */
function nonceThat(what: "stops" | "goes on"): string {
  const nonces = Array.from({ length: 50 }, (_, index) => `zq-e-${index}`);
  const found = nonces.find((nonce) => honoursCancel(SEED, nonce) === (what === "stops"));
  return `a paper boat ${found ?? assert.fail()}`;
}
