import type { Attempt } from "../../core/task.ts";
import { assert } from "../../lib/assert.ts";
import type { Hint } from "../hints.ts";
import { integer, integerOrNull, text, toAttempt, toTask } from "../rows.ts";
import type {
  Adoption,
  AttemptChange,
  Claim,
  Intent,
  Lease,
  Step,
  StepResult,
  TaskClaimRequest,
} from "../store.ts";
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

/** A node that is this late with its own task is dead, or may as well be. */
const HOME_PATIENCE_MS = 30_000;

/** Leases up to `limit` due tasks, oldest due first. */
export function* claimDue(
  dialect: Dialect,
  claim: TaskClaimRequest,
): Transaction<readonly Claim[]> {
  const rows = yield* leaseDue(dialect, claim, { table: "task", id: "id" });
  const attempts = yield* openAttempts(dialect, claim, rows);
  return rows.map((row) => toClaim(row, attempts.get(row.attempt_id ?? null) ?? null));
}

/** What is leased: a table, and the column that names its rows. */
type Leased =
  | { readonly table: "task"; readonly id: "id" }
  | { readonly table: "inquiry"; readonly id: "task_id" };

/** Leases up to `limit` due rows and raises their fences; gives them so, oldest due first. */
export function* leaseDue(
  dialect: Dialect,
  claim: TaskClaimRequest,
  { table, id }: Leased,
): Transaction<readonly Row[]> {
  const nowMs = presentMs(dialect, claim.nowMs);
  const due = yield* all(
    `SELECT ${id} FROM ${table}
      WHERE due_at <= $1 AND (home IS NULL OR home = $3 OR due_at <= $4)
      ORDER BY due_at LIMIT $2 ${dialect.skipLocked}`,
    nowMs,
    claim.limit,
    claim.node,
    nowMs - HOME_PATIENCE_MS,
  );
  if (due.length === 0) return [];
  const ids = due.map((row) => text(row, id));
  const rows = yield* all(
    `UPDATE ${table} SET due_at = $1, leased = 1, woken = 0, fence = fence + 1
      WHERE ${id} IN (SELECT key FROM json_each($2)) RETURNING *`,
    nowMs + claim.leaseMs,
    idSet(ids),
  );
  const leased = new Map(rows.map((row) => [text(row, id), row] as const));
  return ids.map((each) => leased.get(each)).filter((row) => row !== undefined);
}

function* openAttempts(
  dialect: Dialect,
  caller: { readonly nowMs: number },
  tasks: readonly Row[],
): Transaction<ReadonlyMap<SqlValue, Attempt>> {
  const ids = tasks.flatMap(({ attempt_id: id }) => (typeof id === "string" ? [id] : []));
  if (ids.length === 0) return new Map();
  const rows = yield* all(
    `SELECT * FROM attempt WHERE id IN (SELECT key FROM json_each($1))`,
    idSet(ids),
  );
  return new Map(rows.map((row) => [text(row, "id"), attemptFor(dialect, caller, row)]));
}

/** An attempt with the time of its intent by the caller's clock: another node may have sent it. */
export function attemptFor(
  dialect: Dialect,
  { nowMs }: { readonly nowMs: number },
  row: Row,
): Attempt {
  const attempt = toAttempt(row);
  return { ...attempt, intentAtMs: attempt.intentAtMs + nowMs - presentMs(dialect, nowMs) };
}

/** A task's row with its open attempt. */
export function toClaim(row: Row, attempt: Attempt | null): Claim {
  return {
    task: toTask(row),
    attempt,
    loopback: integer(row, "loopback") === 1,
    fence: integer(row, "fence"),
  };
}

/** When the next open task is due by the caller's clock, or `null`. */
export function* nextDue(
  dialect: Dialect,
  caller: { readonly nowMs: number },
): Transaction<number | null> {
  return nextOf(
    dialect,
    caller,
    yield* first(`SELECT min(due_at) AS due_at FROM task WHERE due_at IS NOT NULL`),
  );
}

/** A row's `due_at` by the caller's clock, or `null` when there is none. */
export function nextOf(
  dialect: Dialect,
  { nowMs }: { readonly nowMs: number },
  row: Row | null,
): number | null {
  const dueAtMs = row === null ? null : integerOrNull(row, "due_at");
  return dueAtMs === null ? null : dueAtMs + nowMs - presentMs(dialect, nowMs);
}

/** Pushes the end of a lease on a task or its inquiry; gives whether it was still held. */
export function* extendLease(dialect: Dialect, lease: Lease): Transaction<boolean> {
  const nowMs = presentMs(dialect, lease.nowMs);
  const values = [nowMs + lease.leaseMs, lease.taskId, lease.fence] as const;
  const rows = yield* all(
    `UPDATE task SET due_at = $1 WHERE id = $2 AND fence = $3 AND leased = 1 RETURNING id`,
    ...values,
  );
  if (rows.length === 1) return true;
  const inquiries = yield* all(
    `UPDATE inquiry SET due_at = $1 WHERE task_id = $2 AND fence = $3 AND leased = 1
      RETURNING task_id`,
    ...values,
  );
  return inquiries.length === 1;
}

/**
 * Makes an attempt's task due, or the inquiry about it, and gives which. While a worker holds it,
 * the wish is kept and acted on when the worker writes its step, so that no hint is lost and no
 * lease is broken.
 */
export function* wake(
  dialect: Dialect,
  hint: { readonly attemptId: string; readonly nowMs: number },
): Transaction<Hint> {
  const values = [presentMs(dialect, hint.nowMs), hint.attemptId] as const;
  const tasks = yield* all(
    `UPDATE task SET woken = leased, due_at = CASE WHEN leased = 1 THEN due_at ELSE $1 END
      WHERE attempt_id = $2 AND due_at IS NOT NULL RETURNING id`,
    ...values,
  );
  if (tasks.length > 0) return "tasks";
  yield* all(
    `UPDATE inquiry SET woken = leased, due_at = CASE WHEN leased = 1 THEN due_at ELSE $1 END
      WHERE attempt_id = $2`,
    ...values,
  );
  return "inquiries";
}

/** Gives an unanswered attempt the operation that its upstream told; makes its task due. */
export function* adopt(dialect: Dialect, adoption: Adoption): Transaction<boolean> {
  const { attemptId, operationKey } = adoption;
  yield* wake(dialect, adoption);
  if (yield* isTaken(attemptId, operationKey)) return false;
  const known = yield* all(
    `UPDATE attempt SET operation = $1, operation_key = $3
      WHERE id = $2 AND operation = 'null' AND state IN ('submitting', 'unknown') RETURNING id`,
    JSON.stringify(adoption.operation),
    attemptId,
    operationKey ?? null,
  );
  return known.length === 1;
}

/** Takes an operation from the open attempt that has it and makes its task due. */
export function* contest(
  dialect: Dialect,
  wish: { readonly operationKey: string; readonly nowMs: number },
): Transaction<void> {
  const { operationKey, nowMs } = wish;
  const owner = yield* first(
    `SELECT id FROM attempt WHERE operation_key = $1 AND ended_at IS NULL`,
    operationKey,
  );
  if (owner === null) return;
  // The task first, as everywhere else: so no two transactions wait for each other.
  yield* wake(dialect, { attemptId: text(owner, "id"), nowMs });
  yield* all(
    `UPDATE attempt SET operation_key = NULL, contested = 1
      WHERE operation_key = $1 AND ended_at IS NULL`,
    operationKey,
  );
}

/** Whether an operation is known as another attempt's. */
export function* isTaken(
  attemptId: string,
  operationKey: string | undefined,
): Transaction<boolean> {
  if (operationKey === undefined) return false;
  const owner = yield* first(`SELECT id FROM attempt WHERE operation_key = $1`, operationKey);
  return owner !== null && owner.id !== attemptId;
}

/** Opens an attempt; gives whether the lease was still held. */
export function* recordIntent(dialect: Dialect, intent: Intent): Transaction<boolean> {
  const { attempt } = intent;
  const moved = yield* first(
    `UPDATE task SET stage = 'submitting', attempt_id = $1, attempts = $2, home = $5
      WHERE id = $3 AND fence = $4 AND leased = 1 AND stage = 'queued' AND cancel_at IS NULL
      RETURNING project_id`,
    attempt.id,
    attempt.number,
    intent.taskId,
    intent.fence,
    intent.home,
  );
  if (moved === null) return false;
  yield* all(
    `INSERT INTO attempt (id, project_id, task_id, number, provider, account, upstream_model,
        state, prepared, operation, production, troubles, intent_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, 'submitting', $8, 'null', 'null', 0, $9)`,
    attempt.id,
    text(moved, "project_id"),
    intent.taskId,
    attempt.number,
    attempt.provider,
    attempt.account,
    attempt.upstreamModel,
    JSON.stringify(attempt.prepared),
    presentMs(dialect, intent.nowMs),
  );
  return true;
}

/** Writes a step and ends the lease, unless it was not held any more. */
export function* recordStep(dialect: Dialect, step: Step): Transaction<StepResult> {
  const { attempt } = step;
  if (attempt !== undefined && (yield* isTaken(attempt.id, attempt.operationKey))) return "taken";
  const nowMs = presentMs(dialect, step.nowMs);
  const moved = yield* all(
    `UPDATE task SET stage = $1, leased = $10, woken = woken * $10,
        due_at = CASE WHEN woken = 1 AND $10 = 0 THEN CAST($2 AS BIGINT) ELSE $3 END,
        progress = CASE WHEN progress > $4 THEN progress ELSE $4 END,
        started_at = CASE WHEN started_at IS NULL AND $5 = 1 THEN $6 ELSE started_at END,
        route_index = CASE WHEN $7 < 0 THEN route_index ELSE $7 END,
        attempt_id = CASE WHEN $1 = 'queued' THEN NULL ELSE attempt_id END,
        home = CASE WHEN $1 = 'queued' THEN NULL ELSE home END
      WHERE id = $8 AND fence = $9 AND leased = 1
        AND (woken = 0 OR $11 = 0)
      RETURNING id`,
    step.stage,
    nowMs,
    nowMs + (step.dueAtMs - step.nowMs),
    Math.min(99, Math.max(0, Math.floor(step.progress ?? 0))),
    step.started === true ? 1 : 0,
    step.nowMs,
    step.routeIndex ?? -1,
    step.taskId,
    step.fence,
    step.keepLease === true ? 1 : 0,
    attempt?.unlessTold === true ? 1 : 0,
  );
  if (moved.length === 0) return "lost";
  if (attempt !== undefined) yield* changeAttempt(step.taskId, attempt, step.nowMs);
  return "written";
}

/** Writes what changed about an attempt of a task. */
export function* changeAttempt(
  taskId: string,
  change: AttemptChange,
  nowMs: number,
): Transaction<void> {
  const changed = yield* all(
    `UPDATE attempt SET state = $3, operation = coalesce($4, operation),
        production = coalesce($5, production), troubles = coalesce($6, troubles),
        error_code = coalesce($7, error_code), error_message = coalesce($8, error_message),
        ended_at = coalesce($9, ended_at),
        -- What was charged once stays charged, whatever goes wrong with its result.
        billed = CASE WHEN billed = 'yes' THEN billed ELSE coalesce($10, billed) END,
        accepted_at = CASE WHEN $3 IN ('running', 'produced') THEN coalesce(accepted_at, $11)
          ELSE accepted_at END,
        produced_at = CASE WHEN $3 = 'produced' THEN coalesce(produced_at, $11)
          ELSE produced_at END,
        operation_key = coalesce($12, operation_key),
        contested = CASE WHEN $4 IS NULL THEN contested ELSE 0 END,
        cost_amount = coalesce($13, cost_amount), cost_unit = coalesce($14, cost_unit)
      WHERE id = $1 AND task_id = $2 RETURNING id`,
    change.id,
    taskId,
    change.state,
    jsonText(change.operation),
    jsonText(change.production),
    change.troubles ?? null,
    change.errorCode ?? null,
    change.errorMessage ?? null,
    change.ended === true ? nowMs : null,
    change.billed ?? null,
    nowMs,
    change.operationKey ?? null,
    change.cost?.amount ?? null,
    change.cost?.unit ?? null,
  );
  assert(changed.length === 1, `Attempt ${change.id} does not belong to task ${taskId}`);
}

// An absent member stays as it is, while the JSON value null is stored as the text "null".
function jsonText(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
