import assert from "node:assert/strict";
import { test } from "node:test";
import { pixelSize } from "./pixel-size.ts";

test("pixelSize() reads both spellings of a text, and an object", () => {
  const size = { width: 2304, height: 1536 };

  assert.deepEqual(pixelSize("2304x1536"), size);
  assert.deepEqual(pixelSize("2304X1536"), size);
  assert.deepEqual(pixelSize({ width: 2304, height: 1536 }), size);
});

test("pixelSize() gives null for everything else", () => {
  for (const size of ["auto", "16:9", "2K", "", "x", "12x", "0x10", "-1x4", "1.5x2", 7, null]) {
    assert.equal(pixelSize(size), null, String(size));
  }
  for (const size of [undefined, [], {}, { width: 5 }, { width: 0, height: 5 }]) {
    assert.equal(pixelSize(size), null, JSON.stringify(size));
  }
});
