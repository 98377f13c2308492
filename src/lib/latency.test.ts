import assert from "node:assert/strict";
import { test } from "node:test";
import { createLatency } from "./latency.ts";

test("percentile() tells of the last ones only, in any order", () => {
  const latency = createLatency(100);
  assert.equal(latency.percentile(0.5), null);
  for (let tookMs = 1_000; tookMs > 0; tookMs -= 1) latency.note(tookMs);
  assert.deepEqual([0.5, 0.99, 1, 0].map(latency.percentile), [50, 99, 100, 1]);
  assert.equal(latency.count, 1_000);
});
