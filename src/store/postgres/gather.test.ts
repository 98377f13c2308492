import assert from "node:assert/strict";
import { test } from "node:test";
import { gatherCalls } from "./gather.ts";

function setUp(groupMax = 10, mark: (input: number) => string | null = () => null) {
  const groups: (readonly number[])[] = [];
  const call = gatherCalls<number, number>({
    groupMax,
    mark,
    work(inputs) {
      groups.push(inputs);
      if (inputs.includes(13)) return Promise.reject(new RangeError("13"));
      return Promise.resolve(inputs.map((input) => input * 2));
    },
  });
  return { call, groups };
}

test("gatherCalls() answers the calls of one turn with one group", async () => {
  const { call, groups } = setUp();
  assert.deepEqual(await Promise.all([call(1), call(2), call(3)]), [2, 4, 6]);
  assert.deepEqual(groups, [[1, 2, 3]]);
  assert.equal(await call(4), 8);
  assert.deepEqual(groups, [[1, 2, 3], [4]]);
});

test("gatherCalls() keeps to the size of a group", async () => {
  const { call, groups } = setUp(2);
  await Promise.all([1, 2, 3, 4, 5].map(call));
  assert.deepEqual(groups, [[1, 2], [3, 4], [5]]);
});

test("gatherCalls() never puts one mark twice into a group, and keeps the order", async () => {
  const { call, groups } = setUp(10, (input) => (input > 90 ? "same" : null));
  await Promise.all([91, 1, 92, 2, 93].map(call));
  assert.deepEqual(groups, [[91, 1, 2], [92], [93]]);
});

test("gatherCalls() fails those behind a failed group too, and works on", async () => {
  const { call, groups } = setUp(2);
  const results = await Promise.allSettled([1, 13, 3, 4].map(call));
  assert.deepEqual(
    results.map(({ status }) => status),
    ["rejected", "rejected", "rejected", "rejected"],
  );
  assert.deepEqual(groups, [[1, 13]]);
  assert.equal(await call(5), 10);
});
