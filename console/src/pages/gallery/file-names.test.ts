import assert from "node:assert/strict";
import { test } from "node:test";
import type { TaskDetail } from "../../lib/tasks.ts";
import { namedFiles } from "./file-names.ts";

function task(part: object): TaskDetail {
  return { model: "kling-3.0/pro", prompt: "", ...part } as Partial<TaskDetail> as TaskDetail;
}

function file(position: number, url: string | null) {
  return { position, file_url: url, size_bytes: 10 };
}

test("namedFiles() names files for people, each once, and leaves out what is gone", () => {
  const tasks = [
    task({
      task_id: "task-unified-1-aaaaaa",
      prompt: `A "red" fox: C:\\x`,
      files: [file(0, "http://g/files/f1/a.png?sig=1.z"), file(1, "http://g/files/f2/b.PNG")],
    }),
    task({ task_id: "task-unified-1-bbbbbb", files: [file(0, "http://g/files/f3/c.mp4")] }),
    task({ task_id: "task-unified-1-cccccc", prompt: "gone", files: [file(0, null)] }),
  ];
  assert.deepEqual(
    namedFiles(tasks).map(({ name }) => name),
    ["a-red-fox-c-x-aaaaaa-1.png", "a-red-fox-c-x-aaaaaa-2.PNG", "kling-3-0-pro-bbbbbb.mp4"],
  );
});
