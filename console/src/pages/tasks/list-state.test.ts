import assert from "node:assert/strict";
import { test } from "node:test";
import type { TaskItem } from "../../lib/tasks.ts";
import { reduce, type TaskList } from "./list-state.ts";

const EMPTY: TaskList = { rows: [], fresh: [], cursor: undefined, error: null, loading: true };

function item(id: number, change: Partial<TaskItem> = {}): TaskItem {
  const made = new Date(Date.UTC(2026, 10, 20, 10, 0, id)).toISOString().slice(0, 19);
  const facts: Partial<TaskItem> = { task_id: `task-${id}`, status: "running", created_time: made };
  return { ...facts, ...change } as TaskItem;
}

const ids = (rows: readonly TaskItem[]): readonly string[] => rows.map(({ task_id }) => task_id);
const page = (rows: readonly TaskItem[], cursor: string | null = null) => ({
  tasks: rows,
  cursor,
  newest: null,
});

test("pages follow each other, and no task stands twice", () => {
  const first = reduce(EMPTY, { kind: "page", page: page([item(5), item(4)], "a"), first: true });
  const second = reduce(first, { kind: "page", page: page([item(4), item(3)]), first: false });
  assert.deepEqual(ids(second.rows), ["task-5", "task-4", "task-3"]);
  assert.equal(second.cursor, null);
});

test("what is new waits while somebody reads, and goes on top when they ask", () => {
  const before = reduce(EMPTY, { kind: "page", page: page([item(5)]), first: true });
  const held = reduce(before, { kind: "newest", tasks: [item(6), item(5)], insert: false });
  assert.deepEqual([ids(held.rows), ids(held.fresh)], [["task-5"], ["task-6"]]);
  assert.deepEqual(ids(reduce(held, { kind: "show" }).rows), ["task-6", "task-5"]);
  const put = reduce(before, { kind: "newest", tasks: [item(6), item(5)], insert: true });
  assert.deepEqual(ids(put.rows), ["task-6", "task-5"]);
});

test("rows are patched in place, and an end is final", () => {
  const before = reduce(EMPTY, { kind: "page", page: page([item(5)]), first: true });
  const ended = item(5, { status: "finished" });
  const done = reduce(before, { kind: "newest", tasks: [ended], insert: true });
  assert.equal(done.rows[0]?.status, "finished");
  const late = reduce(done, { kind: "newest", tasks: [item(5)], insert: true });
  assert.equal(late.rows[0]?.status, "finished", "an answer that was under way is older");
});

test("an older task does not jump to the top", () => {
  const before = reduce(EMPTY, { kind: "page", page: page([item(5)]), first: true });
  const after = reduce(before, { kind: "newest", tasks: [item(1)], insert: true });
  assert.deepEqual(ids(after.rows), ["task-5"]);
});

test("a star shows at once, also on what still waits above", () => {
  const before = reduce(EMPTY, { kind: "page", page: page([item(5), item(4)]), first: true });
  const held = reduce(before, { kind: "newest", tasks: [item(6)], insert: false });
  const starred = reduce(held, { kind: "star", taskId: "task-6", starred: true });
  assert.deepEqual(
    [...starred.fresh, ...starred.rows].map((row) => row.starred === true),
    [true, false, false],
  );
});
