import type { DeliveryView } from "../../core/delivery.ts";
import type { DeliveryQuery, RedeliverWindow } from "../door-store.ts";
import { text, toDelivery, toTry } from "../rows.ts";
import {
  all,
  type Dialect,
  first,
  idSet,
  present,
  type Row,
  type Transaction,
} from "../transaction.ts";
import { insertAudit } from "./audit.ts";

/** A project's deliveries with their tries, newest first. */
export function* listDeliveries(
  _: Dialect,
  query: DeliveryQuery,
): Transaction<readonly DeliveryView[]> {
  const rows = yield* query.taskId === undefined ? newest(query) : ofTask(query, query.taskId);
  const tries = yield* all(
    `SELECT * FROM delivery_try WHERE delivery_id IN (SELECT key FROM json_each($1))
      ORDER BY delivery_id, number`,
    idSet(rows.map((row) => text(row, "id"))),
  );
  const made = Map.groupBy(tries.map(toTry), ({ deliveryId }) => deliveryId);
  return rows.map((row) => toDelivery(row, made.get(text(row, "id")) ?? []));
}

function* newest(query: DeliveryQuery): Transaction<readonly Row[]> {
  return yield* all(
    `SELECT * FROM delivery WHERE project_id = $1 AND (created_at, id) < ($2, $3)
        AND $4 IN ('', state)
      ORDER BY created_at DESC, id DESC LIMIT $5`,
    query.projectId,
    query.before?.createdAtMs ?? Number.MAX_SAFE_INTEGER,
    query.before?.id ?? "",
    query.state ?? "",
    query.limit,
  );
}

function* ofTask(query: DeliveryQuery, taskId: string): Transaction<readonly Row[]> {
  return yield* all(
    `SELECT * FROM delivery WHERE task_id = $1 AND project_id = $2 AND $3 IN ('', state)`,
    taskId,
    query.projectId,
    query.state ?? "",
  );
}

/**
 * Sends one again, from the start of the schedule; gives whether the project has it. A try that is
 * under way loses its fence, so at worst the receiver gets the same event twice.
 */
export function* redeliver(
  dialect: Dialect,
  wish: { readonly projectId: string; readonly deliveryId: string; readonly nowMs: number },
): Transaction<boolean> {
  const row = yield* first(
    `UPDATE delivery SET state = 'waiting', due_at = $1, fence = fence + 1, round_from = tries,
        reason = NULL
      WHERE id = $2 AND project_id = $3 RETURNING id`,
    present(dialect, wish.nowMs),
    wish.deliveryId,
    wish.projectId,
  );
  return row !== null;
}

/** Sends again what ended in certain ways within a span of time; gives how many. */
export function* redeliverWindow(dialect: Dialect, wish: RedeliverWindow): Transaction<number> {
  const rows = yield* all(
    `UPDATE delivery SET state = 'waiting', due_at = $1, fence = fence + 1, round_from = tries,
        reason = NULL
      WHERE id IN (SELECT id FROM delivery WHERE project_id = $2 AND created_at >= $3
        AND created_at < $4 AND state IN (SELECT key FROM json_each($5))
        ORDER BY created_at, id LIMIT $6)
      RETURNING id`,
    present(dialect, wish.nowMs),
    wish.projectId,
    wish.fromMs,
    wish.toMs,
    idSet(wish.states),
    wish.limit,
  );
  yield* insertAudit({ ...wish, action: "deliveries.redeliver", subject: `${rows.length}` });
  return rows.length;
}
