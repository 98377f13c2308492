import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import { createBuckets } from "./token-bucket.ts";

test("take() gives a burst at once, then one each interval", async () => {
  const clock = makeHandClock();
  const buckets = createBuckets({ perMinute: 60, burst: 3 }, clock);
  const taken = [1, 2, 3, 4].map(() => buckets.take("a"));
  assert.deepEqual(
    taken.map(({ isTaken, remaining }) => [isTaken, remaining]),
    [
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
    ],
  );
  assert.equal(taken[3]?.resetS, 1);
  assert.equal(buckets.take("b").isTaken, true, "others are not touched");
  await clock.advance(999);
  assert.equal(buckets.take("a").isTaken, false);
  await clock.advance(1);
  assert.equal(buckets.take("a").isTaken, true);
});

test("take() never gives more than burst and rate allow, in any order of times", async () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(pauses, async (waits) => {
      const clock = makeHandClock();
      const buckets = createBuckets({ perMinute: 60, burst: 5 }, clock);
      let taken = 0;
      for (const wait of waits) {
        await clock.advance(wait);
        if (buckets.take("a").isTaken) taken += 1;
        assert.ok(taken <= 5 + clock.monotonicMs() / 1000);
      }
    }),
    { numRuns: 100 },
  );
});

test("take() remembers only the latest names", () => {
  const buckets = createBuckets({ perMinute: 1, burst: 1 }, makeHandClock());
  buckets.take("first");
  assert.equal(buckets.take("first").isTaken, false);
  for (let index = 0; index < 20_000; index += 1) buckets.take(`n${index}`);
  assert.equal(buckets.take("first").isTaken, true);
});
