import type { DeliveryTry, DueDelivery } from "../../core/delivery.ts";
import { integerOrNull, text, toDueDelivery, toTry } from "../rows.ts";
import type { ClaimRequest, TryRecord } from "../store.ts";
import { all, type Dialect, first, present, type Transaction } from "../transaction.ts";

/** Leases due deliveries, oldest due first, with the body that each has to carry. */
export function* claimDeliveries(
  dialect: Dialect,
  claim: ClaimRequest,
): Transaction<readonly DueDelivery[]> {
  const nowMs = yield* present(dialect, claim.nowMs);
  const rows = yield* all(
    `UPDATE delivery SET due_at = $1, fence = fence + 1
      WHERE id IN (SELECT id FROM delivery WHERE due_at <= $2 ORDER BY due_at LIMIT $3
        ${dialect.skipLocked})
      RETURNING *`,
    nowMs + claim.leaseMs,
    nowMs,
    claim.limit,
  );
  const due: DueDelivery[] = [];
  for (const row of rows) {
    const event = yield* first(`SELECT body FROM event WHERE id = $1`, text(row, "event_id"));
    if (event !== null) due.push(toDueDelivery({ ...row, ...event }));
  }
  return due;
}

/** When the next delivery is due, or `null`. */
export function* nextDelivery(_: Dialect): Transaction<number | null> {
  const row = yield* first(`SELECT min(due_at) AS due_at FROM delivery WHERE due_at IS NOT NULL`);
  return row === null ? null : integerOrNull(row, "due_at");
}

/** Writes a try and what follows; gives whether the lease was still held. */
export function* recordTry(_: Dialect, record: TryRecord): Transaction<boolean> {
  const made = record.try;
  const moved = yield* first(
    `UPDATE delivery SET state = $1, due_at = $2, tries = $3
      WHERE id = $4 AND fence = $5 AND state = 'waiting' RETURNING project_id`,
    record.state,
    record.dueAtMs,
    made.number,
    made.deliveryId,
    record.fence,
  );
  if (moved === null) return false;
  yield* all(
    `INSERT INTO delivery_try (id, project_id, delivery_id, number, started_at, duration_ms,
        status, error_class, excerpt)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    made.id,
    text(moved, "project_id"),
    made.deliveryId,
    made.number,
    made.startedAtMs,
    made.durationMs,
    made.status,
    made.errorClass,
    made.excerpt,
  );
  return true;
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
