import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readRetryAfter } from "./retry-after.ts";

const NOW_MS = Date.parse("Fri, 20 Nov 2026 10:00:00 GMT");

const VALUES: readonly (readonly [string | null, number | null])[] = [
  [null, null],
  ["", null],
  ["0", 0],
  ["5", 5_000],
  [" 86400 ", 86_400_000],
  ["-1", null],
  ["1.5", null],
  ["9e9", null],
  ["soon", null],
  ["1".repeat(400), null],
  ["Fri, 20 Nov 2026 10:01:00 GMT", 60_000],
  ["Fri, 20 Nov 2026 09:59:59 GMT", null],
  ["2026-11-20T10:01:00Z", null],
  ["Xxx, 99 Xxx 2026 10:01:00 GMT", null],
];

for (const [value, expected] of VALUES) {
  test(`readRetryAfter() reads ${JSON.stringify(value)?.slice(0, 40)} as ${expected}`, () => {
    assert.equal(readRetryAfter(value, NOW_MS), expected);
  });
}

test("readRetryAfter() gives a wait or null for any text", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const waitMs = readRetryAfter(text, NOW_MS);
      assert.ok(waitMs === null || (Number.isFinite(waitMs) && waitMs >= 0));
    }),
  );
});
