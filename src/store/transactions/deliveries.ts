import type { DeliveryTry, DueDelivery } from "../../core/delivery.ts";
import { integerOrNull, text, toDueDelivery, toTry } from "../rows.ts";
import type { DeliveryClaim, TryRecord } from "../store.ts";
import { all, type Dialect, first, idSet, presentMs, type Transaction } from "../transaction.ts";
import { noteEndpoint } from "./endpoints.ts";

/** Leases due deliveries, oldest due first, with the body that each has to carry. */
export function* claimDeliveries(
  dialect: Dialect,
  claim: DeliveryClaim,
): Transaction<readonly DueDelivery[]> {
  const nowMs = presentMs(dialect, claim.nowMs);
  const due = yield* all(
    `SELECT id FROM delivery
      WHERE due_at <= $1 AND host NOT IN (SELECT key FROM json_each($3))
        AND project_id NOT IN (SELECT key FROM json_each($4))
      ORDER BY due_at LIMIT $2 ${dialect.skipLocked}`,
    nowMs,
    claim.limit,
    idSet(claim.notHosts ?? []),
    idSet(claim.notProjects ?? []),
  );
  if (due.length === 0) return [];
  const ids = due.map((row) => text(row, "id"));
  yield* all(
    `UPDATE delivery SET due_at = $1, fence = fence + 1
      WHERE id IN (SELECT key FROM json_each($2))`,
    nowMs + claim.leaseMs,
    idSet(ids),
  );
  const rows = yield* all(
    `SELECT delivery.*, event.body, project.webhook_retry_4xx, project.webhook_turn,
        project.webhook_turned_at
      FROM delivery JOIN event ON event.id = delivery.event_id
        JOIN project ON project.id = delivery.project_id
      WHERE delivery.id IN (SELECT key FROM json_each($1))`,
    idSet(ids),
  );
  const found = new Map(rows.map((row) => [row.id, toDueDelivery(row)]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** When the next delivery is due by the caller's clock, or `null`. */
export function* nextDelivery(
  dialect: Dialect,
  caller: { readonly nowMs: number },
): Transaction<number | null> {
  const row = yield* first(`SELECT min(due_at) AS due_at FROM delivery WHERE due_at IS NOT NULL`);
  const dueAtMs = row === null ? null : integerOrNull(row, "due_at");
  return dueAtMs === null ? null : dueAtMs + caller.nowMs - presentMs(dialect, caller.nowMs);
}

/** Writes a try and what follows; gives whether the lease was still held. */
export function* recordTry(dialect: Dialect, record: TryRecord): Transaction<boolean> {
  const made = record.try;
  const moved = yield* first(
    `UPDATE delivery SET state = $1, due_at = $2, tries = $3
      WHERE id = $4 AND fence = $5 AND state = 'waiting' RETURNING project_id, host`,
    record.state,
    record.dueAtMs === null ? null : dueAt(dialect, made, record.dueAtMs),
    made.number,
    made.deliveryId,
    record.fence,
  );
  if (moved === null) return false;
  yield* all(
    `INSERT INTO delivery_try (id, project_id, delivery_id, number, started_at, duration_ms,
        status, error_class, excerpt, headers)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    made.id,
    text(moved, "project_id"),
    made.deliveryId,
    made.number,
    made.startedAtMs,
    made.durationMs,
    made.status,
    made.errorClass,
    made.excerpt,
    record.headers === undefined ? null : JSON.stringify(record.headers),
  );
  const place = { projectId: text(moved, "project_id"), host: text(moved, "host") };
  yield* noteEndpoint(place, record);
  return true;
}

/** Moves a time of the caller to the clock that decides what is due. */
function dueAt(dialect: Dialect, made: DeliveryTry, callerDueAtMs: number): number {
  const endedAtMs = made.startedAtMs + made.durationMs;
  return presentMs(dialect, endedAtMs) + (callerDueAtMs - endedAtMs);
}

/** All tries of the deliveries of a project's task, in order. */
export function* listTries(
  _: Dialect,
  query: { readonly projectId: string; readonly taskId: string },
): Transaction<readonly DeliveryTry[]> {
  const rows = yield* all(
    `SELECT delivery_try.* FROM delivery_try
      JOIN delivery ON delivery.id = delivery_try.delivery_id
      WHERE delivery.task_id = $1 AND delivery.project_id = $2
      ORDER BY delivery_try.started_at, delivery_try.number`,
    query.taskId,
    query.projectId,
  );
  return rows.map(toTry);
}
