import assert from "node:assert/strict";
import { test } from "node:test";
import type { Attempt, Happening, TaskDetail } from "../../lib/tasks.ts";
import { layTimeline, placeOf } from "./timeline.ts";

const START = 1_795_170_600_000;

function taskOf(change: {
  readonly attempts?: readonly Partial<Attempt>[];
  readonly events?: readonly Partial<Happening>[];
}): TaskDetail {
  const facts = {
    status: "finished",
    attempts: change.attempts ?? [],
    events: [{ kind: "accepted", at_ms: START, facts: {} }, ...(change.events ?? [])],
  };
  return facts as unknown as TaskDetail;
}

const LONG = taskOf({
  attempts: [
    {
      provider: "kling",
      state: "rejected",
      intent_ms: START + 100,
      ended_ms: START + 400,
      produced_ms: null,
    },
    {
      provider: "fal",
      state: "succeeded",
      intent_ms: START + 500,
      produced_ms: START + 68_000,
      ended_ms: START + 70_000,
    },
  ],
  events: [
    { kind: "finished", at_ms: START + 70_000, facts: {} },
    { kind: "callback_tried", at_ms: START + 70_100, facts: { status: 200, duration_ms: 80 } },
  ],
});

test("every attempt, the copying and each try of the callback have a span", () => {
  const { spans } = layTimeline(LONG, START + 100_000);
  assert.deepEqual(
    spans.map(({ kind, label, end }) => [kind, label, end]),
    [
      ["queue", "", "good"],
      ["attempt", "kling", "bad"],
      ["attempt", "fal", "good"],
      ["copy", "", "good"],
      ["callback", "", "good"],
    ],
  );
});

test("a long wait is folded, and what is around it has room", () => {
  const { pieces } = layTimeline(LONG, START + 100_000);
  assert.deepEqual(
    pieces.map(({ folded }) => folded),
    [false, true, false],
  );
  const whole = pieces.reduce((sum, { width }) => sum + width, 0);
  assert.ok(Math.abs(whole - 1) < 1e-9);
});

test("places never go back in time and stay inside", () => {
  const { pieces, totalMs } = layTimeline(LONG, START + 100_000);
  let before = 0;
  for (let ms = 0; ms <= totalMs; ms += 97) {
    const place = placeOf(pieces, START + ms);
    assert.ok(place >= before - 1e-9 && place <= 1 + 1e-9, `${place} after ${before}`);
    before = place;
  }
  assert.equal(placeOf(pieces, START - 5), 0);
});

test("a task that has just been accepted is an open wait", () => {
  const { spans, totalMs } = layTimeline({ ...taskOf({}), status: "not_started" }, START + 3_000);
  assert.deepEqual(
    spans.map(({ kind, end }) => [kind, end]),
    [["queue", "open"]],
  );
  assert.equal(totalMs, 3_000);
});
