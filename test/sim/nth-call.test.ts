import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Plan } from "./gate.ts";
import type { Resubmit } from "./upstream.ts";
import { openWorld, type World } from "./world.ts";

// One task's whole life, with each of its calls to the outside failing in turn: before it was done
// or after, alone or with all that follow until a restart. Whatever fails, the task ends as it
// should, is bought at most once and is announced once.

const KINDS: readonly Resubmit[] = ["client-id", "idempotency-key", "blind"];
const ENDS = ["completed", "partial", "failed", "canceled"] as const;

describe("the n-th outside call of a task's life", () => {
  for (const resubmit of KINDS) {
    for (const end of ENDS) {
      test(`may fail: upstream of kind ${resubmit}, its job ${end}`, async (t) => {
        await using world = await openWorld();
        const calls = await live(world, { resubmit, end, plan: null });
        assert.ok(calls > 15, `a life has ${calls} calls`);
        const plans = plansFor(calls);
        for (const plan of plans) {
          await live(world, { resubmit, end, plan }).catch((error: unknown) => {
            const name = `${plan.span}, ${plan.side} it was done`;
            throw new Error(`With call ${plan.at} of ${calls} failing ${name}`, { cause: error });
          });
        }
        t.diagnostic(`${plans.length} lives of ${calls} calls converged`);
      });
    }
  }
});

function plansFor(calls: number): readonly Plan[] {
  return Array.from({ length: calls }, (_, index) => index + 1).flatMap((at) =>
    (["once", "until-restart"] as const).flatMap((span) =>
      (["before", "after"] as const).map((side) => ({ at, span, side })),
    ),
  );
}

interface Life {
  readonly resubmit: Resubmit;
  readonly end: (typeof ENDS)[number];
  readonly plan: Plan | null;
}

/** Leads a task through its life; gives how many calls it took. */
async function live(world: World, { resubmit, end, plan }: Life): Promise<number> {
  const { bench, gate, upstream } = world;
  const prompt = JSON.stringify({ resubmit, end, plan });
  const fate = end === "canceled" ? "completed" : end;
  upstream.decide(prompt, { end: fate, answer: "kept", polls: 2, lateMs: 0 });
  const before = gate.count;
  if (plan !== null) gate.arm(plan);
  // A client that gets no answer asks again under the same key; a process that fails at everything
  // is started again after a while.
  let taskId: string | null = null;
  for (let tries = 0; taskId === null && tries < 5; tries += 1) {
    taskId = await world.submit(prompt, resubmit).catch(() => null);
    if (taskId === null && tries === 2) gate.disarm();
  }
  assert.ok(taskId, "it is accepted at last");
  for (let round = 0; round < 6; round += 1) {
    await world.work();
    // Its job goes on and ends well, which changes nothing any more.
    if (end === "canceled") await world.cancel(taskId);
    await world.deliver();
    await bench.clock.advance(1_000);
  }
  const calls = gate.count - before;
  gate.disarm();
  if (end === "canceled") await world.cancel(taskId);
  const task = await world.settle(taskId);
  await world.check(prompt, taskId);
  assert.equal(await world.submit(prompt, resubmit), taskId, "I12: the same key, the same task");
  if (end === "canceled") {
    assert.equal(task.errorCode, "canceled");
    return calls;
  }
  // Where nobody can tell what became of a submit, the only safe end is to say so.
  const mayEndUnknown = resubmit === "blind" && task.errorCode === "unknown_outcome";
  if (mayEndUnknown) return calls;
  assert.equal(task.stage, end === "failed" ? "failed" : "finished", task.errorCode ?? "");
  return calls;
}
