import assert from "node:assert/strict";
import { test } from "node:test";
import { FIT, moveBy, zoomBy, zoomByKey } from "./zoom.ts";

test("zoomBy() keeps what lies under the point where it is", () => {
  const at = { x: 0.3, y: -0.2 };
  const before = zoomBy(FIT, 2, at);
  const after = zoomBy(before, 1.5, at);
  for (const axis of ["x", "y"] as const) {
    const content = (at[axis] - before[axis]) / before.scale;
    assert.ok(Math.abs(content * after.scale + after[axis] - at[axis]) < 1e-9);
  }
});

test("zoomBy() never shows less than the whole, nor more than twelve times", () => {
  assert.deepEqual(zoomBy(FIT, 0.5), FIT);
  assert.equal(zoomBy(FIT, 99).scale, 12);
  const moved = moveBy(zoomBy(FIT, 4), { x: 1, y: 1 });
  assert.deepEqual(zoomBy(moved, 0.01), FIT, "back at the whole, it lies in the middle");
});

test("moveBy() keeps the edge of the picture outside the pane", () => {
  assert.deepEqual(moveBy(FIT, { x: 0.4, y: 0.4 }), FIT);
  assert.deepEqual(moveBy(zoomBy(FIT, 3), { x: 9, y: -9 }), { scale: 3, x: 1, y: -1 });
});

test("zoomByKey() zooms by + and −, moves by arrows while it is large, and nothing else", () => {
  assert.equal(zoomByKey(FIT, "ArrowRight"), null, "the arrows go to the next result");
  const large = zoomByKey(FIT, "+");
  assert.ok(large !== null && large.scale > 1);
  assert.ok((zoomByKey(large, "ArrowRight")?.x ?? 0) < 0);
  assert.deepEqual(zoomByKey(large, "-"), FIT);
  assert.deepEqual(zoomByKey(large, "0"), FIT);
  assert.equal(zoomByKey(large, "q"), null);
});
