import type { Attempt, Task } from "../../core/task.ts";
import { toAttempt, toCreation, toFile, toTask } from "../rows.ts";
import type { CreationRow, TaskQuery, TaskView } from "../store.ts";
import { all, type Dialect, first, type SqlValue, type Transaction } from "../transaction.ts";

/** A task of a project with its files, or `null`. */
export function* findTask(
  _: Dialect,
  query: { readonly projectId: string; readonly taskId: string },
): Transaction<TaskView | null> {
  const row = yield* first(
    `SELECT * FROM task WHERE id = $1 AND project_id = $2`,
    query.taskId,
    query.projectId,
  );
  if (row === null) return null;
  const task = toTask(row);
  if (task.stage !== "finished") return { task, files: [] };
  const files = yield* all(`SELECT * FROM file WHERE task_id = $1 ORDER BY position`, task.id);
  return { task, files: files.map(toFile) };
}

/** A project's tasks, newest first. */
export function* listTasks(_: Dialect, query: TaskQuery): Transaction<readonly Task[]> {
  const values: SqlValue[] = [query.projectId, query.limit];
  const conditions = ["project_id = $1"];
  if (query.before !== undefined) {
    values.push(query.before.createdAtMs, query.before.id);
    conditions.push(`(created_at, id) < ($3, $4)`);
  }
  if (query.stages !== undefined) {
    const places = query.stages.map((stage) => `$${values.push(stage)}`);
    conditions.push(`stage IN (${places.join(", ")})`);
  }
  const rows = yield* all(
    `SELECT * FROM task WHERE ${conditions.join(" AND ")}
      ORDER BY created_at DESC, id DESC LIMIT $2`,
    ...values,
  );
  return rows.map(toTask);
}

/** All attempts of a project's task, first to last. */
export function* listAttempts(
  _: Dialect,
  query: { readonly projectId: string; readonly taskId: string },
): Transaction<readonly Attempt[]> {
  const rows = yield* all(
    `SELECT * FROM attempt WHERE task_id = $1 AND project_id = $2 ORDER BY number`,
    query.taskId,
    query.projectId,
  );
  return rows.map(toAttempt);
}

/** Earlier creations of the project in the order of `ids`; unknown ones are left out. */
export function* findCreations(
  _: Dialect,
  query: { readonly projectId: string; readonly ids: readonly string[] },
): Transaction<readonly CreationRow[]> {
  const found: CreationRow[] = [];
  for (const id of query.ids) {
    const row = yield* first(
      `SELECT * FROM creation WHERE project_id = $1 AND id = $2`,
      query.projectId,
      id,
    );
    if (row === null) continue;
    const creation = toCreation(row);
    const file = yield* first(
      `SELECT * FROM file WHERE task_id = $1 AND position = $2`,
      creation.taskId,
      creation.file ?? -1,
    );
    found.push({ ...creation, fileRow: file === null ? null : toFile(file) });
  }
  return found;
}
