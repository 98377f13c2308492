import { holdIdOf } from "../../core/id.ts";
import { dayOf } from "../day.ts";
import { type PackedSubmission, readSubmission } from "../packed-submission.ts";
import { oneOf, text } from "../rows.ts";
import type { AcceptResult } from "../store.ts";
import type { Connections, Session } from "./connections.ts";
import { sqlState, toGatewayError } from "./failure.ts";
import { gatherCalls } from "./gather.ts";
import { NOW_MS } from "./transact.ts";

/** Accepts one submission. */
export type Accept = (submission: PackedSubmission) => Promise<AcceptResult>;

/**
 * Accepts what came in together with one statement and one commit, as the project's row is locked
 * until then: one by one, a project could not accept faster than the disk syncs. What the statement
 * does not plainly decide (too low a balance, a race, a replay) goes the long way.
 * @param oneByOne The transaction `accept`, which decides every case.
 */
export function acceptTogether(connections: Connections, oneByOne: Accept): Accept {
  const decide = gatherCalls<PackedSubmission, AcceptResult | null>({
    groupMax: 256,
    mark: (packed) => {
      const { idempotencyKey, projectId } = readSubmission(packed);
      return idempotencyKey && `${projectId} ${idempotencyKey}`;
    },
    work: (group) => decideGroup(connections, group),
  });
  let lane: Promise<unknown> = Promise.resolve();
  return async (submission) => {
    const { oneShot, isKeyCapped } = readSubmission(submission);
    // What is allowed once is rare, and decided by a row of its own; so are a key's caps.
    const isPlain = oneShot === null && isKeyCapped === 0;
    const decided = isPlain ? await decide(submission) : null;
    if (decided !== null) return decided;
    // In the order in which they came, so that a balance is spent as it would be one by one.
    const result = lane.then(() => oneByOne(submission));
    lane = result.catch(() => undefined);
    return await result;
  };
}

/** Says the one statement; `null` stands for what it did not decide. */
async function decideGroup(
  connections: Connections,
  group: readonly PackedSubmission[],
): Promise<readonly (AcceptResult | null)[]> {
  try {
    const results = await connections.use((session) => insertGroup(session, group));
    return group.map(([taskId]) => results.get(taskId) ?? null);
  } catch (error) {
    // The server's own refusal took back the whole group. Without its word, nobody knows.
    if (sqlState(error) !== null) return group.map(() => null);
    throw toGatewayError(error);
  }
}

/**
 * Nothing is asked after it: the tasks are on disk then, and a question that fails must not hide
 * that. What is replayed goes the long way.
 */
async function insertGroup(
  session: Session,
  group: readonly PackedSubmission[],
): Promise<ReadonlyMap<string, AcceptResult>> {
  const rows = await session.query({ sql: ACCEPT, values: [JSON.stringify(group.map(toRecord))] });
  return new Map(rows.map((row) => [text(row, "id"), { kind: oneOf(text(row, "kind"), DECIDED) }]));
}

const DECIDED = ["accepted", "mismatch"] as const;

function toRecord(packed: PackedSubmission): Readonly<Record<string, unknown>> {
  const values = readSubmission(packed);
  const [id, project_id, key_id, mode, model, input, callback_url, loopback, routes] = packed;
  const [hold, created_at, soft_limit_at, hard_limit_at] = packed.slice(9, 13);
  return {
    id,
    project_id,
    key_id,
    mode,
    model,
    input,
    callback_url,
    loopback,
    routes,
    hold,
    created_at,
    soft_limit_at,
    hard_limit_at,
    hold_id: holdIdOf(values.taskId),
    idempotency_key: values.idempotencyKey,
    fingerprint: values.fingerprint,
    enforced: values.enforceCredits === 1,
    open_max: values.openTasksMax,
    spend_max: values.spendPerDayMax,
    day: dayOf(values.createdAtMs),
  };
}

/**
 * One statement: its parts see the database as it was before, and happen together or not at all. A
 * project pays and is counted for its whole group or not at all. A key that another node inserts
 * meanwhile breaks the primary key of `idempotency` and takes everything back.
 */
const ACCEPT = `
  WITH asked AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS asked(id text, project_id text, key_id text,
      mode text, model text, input text, callback_url text, loopback bigint, routes text,
      hold bigint, created_at bigint, soft_limit_at bigint, hard_limit_at bigint, hold_id text,
      idempotency_key text, fingerprint text, enforced boolean, open_max bigint,
      spend_max bigint, day bigint)
  ), earlier AS MATERIALIZED (
    SELECT asked.id, idempotency.fingerprint = asked.fingerprint AS same
      FROM asked JOIN idempotency
        ON idempotency.project_id = asked.project_id AND idempotency.key = asked.idempotency_key
  ), fresh AS MATERIALIZED (
    SELECT * FROM asked WHERE id NOT IN (SELECT id FROM earlier)
  ), demand AS (
    SELECT project_id, count(*) AS tasks, sum(hold)::bigint AS amount,
        bool_or(enforced AND hold > 0) AS enforced, min(open_max) AS open_max,
        min(spend_max) AS spend_max, max(day) AS day
      FROM fresh GROUP BY project_id
  ), paid AS (
    UPDATE project SET balance = project.balance - demand.amount,
        open_tasks = project.open_tasks + demand.tasks,
        spent = CASE WHEN spent_day >= demand.day THEN spent ELSE 0 END + demand.amount,
        spent_day = greatest(spent_day, demand.day)
      FROM demand
      WHERE project.id = demand.project_id
        AND (project.balance >= demand.amount OR NOT demand.enforced)
        AND project.open_tasks + demand.tasks <= demand.open_max
        AND CASE WHEN spent_day >= demand.day THEN spent ELSE 0 END + demand.amount
          <= demand.spend_max
      RETURNING project.id
  ), taken AS MATERIALIZED (
    SELECT * FROM fresh WHERE project_id IN (SELECT id FROM paid)
  ), holds AS (
    INSERT INTO ledger (id, project_id, task_id, kind, amount, note, created_at)
      SELECT hold_id, project_id, id, 'hold', hold, model, created_at FROM taken WHERE hold > 0
  ), keys AS (
    INSERT INTO idempotency (project_id, key, fingerprint, task_id, created_at)
      SELECT project_id, idempotency_key, fingerprint, id, created_at FROM taken
        WHERE idempotency_key IS NOT NULL
  ), tasks AS (
    INSERT INTO task (id, project_id, key_id, mode, model, input, callback_url, loopback, stage,
        progress, routes, route_index, attempts, hold, outputs, created_at, soft_limit_at,
        hard_limit_at, due_at)
      SELECT id, project_id, key_id, mode, model, input, callback_url, loopback, 'queued', 0,
          routes, 0, 0, hold, '[]', created_at, soft_limit_at, hard_limit_at, ${NOW_MS}
        FROM taken
      RETURNING id
  )
  SELECT id, 'accepted' AS kind FROM tasks
  UNION ALL
  SELECT id, 'mismatch' FROM earlier WHERE NOT same`;
