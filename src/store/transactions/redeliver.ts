import type { DeliveryView, SentDelivery } from "../../core/delivery.ts";
import { trustedJson } from "../../lib/trusted-json.ts";
import type {
  DeliveryCount,
  DeliveryFilter,
  DeliveryQuery,
  RedeliverWindow,
} from "../door-store.ts";
import {
  DELIVERY_STATES,
  integer,
  integerOrNull,
  oneOf,
  text,
  textOrNull,
  toDelivery,
  toTry,
} from "../rows.ts";
import {
  all,
  type Dialect,
  first,
  idSet,
  presentMs,
  type Row,
  type SqlValue,
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
  const { sql, values } = conditionsOf(query);
  const next = values.length;
  return yield* all(
    `SELECT delivery.* FROM ${DELIVERY_AND_LAST}
      WHERE ${sql} AND (delivery.created_at, delivery.id) < ($${next + 1}, $${next + 2})
      ORDER BY delivery.created_at DESC, delivery.id DESC LIMIT $${next + 3}`,
    ...values,
    query.before?.createdAtMs ?? Number.MAX_SAFE_INTEGER,
    query.before?.id ?? "",
    query.limit,
  );
}

function* ofTask(query: DeliveryQuery, taskId: string): Transaction<readonly Row[]> {
  const { sql, values } = conditionsOf(query);
  return yield* all(
    `SELECT delivery.* FROM ${DELIVERY_AND_LAST}
      WHERE ${sql} AND delivery.task_id = $${values.length + 1}`,
    ...values,
    taskId,
  );
}

/** A delivery beside the last of its tries, if there is one. */
const DELIVERY_AND_LAST = `delivery LEFT JOIN delivery_try AS last
  ON last.delivery_id = delivery.id AND last.number = delivery.tries`;

interface Conditions {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Writes a filter as conditions on {@link DELIVERY_AND_LAST}; `$1` is the project. */
function conditionsOf(filter: DeliveryFilter): Conditions {
  const values: SqlValue[] = [filter.projectId];
  const place = (value: SqlValue): string => `$${values.push(value)}`;
  const { states, host, code, fromMs, toMs } = filter;
  const parts = [
    "delivery.project_id = $1",
    ...(states === undefined
      ? []
      : [`delivery.state IN (SELECT key FROM json_each(${place(idSet(states))}))`]),
    ...(host === undefined ? [] : [`delivery.host = ${place(host)}`]),
    ...(code?.kind === "none" ? ["last.number IS NOT NULL AND last.status IS NULL"] : []),
    ...(code?.kind === "status"
      ? [`last.status BETWEEN ${place(code.from)} AND ${place(code.to)}`]
      : []),
    ...(fromMs === undefined ? [] : [`delivery.created_at >= ${place(fromMs)}`]),
    ...(toMs === undefined ? [] : [`delivery.created_at < ${place(toMs)}`]),
  ];
  return { sql: parts.join(" AND "), values };
}

/** How many deliveries there are of each kind by which a list can be narrowed. */
export function* countDeliveries(
  _: Dialect,
  filter: DeliveryFilter,
): Transaction<readonly DeliveryCount[]> {
  const { sql, values } = conditionsOf(filter);
  const rows = yield* all(
    `SELECT delivery.state, delivery.host, last.status,
        CASE WHEN last.number IS NULL THEN 0 ELSE 1 END AS tried, count(*) AS deliveries
      FROM ${DELIVERY_AND_LAST} WHERE ${sql} GROUP BY 1, 2, 3, 4`,
    ...values,
  );
  return rows.map((row) => ({
    state: oneOf(text(row, "state"), DELIVERY_STATES),
    host: text(row, "host"),
    status: integerOrNull(row, "status"),
    hasTries: integer(row, "tried") === 1,
    count: integer(row, "deliveries"),
  }));
}

/** A project's delivery with its tries and what each of them sent, or `null`. */
export function* findDelivery(
  _: Dialect,
  query: { readonly projectId: string; readonly deliveryId: string },
): Transaction<SentDelivery | null> {
  const row = yield* first(
    `SELECT delivery.*, event.body FROM delivery JOIN event ON event.id = delivery.event_id
      WHERE delivery.id = $1 AND delivery.project_id = $2`,
    query.deliveryId,
    query.projectId,
  );
  if (row === null) return null;
  const tries = yield* all(
    `SELECT * FROM delivery_try WHERE delivery_id = $1 ORDER BY number`,
    query.deliveryId,
  );
  return {
    ...toDelivery(row, tries.map(toTry)),
    body: text(row, "body"),
    wrapped: integer(row, "wrapped") === 1,
    headers: new Map(
      tries.flatMap((each) => {
        const headers = textOrNull(each, "headers");
        return headers === null ? [] : [[integer(each, "number"), trustedJson(headers)]];
      }),
    ),
  };
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
    presentMs(dialect, wish.nowMs),
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
        AND created_at < $4 AND state IN (SELECT key FROM json_each($5)) AND $6 IN ('', host)
        ORDER BY created_at, id LIMIT $7)
      RETURNING id`,
    presentMs(dialect, wish.nowMs),
    wish.projectId,
    wish.fromMs,
    wish.toMs,
    idSet(wish.states),
    wish.host ?? "",
    wish.limit,
  );
  yield* insertAudit({ ...wish, action: "deliveries.redeliver", subject: `${rows.length}` });
  return rows.length;
}
