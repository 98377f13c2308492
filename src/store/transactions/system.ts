import { integer, integerOrNull, toStage } from "../rows.ts";
import { all, type Dialect, first, type Transaction } from "../transaction.ts";
import type { SystemSums } from "../view-store.ts";

/** What waits, what is held and what ends soon, of all projects. */
export function* sumSystem(
  _: Dialect,
  { endsBeforeMs }: { readonly endsBeforeMs: number },
): Transaction<SystemSums> {
  const stages = yield* all(
    `SELECT stage, count(*) AS tasks FROM task WHERE due_at IS NOT NULL GROUP BY stage`,
  );
  const tasks = yield* first(
    `SELECT min(due_at) AS due_at FROM task WHERE due_at IS NOT NULL AND leased = 0`,
  );
  const deliveries = yield* first(
    `SELECT count(*) AS waiting, min(due_at) AS due_at FROM delivery WHERE due_at IS NOT NULL`,
  );
  const files = yield* first(
    `SELECT count(*) AS kept, coalesce(CAST(sum(size_bytes) AS BIGINT), 0) AS bytes,
        coalesce(CAST(sum(CASE WHEN expires_at < $1 THEN 1 ELSE 0 END) AS BIGINT), 0) AS ending
      FROM file WHERE deleted_at IS NULL`,
    endsBeforeMs,
  );
  return {
    stages: stages.map((row) => ({ stage: toStage(row), tasks: integer(row, "tasks") })),
    taskDueMs: tasks === null ? null : integerOrNull(tasks, "due_at"),
    deliveriesWaiting: deliveries === null ? 0 : integer(deliveries, "waiting"),
    deliveryDueMs: deliveries === null ? null : integerOrNull(deliveries, "due_at"),
    filesKept: files === null ? 0 : integer(files, "kept"),
    fileBytes: files === null ? 0 : integer(files, "bytes"),
    filesEnding: files === null ? 0 : integer(files, "ending"),
  };
}
