import type { TaskStatus } from "../../core/task.ts";
import { type Dialect, idSet, type SqlValue } from "../transaction.ts";
import type { TaskFilter } from "../view-store.ts";

/** Conditions on `task` and the values of their places. */
export interface Conditions {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Writes a filter as conditions whose places begin at `$1`, the project's. */
export function conditionsOf(dialect: Dialect, filter: TaskFilter): Conditions {
  const values: SqlValue[] = [filter.projectId];
  const place = (value: SqlValue): string => `$${values.push(value)}`;
  const within = (column: string, words: readonly string[] | undefined): readonly string[] =>
    words === undefined ? [] : [`${column} IN (SELECT key FROM json_each(${place(idSet(words))}))`];
  const { statuses, mode, fromMs, toMs, search, isStarred, ids } = filter;
  const parts = [
    "task.project_id = $1",
    ...(statuses === undefined ? [] : [`(${statuses.map((word) => STATUS[word]).join(" OR ")})`]),
    ...within("task.id", ids),
    ...(isStarred === undefined ? [] : ["task.starred_at IS NOT NULL"]),
    ...within("task.model", filter.models),
    ...within("task.key_id", filter.keys),
    ...(filter.providers === undefined
      ? []
      : [
          `EXISTS (SELECT 1 FROM attempt WHERE attempt.task_id = task.id AND ${within(
            "attempt.provider",
            filter.providers,
          )})`,
        ]),
    ...(mode === undefined ? [] : [`task.mode = ${place(mode)}`]),
    ...(fromMs === undefined ? [] : [`task.created_at >= ${place(fromMs)}`]),
    ...(toMs === undefined ? [] : [`task.created_at < ${place(toMs)}`]),
    ...(search === undefined ? [] : [searching(dialect, place(`%${escaped(search)}%`))]),
  ];
  return { sql: parts.join(" AND "), values };
}

/** The prompt of a task as SQL, or nothing where it has none. */
export function promptOf({ name }: Dialect): string {
  if (name === "sqlite") return `coalesce(task.input ->> '$.prompt', task.input ->> '$.title')`;
  // Its JSON cannot give a text with NUL or half a surrogate pair: such a prompt is not shown.
  return `CASE WHEN task.input ~ '\\\\u(0000|d[89a-f])' THEN NULL
    ELSE coalesce(task.input::json ->> 'prompt', task.input::json ->> 'title') END`;
}

const OPEN = "task.due_at IS NOT NULL";

const STATUS: Readonly<Record<TaskStatus, string>> = {
  not_started: `(${OPEN} AND task.started_at IS NULL)`,
  running: `(${OPEN} AND task.started_at IS NOT NULL)`,
  finished: "task.stage = 'finished'",
  failed: "task.stage = 'failed'",
};

function searching(dialect: Dialect, pattern: string): string {
  const like = dialect.name === "sqlite" ? "LIKE" : "ILIKE";
  const columns = ["task.id", promptOf(dialect)];
  return `(${columns.map((each) => `${each} ${like} ${pattern} ESCAPE '!'`).join(" OR ")})`;
}

function escaped(text: string): string {
  return text.replace(/[!%_]/g, "!$&");
}
