import assert from "node:assert/strict";
import { test } from "node:test";
import { matchGolden } from "../../test/support/golden.ts";
import { SAMPLE_MS, SAMPLE_OUTPUTS, sampleUrl } from "../../test/support/wire-samples.ts";
import { callbackBody } from "./callback.ts";

test("callbackBody() is flat and shows every kind of result", () => {
  const bodies = Object.entries(SAMPLE_OUTPUTS).map(([name, results]) => [
    name,
    callbackBody(
      { taskId: "task-a", createdAtMs: SAMPLE_MS, status: "finished", ...results },
      sampleUrl,
    ),
  ]);
  matchGolden("http-callback", Object.fromEntries(bodies));
});

test("callbackBody() of a failed task has no files and says why", () => {
  const end = { taskId: "task-a", createdAtMs: SAMPLE_MS, status: "failed" } as const;
  assert.deepEqual(callbackBody({ ...end, errorMessage: "Refused" }, sampleUrl), {
    task_id: "task-a",
    status: "failed",
    files: [],
    created_time: "2025-11-12T10:30:00",
    error_message: "Refused",
  });
});
