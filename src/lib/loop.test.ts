import assert from "node:assert/strict";
import { test } from "node:test";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import { createLogger } from "./log.ts";
import { type Loop, startLoop } from "./loop.ts";

function setup(step: (count: number, signal: AbortSignal) => Promise<number | null>) {
  const clock = makeHandClock();
  const lines: string[] = [];
  const log = createLogger({ level: "info", destination: { write: (line) => lines.push(line) } });
  let steps = 0;
  const loop: Loop = startLoop({
    name: "test",
    clock,
    log,
    everyMs: 1_000,
    step: (signal) => {
      steps += 1;
      return step(steps, signal);
    },
  });
  return { clock, loop, lines, steps: () => steps };
}

test("startLoop() steps at once and then after the longest pause", async () => {
  const { clock, loop, steps } = setup(async () => null);
  await clock.sleepers(1);
  assert.equal(steps(), 1);
  await clock.advance(999);
  assert.equal(steps(), 1);
  await clock.advance(1);
  assert.equal(steps(), 2);
  await loop.stop();
});

test("startLoop() heeds the pause that a step asks for, up to the longest", async () => {
  const { clock, loop } = setup(async (count) => (count === 1 ? 10 : 99_999));
  await clock.sleepers(1);
  await clock.advance(10);
  await clock.sleepers(1);
  assert.deepEqual(clock.slept, [10, 1_000]);
  await loop.stop();
});

test("startLoop() never pauses for less than nothing", async () => {
  const { clock, loop } = setup(async (count) => (count === 1 ? -5 : null));
  await clock.sleepers(1);
  assert.deepEqual(clock.slept, [0, 1_000]);
  await loop.stop();
});

test("wake() ends the present pause", async () => {
  const { clock, loop, steps } = setup(async () => null);
  await clock.sleepers(1);
  loop.wake();
  await clock.sleepers(1);
  assert.equal(steps(), 2);
  await loop.stop();
});

test("wake() during a step makes one more step follow at once", async () => {
  const gate = Promise.withResolvers<null>();
  const { clock, loop, steps } = setup((count) =>
    count === 1 ? gate.promise : Promise.resolve(null),
  );
  loop.wake();
  loop.wake();
  gate.resolve(null);
  await clock.sleepers(1);
  assert.equal(steps(), 2);
  await loop.stop();
});

test("startLoop() goes on after a step throws, backing off and saying why", async () => {
  const { clock, loop, lines, steps } = setup(async (count) => {
    if (count <= 3) throw new Error("database is gone");
    return null;
  });
  for (const _ of [1, 2, 3]) {
    await clock.sleepers(1);
    await clock.advance(1_000);
  }
  await clock.sleepers(1);
  assert.equal(steps(), 4);
  const [first, second, third, pause] = clock.slept;
  assert.ok(first !== undefined && first >= 50 && first <= 100, `${first}`);
  assert.ok(second !== undefined && second >= 100 && second <= 200, `${second}`);
  assert.ok(third !== undefined && third >= 200 && third <= 400, `${third}`);
  assert.equal(pause, 1_000);
  assert.equal(lines.length, 3);
  assert.equal(JSON.parse(lines[0] ?? "").error.message, "database is gone");
  await loop.stop();
});

test("wake() does not hurry a loop that is backing off", async () => {
  const { clock, loop, steps } = setup(async () => {
    throw new Error("still gone");
  });
  await clock.sleepers(1);
  loop.wake();
  await clock.advance(0);
  assert.equal(steps(), 1);
  await loop.stop();
});

test("stop() tells the step under way, waits for it, and may be called twice", async () => {
  const gate = Promise.withResolvers<null>();
  let told = false;
  const { loop, steps } = setup((_count, signal) => {
    signal.addEventListener("abort", () => {
      told = true;
    });
    return gate.promise;
  });
  let stopped = false;
  const stopping = loop.stop().then(() => {
    stopped = true;
  });
  await Promise.resolve();
  assert.equal(told, true);
  assert.equal(stopped, false);
  gate.resolve(null);
  await stopping;
  await loop.stop();
  assert.equal(steps(), 1);
});
