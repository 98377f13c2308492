import assert from "node:assert/strict";
import { test } from "node:test";
import { Circuit } from "./circuit.ts";

function noted(answers: readonly boolean[], everyMs = 1_000): { circuit: Circuit; nowMs: number } {
  const circuit = new Circuit();
  let nowMs = 1_000_000;
  for (const answered of answers) {
    nowMs += everyMs;
    circuit.note(nowMs, answered);
  }
  return { circuit, nowMs };
}

const silences = (count: number): readonly boolean[] => Array.from({ length: count }, () => false);

test("Circuit rests for 30 seconds after ten calls of which most had no answer", () => {
  const { circuit, nowMs } = noted([true, true, true, true, ...silences(6)]);
  assert.equal(circuit.restMs(nowMs), 30_000);
  assert.ok(circuit.restMs(nowMs + 30_000) <= 0);
});

test("Circuit does not rest on nine calls, nor when half were answered", () => {
  for (const answers of [silences(9), [...silences(5), true, true, true, true, true]]) {
    const { circuit, nowMs } = noted(answers);
    assert.ok(circuit.restMs(nowMs) <= 0);
  }
});

test("Circuit forgets what is older than five minutes", () => {
  const { circuit, nowMs } = noted(silences(20), 40_000);
  assert.ok(circuit.restMs(nowMs) <= 0);
});

test("Circuit rests again when the first call after a rest has no answer, else starts anew", () => {
  const { circuit, nowMs } = noted(silences(10));
  circuit.note(nowMs + 30_000, false);
  assert.equal(circuit.restMs(nowMs + 30_000), 30_000);
  circuit.note(nowMs + 60_000, true);
  for (const later of [1, 2, 3, 4, 5]) circuit.note(nowMs + 60_000 + later, false);
  assert.ok(circuit.restMs(nowMs + 60_005) <= 0);
});
