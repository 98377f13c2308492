import assert from "node:assert/strict";
import { test } from "node:test";
import { makePulses } from "./pulses.ts";
import type { TaskPulse } from "./store.ts";

const PULSE: TaskPulse = { stage: "polling", progress: 5, routeIndex: 0, startedAtMs: 1 };

test("Pulses.get() gives what was put, to its project alone", () => {
  const pulses = makePulses();
  pulses.put("a", "t", PULSE);
  assert.deepEqual(pulses.get("a", "t"), PULSE);
  assert.equal(pulses.get("b", "t"), null);
  assert.equal(pulses.get("a", "u"), null);
});

test("Pulses.forget() takes one task away", () => {
  const pulses = makePulses();
  pulses.put("a", "t", PULSE);
  pulses.put("a", "u", PULSE);
  pulses.forget("t");
  assert.equal(pulses.get("a", "t"), null);
  assert.deepEqual(pulses.get("a", "u"), PULSE);
});

test("Pulses.put() keeps 10,000 and lets the oldest go", () => {
  const pulses = makePulses();
  for (let index = 0; index <= 10_000; index += 1) pulses.put("a", `t${index}`, PULSE);
  assert.equal(pulses.get("a", "t0"), null);
  assert.notEqual(pulses.get("a", "t1"), null);
  assert.notEqual(pulses.get("a", "t10000"), null);
});
