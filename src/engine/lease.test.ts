import assert from "node:assert/strict";
import { test } from "node:test";
import { openEngineBench } from "../../test/support/engine.ts";
import { scriptedProvider } from "../../test/support/scripted-provider.ts";
import { GatewayError } from "../core/error.ts";
import type { Claim } from "../store/store.ts";
import type { EngineContext } from "./context.ts";
import { underLease } from "./lease.ts";
import { submitTask } from "./submit.ts";

const MODEL = "grok-imagine-image";

/** A claimed task, on a database whose heartbeats answer as `beats` says, then as ever. */
async function setup(beats: readonly ("fail" | "held")[]): Promise<
  AsyncDisposable & {
    readonly context: EngineContext;
    readonly claim: Claim;
    /** Lets one heartbeat pass. */
    beat(): Promise<void>;
  }
> {
  const bench = await openEngineBench({ providers: [scriptedProvider("upstream", [MODEL], {})] });
  const { clock } = bench;
  const { tasks } = bench.context.store;
  const submitter = { projectId: bench.projectId, keyId: "key", mode: "live" } as const;
  const rest = { callbackUrl: null, idempotency: null, loopback: false };
  await submitTask(bench.context, submitter, { model: MODEL, input: { prompt: "x" }, ...rest });
  const ask = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 1, node: "node" };
  const [claim] = await tasks.claimDue(ask);
  assert.ok(claim);
  const left = [...beats];
  const extendLease: typeof tasks.extendLease = async (lease) => {
    if (left.shift() === "fail") throw new GatewayError("unavailable", "The database is away");
    return tasks.extendLease(lease);
  };
  const store = { ...bench.context.store, tasks: { ...tasks, extendLease } };
  return {
    context: { ...bench.context, store },
    claim,
    async beat() {
      await clock.sleepers(1);
      await clock.advance(10_000);
    },
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  };
}

test("underLease() goes on when a heartbeat fails and the next one is heard", async () => {
  await using scene = await setup(["fail", "held"]);
  const { context, claim } = scene;
  const askedMs = context.clock.monotonicMs();
  await underLease(
    context,
    { claim, askedMs, untilMs: Number.POSITIVE_INFINITY },
    async (lease) => {
      await scene.beat();
      assert.equal(lease.isTrusted(), true, "the first lease still lasts");
      await scene.beat();
      // The answer comes from a thread; the next sleep follows it.
      await scene.beat();
      assert.equal(lease.signal.aborted, false);
      assert.equal(lease.isTrusted(), true, "past the first lease, within the extended one");
    },
  );
});

test("underLease() gives up when no heartbeat is heard for a lease", async () => {
  await using scene = await setup(["fail", "fail", "fail"]);
  const { context, claim } = scene;
  const askedMs = context.clock.monotonicMs();
  await underLease(
    context,
    { claim, askedMs, untilMs: Number.POSITIVE_INFINITY },
    async (lease) => {
      await scene.beat();
      await scene.beat();
      assert.equal(lease.signal.aborted, false);
      await scene.beat();
      assert.equal(lease.signal.aborted, true);
      assert.equal(lease.isTrusted(), false);
    },
  );
});

test("underLease() gives up at once when the lease has passed on", async () => {
  await using scene = await setup([]);
  const { context, claim } = scene;
  const stolen = { ...claim, fence: claim.fence - 1 };
  await underLease(
    context,
    { claim: stolen, askedMs: 0, untilMs: Number.POSITIVE_INFINITY },
    async (lease) => {
      const lost = new Promise((resolve) => lease.signal.addEventListener("abort", resolve));
      await scene.beat();
      await lost;
      assert.equal(lease.isTrusted(), false);
    },
  );
});

test("underLease() lets go of a task a minute after its hard limit", async () => {
  await using scene = await setup([]);
  const { context, claim } = scene;
  const untilMs = context.clock.nowMs() + 5_000;
  await underLease(context, { claim, askedMs: 0, untilMs }, async (lease) => {
    const lost = new Promise((resolve) => lease.signal.addEventListener("abort", resolve));
    for (let beat = 0; beat < 6; beat += 1) await scene.beat();
    assert.equal(lease.signal.aborted, false, "what was asked in time may still be answered");
    await scene.beat();
    await lost;
    assert.equal(lease.isTrusted(), false);
  });
});
