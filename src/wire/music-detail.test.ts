import assert from "node:assert/strict";
import { test } from "node:test";
import { matchGolden } from "../../test/support/golden.ts";
import {
  finishedTask,
  SAMPLE_OUTPUTS,
  sampleTask,
  sampleUrl,
} from "../../test/support/wire-samples.ts";
import { musicDetailData } from "./music-detail.ts";

test("musicDetailData() shows the items of every kind of result", () => {
  const shown = Object.entries(SAMPLE_OUTPUTS).map(([name, { outputs, files }]) => [
    name,
    musicDetailData({ task: finishedTask(outputs), files }, sampleUrl),
  ]);
  matchGolden("http-music-detail", Object.fromEntries(shown));
});

test("musicDetailData() has the five documented members and an empty list before the end", () => {
  assert.deepEqual(musicDetailData({ task: sampleTask(), files: [] }, sampleUrl), {
    task_id: "task-unified-1762943400-abcdefghijklmnopqrstuvwxyz",
    status: "not_started",
    files: [],
    created_time: "2025-11-12T10:30:00",
    error_message: null,
  });
});

test("musicDetailData() says why a task failed", () => {
  const task = sampleTask({ stage: "failed", errorMessage: "The lyrics were refused" });
  const { status, files, error_message } = musicDetailData({ task, files: [] }, sampleUrl);
  assert.deepEqual(
    { status, files, error_message },
    { status: "failed", files: [], error_message: "The lyrics were refused" },
  );
});
