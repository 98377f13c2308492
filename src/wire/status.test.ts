import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { matchGolden } from "../../test/support/golden.ts";
import {
  finishedTask,
  SAMPLE_MS,
  SAMPLE_OUTPUTS,
  sampleTask,
  sampleUrl,
} from "../../test/support/wire-samples.ts";
import type { TaskStage } from "../core/task.ts";
import { errorMessageOf, pollAfterMs, statusData } from "./status.ts";

test("statusData() shows each state of a task with every member", () => {
  const states = {
    not_started: sampleTask(),
    submitting: sampleTask({ stage: "submitting" }),
    running: sampleTask({ stage: "polling", startedAtMs: SAMPLE_MS + 1, progress: 45 }),
    stalled: sampleTask({ stage: "unknown", startedAtMs: SAMPLE_MS + 1, routeIndex: 1 }),
    failed: sampleTask({
      stage: "failed",
      startedAtMs: SAMPLE_MS + 1,
      progress: 45,
      charged: 0,
      errorCode: "content_policy",
      errorMessage: "The prompt violates our content policy",
      expiresAtMs: SAMPLE_MS + 86_400_000,
    }),
  };
  const shown = Object.entries(states).map(([name, task]) => [
    name,
    statusData({ task, files: [] }, SAMPLE_MS + 5_000, sampleUrl),
  ]);
  matchGolden("http-status", Object.fromEntries(shown));
});

test("statusData() lists the files of every kind of result, main results first", () => {
  const shown = Object.entries(SAMPLE_OUTPUTS).map(([name, { outputs, files }]) => [
    name,
    statusData({ task: finishedTask(outputs), files }, SAMPLE_MS, sampleUrl),
  ]);
  matchGolden("http-status-finished", Object.fromEntries(shown));
});

test("statusData() has the same members in every state", () => {
  const { outputs, files } = SAMPLE_OUTPUTS.video ?? assert.fail("no sample");
  const members = Object.keys(statusData({ task: sampleTask(), files: [] }, SAMPLE_MS, sampleUrl));
  const finished = statusData({ task: finishedTask(outputs), files }, SAMPLE_MS, sampleUrl);
  assert.deepEqual(Object.keys(finished), members);
});

test("statusData() never shows 100 before the end", () => {
  const task = sampleTask({ stage: "collecting", startedAtMs: SAMPLE_MS, progress: 100 });
  assert.equal(statusData({ task, files: [] }, SAMPLE_MS, sampleUrl).progress, 99);
});

test("statusData() rounds credits up and keeps them exact beside", () => {
  const { credits, credits_amount } = statusData(
    { task: sampleTask({ hold: 8_481 }), files: [] },
    SAMPLE_MS,
    sampleUrl,
  );
  assert.deepEqual({ credits, credits_amount }, { credits: "8.481", credits_amount: 9 });
});

test("statusData() names no provider, when no route is left", () => {
  const task = sampleTask({ routeIndex: 2 });
  assert.equal(statusData({ task, files: [] }, SAMPLE_MS, sampleUrl).provider, null);
});

test("pollAfterMs() grows with the age of the task", () => {
  const cases: readonly (readonly [number, number])[] = [
    [0, 1_000],
    [14_999, 1_000],
    [15_000, 2_000],
    [59_999, 2_000],
    [60_000, 5_000],
    [600_000, 10_000],
    [86_400_000, 10_000],
  ];
  for (const [ageMs, expected] of cases) {
    assert.equal(pollAfterMs(sampleTask(), SAMPLE_MS + ageMs), expected, `${ageMs}`);
  }
});

test("pollAfterMs() is null once the task has ended", () => {
  for (const stage of ["finished", "failed"] as const) {
    assert.equal(pollAfterMs({ stage, createdAtMs: 0 }, 1e9), null);
  }
});

test("errorMessageOf() is set exactly when the task failed", () => {
  const stages: readonly TaskStage[] = ["queued", "submitting", "polling", "finished", "failed"];
  fc.assert(
    fc.property(fc.constantFrom(...stages), fc.option(fc.string()), (stage, errorMessage) => {
      assert.equal(errorMessageOf({ stage, errorMessage }) !== null, stage === "failed");
    }),
  );
});
