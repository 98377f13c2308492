import assert from "node:assert/strict";
import { test } from "node:test";
import { niceScale } from "./scale.ts";

test("a scale begins at zero, holds the highest value and has few ticks", () => {
  for (const most of [0.004, 0.7, 1, 3, 9.99, 10, 17, 99, 1_204.5, 86_400_000]) {
    const ticks = niceScale(most);
    assert.equal(ticks[0], 0);
    assert.ok((ticks.at(-1) ?? 0) >= most, `${most}: ${ticks}`);
    assert.ok(ticks.length >= 3 && ticks.length <= 6, `${most}: ${ticks}`);
  }
});

test("what is counted has no halves", () => {
  assert.deepEqual(niceScale(2, true), [0, 1, 2]);
  assert.ok(niceScale(7, true).every(Number.isInteger));
});

test("where nothing was, the axis still stands", () => {
  assert.deepEqual(niceScale(0), [0, 1]);
  assert.deepEqual(niceScale(Number.NaN), [0, 1]);
});
