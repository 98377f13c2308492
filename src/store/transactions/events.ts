import type { EventRow } from "../door-store.ts";
import { integer, toEvent } from "../rows.ts";
import { all, type Dialect, first, type Transaction } from "../transaction.ts";

/** A project's events after a position, in the order of their commits. */
export function* listEvents(
  _: Dialect,
  query: { readonly projectId: string; readonly after: number; readonly limit: number },
): Transaction<readonly EventRow[]> {
  const rows = yield* all(
    `SELECT * FROM event WHERE project_id = $1 AND position > $2 ORDER BY position LIMIT $3`,
    query.projectId,
    query.after,
    query.limit,
  );
  return rows.map(toEvent);
}

/** The position of a project's latest event, 0 when there is none. */
export function* latestEvent(_: Dialect, projectId: string): Transaction<number> {
  const row = yield* first(`SELECT events FROM project WHERE id = $1`, projectId);
  return row === null ? 0 : integer(row, "events");
}
