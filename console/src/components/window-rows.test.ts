import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsAt } from "./window-rows.ts";

const LIST = { height: 900, count: 10_000, rowHeight: 40 };

test("what can be seen is in the document, and never more than sixty rows", () => {
  for (let offset = -400; offset < 10_000 * 40; offset += 137) {
    const { from, to } = rowsAt({ ...LIST, offset });
    assert.ok(to - from <= 60, `${to - from} rows`);
    const firstSeen = Math.max(0, Math.floor(offset / 40));
    const lastSeen = Math.min(LIST.count, Math.ceil((offset + LIST.height) / 40));
    if (firstSeen >= LIST.count) continue;
    assert.ok(from <= firstSeen && to >= lastSeen, `${from}–${to} at ${offset}`);
  }
});

test("a short list is whole, an empty one empty", () => {
  assert.deepEqual(rowsAt({ ...LIST, offset: 0, count: 3 }), { from: 0, to: 3 });
  assert.deepEqual(rowsAt({ ...LIST, offset: 500, count: 0 }), { from: 0, to: 0 });
});
