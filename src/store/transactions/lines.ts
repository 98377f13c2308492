import { integer, integerOrNull, text, textOrNull, toLineTask, toMode, toStage } from "../rows.ts";
import { all, type Dialect, idSet, type Row, type Transaction } from "../transaction.ts";
import type { LineQuery, TaskCount, TaskFilter, TaskLine } from "../view-store.ts";
import { toViewedFile } from "./dossier.ts";
import { conditionsOf, promptOf } from "./task-filter.ts";

/** A page of tasks, newest first, each with the start of its prompt and its files. */
export function* listLines(dialect: Dialect, query: LineQuery): Transaction<readonly TaskLine[]> {
  const { sql, values } = conditionsOf(dialect, query);
  const isForward = query.after !== undefined;
  const from = query.after ?? query.before ?? FIRST_PAGE;
  const next = values.length;
  const way = isForward ? "ASC" : "DESC";
  const rows = yield* all(
    `SELECT ${COLUMNS}, substr(${promptOf(dialect)}, 1, 200) AS prompt,
        api_key.name AS key_name
      FROM task LEFT JOIN api_key ON api_key.id = task.key_id
      WHERE ${sql}
        AND (task.created_at, task.id) ${isForward ? ">" : "<"} ($${next + 1}, $${next + 2})
      ORDER BY task.created_at ${way}, task.id ${way} LIMIT $${next + 3}`,
    ...values,
    from.createdAtMs,
    from.id,
    query.limit,
  );
  const files = yield* filesOf(rows);
  const lines = rows.map((row) => toLine(row, files));
  return isForward ? lines.reverse() : lines;
}

/** How many tasks there are of each kind by which a list can be narrowed. */
export function* countLines(
  dialect: Dialect,
  filter: TaskFilter,
): Transaction<readonly TaskCount[]> {
  const { sql, values } = conditionsOf(dialect, filter);
  // Two parts: those that ended are read from their index alone, and the open ones, which are few,
  // from that of what is due, for which the project must not seem to be the narrower way.
  const open = sql.replace("task.project_id = $1", "task.project_id || '' = $1");
  const rows = yield* all(
    `SELECT sums.*, api_key.name AS key_name FROM (
      ${countsOf({ started: "0", credits: "task.charged" })}
        WHERE ${sql} AND task.finished_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6
      UNION ALL
      ${countsOf({ started: STARTED, credits: "task.hold" })}
        WHERE ${open} AND task.due_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6) AS sums
      LEFT JOIN api_key ON api_key.id = sums.key_id`,
    ...values,
  );
  return rows.map((row) => ({
    stage: toStage(row),
    hasStarted: integer(row, "started") === 1,
    isCanceled: integer(row, "canceled") === 1,
    model: text(row, "model"),
    keyId: textOrNull(row, "key_id"),
    keyName: textOrNull(row, "key_name"),
    mode: toMode(row),
    count: integer(row, "tasks"),
    credits: integer(row, "credits"),
  }));
}

const STARTED = "CASE WHEN task.started_at IS NULL THEN 0 ELSE 1 END";

function countsOf(part: { readonly started: string; readonly credits: string }): string {
  return `SELECT task.stage, ${part.started} AS started,
          CASE WHEN task.error_code = 'canceled' THEN 1 ELSE 0 END AS canceled, task.model,
          task.key_id, task.mode, count(*) AS tasks,
          CAST(sum(${part.credits}) AS BIGINT) AS credits
        FROM task`;
}

const FIRST_PAGE = { createdAtMs: Number.MAX_SAFE_INTEGER, id: "" } as const;

const COLUMNS = [
  ...["id", "project_id", "key_id", "mode", "model", "stage", "progress", "routes"],
  ...["route_index", "attempts", "hold", "charged", "error_code", "error_message", "cancel_at"],
  ...["created_at", "started_at", "soft_limit_at", "hard_limit_at", "finished_at", "expires_at"],
  "starred_at",
]
  .map((column) => `task.${column}`)
  .join(", ");

function* filesOf(tasks: readonly Row[]): Transaction<readonly Row[]> {
  const ids = tasks.filter((row) => row.stage === "finished").map((row) => text(row, "id"));
  if (ids.length === 0) return [];
  return yield* all(
    `SELECT * FROM file WHERE task_id IN (SELECT key FROM json_each($1))
      ORDER BY task_id, position`,
    idSet(ids),
  );
}

function toLine(row: Row, files: readonly Row[]): TaskLine {
  return {
    task: toLineTask(row),
    prompt: textOrNull(row, "prompt") ?? "",
    keyName: textOrNull(row, "key_name"),
    isStarred: integerOrNull(row, "starred_at") !== null,
    files: files.filter((file) => file.task_id === row.id).map(toViewedFile),
  };
}
