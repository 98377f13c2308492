import type { Attempt, Task } from "../../core/task.ts";
import { TASK_STAGES, toAttempt, toCreation, toFile, toPulse, toTask } from "../rows.ts";
import type { CreationRow, TaskPulse, TaskQuery, TaskView } from "../store.ts";
import { all, type Dialect, first, type Transaction } from "../transaction.ts";

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

/** What of a project's task changes before its end, or `null`. */
export function* peekTask(
  _: Dialect,
  query: { readonly projectId: string; readonly taskId: string },
): Transaction<TaskPulse | null> {
  const row = yield* first(
    `SELECT stage, progress, route_index, started_at FROM task WHERE id = $1 AND project_id = $2`,
    query.taskId,
    query.projectId,
  );
  return row === null ? null : toPulse(row);
}

/** A project's tasks, newest first. */
export function* listTasks(_: Dialect, query: TaskQuery): Transaction<readonly Task[]> {
  const wanted = query.stages ?? TASK_STAGES;
  // One text for every query, so that it is prepared once: absent places hold NULL, which no
  // stage equals, and the first page begins before the end of time.
  const rows = yield* all(
    `SELECT * FROM task WHERE project_id = $1 AND (created_at, id) < ($2, $3)
        AND stage IN ($4, $5, $6, $7, $8, $9, $10)
      ORDER BY created_at DESC, id DESC LIMIT $11`,
    query.projectId,
    query.before?.createdAtMs ?? Number.MAX_SAFE_INTEGER,
    query.before?.id ?? "",
    ...TASK_STAGES.map((_, place) => wanted[place] ?? null),
    query.limit,
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

/** An attempt with its task, or `null`. */
export function* findAttempt(
  _: Dialect,
  attemptId: string,
): Transaction<{ readonly attempt: Attempt; readonly task: Task } | null> {
  const row = yield* first(`SELECT * FROM attempt WHERE id = $1`, attemptId);
  if (row === null) return null;
  const attempt = toAttempt(row);
  const owner = yield* first(`SELECT * FROM task WHERE id = $1`, attempt.taskId);
  return owner === null ? null : { attempt, task: toTask(owner) };
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
