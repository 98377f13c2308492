import assert from "node:assert/strict";
import { test } from "node:test";
import { atLeast, atMost, quantile, spread, told } from "./figure.ts";

const ONE_TO_TWENTY = Array.from({ length: 20 }, (_, index) => index + 1);

test("quantile() gives the smallest value that the share does not exceed", () => {
  assert.equal(quantile(ONE_TO_TWENTY, 0.5), 10);
  assert.equal(quantile(ONE_TO_TWENTY, 0.95), 19);
  assert.equal(quantile(ONE_TO_TWENTY, 1), 20);
  assert.equal(quantile([7], 0.5), 7);
  assert.equal(quantile([], 0.5), 0);
});

test("quantile() sorts by number, not by text", () => {
  assert.equal(quantile([100, 20, 3], 0.5), 20);
});

test("spread() holds only when all three figures do", () => {
  assert.deepEqual(spread("lines", ONE_TO_TWENTY, { p50: 10, p95: 19, max: 20 }), {
    name: "lines p50 / p95 / max",
    value: "10 / 19 / 20",
    bar: "≤ 10 / 19 / 20",
    holds: true,
  });
  assert.equal(spread("lines", ONE_TO_TWENTY, { p50: 10, p95: 18, max: 20 }).holds, false);
});

test("atMost(), atLeast() and told() hold at the bar, beyond it, and never", () => {
  assert.deepEqual([atMost("a", 3, 3).holds, atMost("a", 4, 3).holds], [true, false]);
  assert.deepEqual([atLeast("a", 3, 3).holds, atLeast("a", 2, 3).holds], [true, false]);
  assert.equal(told("a", 1).holds, null);
});
