import assert from "node:assert/strict";
import { test } from "node:test";
import { accepted, underWay } from "./job.ts";

const PHASES = { queued: ["waiting", "held"], running: ["busy"] };
const OPTIONS = { pollAfterMs: 2_000, progress: 40 };

for (const [status, seen] of [
  ["waiting", { phase: "queued", progress: null }],
  ["held", { phase: "queued", progress: null }],
  ["busy", { phase: "running", progress: 40 }],
  ["Busy", { phase: "running", progress: null, unknownStatus: "Busy" }],
  ["", { phase: "running", progress: null, unknownStatus: "" }],
  ["toString", { phase: "running", progress: null, unknownStatus: "toString" }],
  ["x".repeat(101), { phase: "running", progress: null, unknownStatus: "x".repeat(100) }],
] as const) {
  test(`underWay() keeps a job going that is "${status}"`, () => {
    const expected = { kind: "pending", pollAfterMs: 2_000, ...seen };
    assert.deepEqual(underWay(status, PHASES, OPTIONS), expected);
  });
}

test("underWay() takes an answer without a state for no answer", () => {
  assert.equal(underWay(null, PHASES, OPTIONS), null);
});

test("accepted() takes a job without an id for no answer", () => {
  assert.equal(accepted(null, 2_000), null);
  assert.deepEqual(accepted("j1", 2_000, { kind: "film" }), {
    kind: "accepted",
    operation: { id: "j1", kind: "film" },
    pollAfterMs: 2_000,
  });
});
