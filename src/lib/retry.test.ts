import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import type { Clock } from "./clock.ts";
import { backoffMs, retry } from "./retry.ts";

/** Sleeps take no time and are noted. */
function setup(failures: number) {
  const slept: number[] = [];
  const hand = makeHandClock();
  const clock: Clock = { ...hand, sleep: async (delayMs) => void slept.push(delayMs) };
  let calls = 0;
  const step = async () => {
    calls += 1;
    if (calls <= failures) throw new RangeError(`failure ${calls}`);
    return "done";
  };
  return { clock, step, slept, calls: () => calls };
}

test("retry() gives the value of the first try that succeeds", async () => {
  const { clock, step, slept, calls } = setup(2);
  const value = await retry(step, { clock, attemptsMax: 5, delayMinMs: 100, chance: () => 1 });
  assert.equal(value, "done");
  assert.equal(calls(), 3);
  assert.deepEqual(slept, [100, 200]);
});

test("retry() throws the last error when the tries are used up", async () => {
  const { clock, step, slept } = setup(9);
  await assert.rejects(retry(step, { clock, attemptsMax: 3 }), { message: "failure 3" });
  assert.equal(slept.length, 2);
});

test("retry() does not repeat what is not worthwhile", async () => {
  const { clock, step, calls } = setup(9);
  const isWorthwhile = (error: unknown) => !(error instanceof RangeError);
  await assert.rejects(retry(step, { clock, attemptsMax: 3, isWorthwhile }), RangeError);
  assert.equal(calls(), 1);
});

test("retry() stops when its signal fires while it waits", async () => {
  const { step, calls } = setup(9);
  const clock = makeHandClock();
  const stop = new AbortController();
  const running = retry(step, { clock, attemptsMax: 9, signal: stop.signal });
  const refused = assert.rejects(running, { message: "failure 1" });
  await clock.sleepers(1);
  stop.abort();
  await refused;
  assert.equal(calls(), 1);
});

test("retry() refuses zero attempts", async () => {
  const { clock, step } = setup(0);
  await assert.rejects(retry(step, { clock, attemptsMax: 0 }), { name: "AssertionError" });
});

test("backoffMs() doubles up to its longest and stays in the upper half", () => {
  const chance = () => 1;
  const waits = [1, 2, 3, 4].map((n) =>
    backoffMs(n, { delayMinMs: 1_000, delayMaxMs: 5_000, chance }),
  );
  assert.deepEqual(waits, [1_000, 2_000, 4_000, 5_000]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, drawn) => {
        const waitMs = backoffMs(n, { chance: () => drawn });
        assert.ok(waitMs >= 50 && waitMs <= 30_000);
      },
    ),
  );
});
