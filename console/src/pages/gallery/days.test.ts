import assert from "node:assert/strict";
import { test } from "node:test";
import type { TaskItem } from "../../lib/tasks.ts";
import { byDay } from "./days.ts";

test("tasks are parted by day and keep their order", () => {
  const at = (created_time: string): TaskItem =>
    ({ created_time, task_id: created_time }) as Partial<TaskItem> as TaskItem;
  const days = byDay([
    at("2026-11-20T12:30:00"),
    at("2026-11-20T11:30:00"),
    at("2026-11-18T12:00:00"),
  ]);
  assert.deepEqual(
    days.map(({ tasks }) => tasks.length),
    [2, 1],
  );
  assert.equal(days[0]?.tasks[0]?.task_id, "2026-11-20T12:30:00");
});
