import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Plan } from "./gate.ts";
import { type Fate, MODELS, type Resubmit } from "./upstream.ts";
import { openWorld, type World } from "./world.ts";

// The engine against a model of a few lines: whatever clients, upstreams, crashes and time do in
// whatever order, the invariants I1 to I5 of the failure model hold at each step, and every task
// comes to an end. A failure prints its seed and path; VIDGO_TEST_SEED replays a seed.

const RUNS = 10_000;
const LIMIT_MS = 40_000;
const SEED = Number(process.env.VIDGO_TEST_SEED ?? Date.now() % 1_000_000);

/** What must be so, as far as a client can know. */
interface Model {
  readonly prompt: string;
  readonly resubmit: Resubmit;
  taskId: string | null;
  /** The last that was seen of it. */
  progress: number;
  end: string | null;
  /** `maybe` when the call broke off. */
  canceled: "no" | "maybe" | "yes";
}

type Act = (model: Model, world: World) => Promise<void>;

/** An act with its name, for the report of a failure. */
interface Command extends fc.AsyncCommand<Model, World> {
  toString(): string;
}

function command(name: string, act: Act): Command {
  return {
    check: () => true,
    async run(model, world) {
      await act(model, world);
      await look(model, world);
    },
    toString: () => name,
  };
}

/** A poll by the client: I1 to I4 as far as they can be seen from outside. */
async function look(model: Model, world: World): Promise<void> {
  if (model.taskId === null) return;
  const { task, files } = await world.view(model.taskId);
  const bought = world.upstream.purchases.get(model.prompt) ?? 0;
  assert.ok(bought <= 1, `I2: bought ${bought} times`);
  assert.ok(task.progress >= model.progress, "I4: progress never goes down");
  assert.equal(task.progress === 100, task.stage === "finished", "I4: 100 only when finished");
  assert.equal(files.length > 0, task.stage === "finished", "I3: finished means files");
  const end = task.finishedAtMs === null ? null : JSON.stringify(task);
  if (model.end !== null) assert.equal(end, model.end, "I4: an end is final");
  model.progress = task.progress;
  model.end = end;
}

async function submit(model: Model, world: World): Promise<void> {
  const taskId = await world.submit(model.prompt, model.resubmit).catch(() => null);
  if (taskId === null) return;
  assert.equal(model.taskId ?? taskId, taskId, "I12: the same key makes the same task");
  model.taskId = taskId;
}

/** A cancel that was answered is the end, and no other one; CP22. */
async function cancel(model: Model, world: World): Promise<void> {
  if (model.taskId === null) return;
  const task = await world.cancel(model.taskId);
  if (task === null) {
    if (model.end === null && model.canceled === "no") model.canceled = "maybe";
    return;
  }
  assert.ok(task.finishedAtMs !== null, "the answer shows the end");
  if (model.end === null) model.canceled = "yes";
  if (model.end === null) assert.equal(task.errorCode, "canceled");
}

const plan: fc.Arbitrary<Plan> = fc.record({
  at: fc.integer({ min: 1, max: 8 }),
  span: fc.constantFrom("once", "until-restart"),
  side: fc.constantFrom("before", "after"),
});

/** Lets calls fail while something is done; then the process is started again. */
function crashing(name: string, act: Act): fc.Arbitrary<Command> {
  return plan.map((faults) =>
    command(`${name} with ${JSON.stringify(faults)}`, async (model, world) => {
      world.gate.arm(faults);
      await act(model, world);
      world.gate.disarm();
    }),
  );
}

const commands = [
  fc.constant(command("submit", submit)),
  crashing("submit", submit),
  fc.constant(command("work", (_, world) => world.work())),
  crashing("work", (_, world) => world.work()),
  fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.constantFrom("before" as const, "after" as const))
    .map(([at, side]) =>
      command(`work frozen ${side} call ${at}`, (_, world) => world.workFrozen(at, side)),
    ),
  fc.constant(command("deliver", (_, world) => world.deliver())),
  crashing("deliver", (_, world) => world.deliver()),
  fc
    .constantFrom(1_000, 5_000, 30_000, 121_000, 3_600_000)
    .map((ms) => command(`tick ${ms}`, (_, world) => world.bench.clock.advance(ms))),
  fc.constant(command("call back", ({ prompt }, world) => world.callBack(prompt))),
  crashing("call back", ({ prompt }, world) => world.callBack(prompt)),
  fc.constant(command("cancel", cancel)),
  crashing("cancel", cancel),
  fc.constant(command("prune", (_, world) => world.prune())),
];

const fates: fc.Arbitrary<Fate> = fc.record({
  end: fc.constantFrom("completed", "completed", "partial", "failed"),
  answer: fc.constantFrom("kept", "kept", "lost"),
  polls: fc.integer({ min: 0, max: 3 }),
  // A process may be frozen for 90 s with its submit in hand: only what is longer than the grace of
  // 120 s in all could buy twice, where no key is honoured. That is the bound of what is promised.
  lateMs: fc.constantFrom(0, 5_000, 25_000),
});

test("a task keeps its promises whatever happens in whatever order", async (t) => {
  await using world = await openWorld();
  const ends = new Map<string, number>();
  let runs = 0;
  const property = fc.asyncProperty(
    fc.commands(commands, { maxCommands: 12 }),
    fates,
    fc.constantFrom<Resubmit>("client-id", "idempotency-key", "blind"),
    async (acts, fate, resubmit) => {
      runs += 1;
      const prompt = `run ${runs} for ${MODELS[resubmit]}`;
      const model: Model = {
        ...{ prompt, resubmit, taskId: null, progress: 0, end: null, canceled: "no" },
      };
      world.upstream.decide(prompt, fate);
      await fc.asyncModelRun(() => ({ model, real: world }), acts);
      world.gate.disarm();
      await submit(model, world);
      assert.ok(model.taskId !== null, "I1: it is accepted at last");
      const task = await world.settle(model.taskId);
      await look(model, world);
      await world.check(prompt, model.taskId);
      const end = task.errorCode ?? task.stage;
      assert.ok(mayEnd(model, fate).includes(end), `ended as ${end}`);
      ends.set(end, (ends.get(end) ?? 0) + 1);
    },
  );
  // A failure tells the seed and the acts that led to it, cut short.
  await fc.assert(property, { seed: SEED, numRuns: RUNS, interruptAfterTimeLimit: LIMIT_MS });
  const seen = [...ends].map(([end, count]) => `${end} ${count}`).join(", ");
  t.diagnostic(`seed ${SEED}: ${runs} runs, ${seen}`);
  for (const end of ["finished", "generation_failed", "canceled", "unknown_outcome"]) {
    assert.ok(ends.has(end), `some run ended as ${end}`);
  }
});

/** The ends that a task may come to, by all that was done to it. */
function mayEnd({ canceled, resubmit }: Model, { end }: Fate): readonly string[] {
  if (canceled === "yes") return ["canceled"];
  return [
    end === "failed" ? "generation_failed" : "finished",
    ...(canceled === "maybe" ? ["canceled"] : []),
    // Where nobody can be asked, a lost answer stays lost.
    ...(resubmit === "blind" ? ["unknown_outcome"] : []),
    // Time may run out: 24 h of ticks and leases.
    "timeout",
  ];
}
