import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readRange } from "./byte-range.ts";

test("readRange() gives a part that lies inside the body", () => {
  const number = fc.oneof(fc.constant(""), fc.nat({ max: 200 }).map(String));
  fc.assert(
    fc.property(number, number, fc.nat({ max: 100 }), (first, last, sizeBytes) => {
      const verdict = readRange(`bytes=${first}-${last}`, sizeBytes);
      if (verdict.kind !== "part") return;
      const { start, end } = verdict.range;
      assert.ok(0 <= start && start <= end && end < sizeBytes);
    }),
  );
});

test("readRange() never throws and takes only a part that it understood", () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), (header, sizeBytes) => {
      const { kind } = readRange(header, sizeBytes);
      if (kind !== "whole") assert.match(header, /^bytes=/i);
    }),
  );
});

test("readRange() of no header is the whole body", () => {
  assert.deepEqual(readRange(undefined, 10), { kind: "whole" });
});

test("readRange() of an empty body can be satisfied by nothing", () => {
  assert.deepEqual(readRange("bytes=0-", 0), { kind: "unsatisfiable" });
  assert.deepEqual(readRange("bytes=-5", 0), { kind: "unsatisfiable" });
});
