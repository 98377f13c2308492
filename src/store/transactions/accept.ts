import type { Task } from "../../core/task.ts";
import { assert } from "../../lib/assert.ts";
import { dayOf } from "../day.ts";
import { integer, text, toTask } from "../rows.ts";
import type { AcceptResult, Submission } from "../store.ts";
import {
  all,
  type Dialect,
  first,
  present,
  type SqlValue,
  type Transaction,
} from "../transaction.ts";

/** Writes task, hold and idempotency key together, or tells why not and writes nothing. */
export function* accept(dialect: Dialect, submission: Submission): Transaction<AcceptResult> {
  const earlier = yield* findReplay(submission);
  if (earlier !== null) return earlier;
  if (!(yield* takeOneShot(submission))) return { kind: "repeated" };
  const refusal = yield* takeHold(submission);
  if (refusal !== null) {
    yield* all(`DELETE FROM one_shot WHERE task_id = $1`, submission.task.id);
    return refusal;
  }
  yield* insertTask(submission, present(dialect, submission.task.createdAtMs));
  yield* insertHold(submission);
  yield* insertIdempotency(submission);
  return { kind: "accepted" };
}

function* findReplay(submission: Submission): Transaction<AcceptResult | null> {
  const { idempotency, task } = submission;
  if (idempotency === null) return null;
  const row = yield* first(
    `SELECT fingerprint, task_id FROM idempotency WHERE project_id = $1 AND key = $2`,
    task.projectId,
    idempotency.key,
  );
  if (row === null) return null;
  if (text(row, "fingerprint") !== idempotency.fingerprint) return { kind: "mismatch" };
  const known = yield* first(`SELECT * FROM task WHERE id = $1`, text(row, "task_id"));
  return known === null ? null : { kind: "replayed", task: toTask(known) };
}

/** Claims an operation that a source allows once; gives whether it was free. */
function* takeOneShot({ task, oneShot }: Submission): Transaction<boolean> {
  if (oneShot === null) return true;
  const taken = yield* first(
    `INSERT INTO one_shot (project_id, operation, source_id, task_id) VALUES ($1, $2, $3, $4)
      ON CONFLICT DO NOTHING RETURNING task_id`,
    task.projectId,
    task.model,
    oneShot,
    task.id,
  );
  return taken !== null;
}

/**
 * Lowers the balance by the hold and counts the task in, by one statement whose lock on the
 * project's row makes the limits hold however many submits come at once. Gives the refusal, or
 * `null`.
 */
function* takeHold({ task, enforceCredits, limits }: Submission): Transaction<AcceptResult | null> {
  const day = dayOf(task.createdAtMs);
  const openMax = limits?.openTasksMax ?? Number.MAX_SAFE_INTEGER;
  const spendMax = limits?.spendPerDayMax ?? Number.MAX_SAFE_INTEGER;
  const taken = yield* first(
    `UPDATE project SET balance = balance - $1, open_tasks = open_tasks + 1,
        spent = CASE WHEN spent_day >= $2 THEN spent ELSE 0 END + $1,
        spent_day = CASE WHEN spent_day >= $2 THEN spent_day ELSE $2 END
      WHERE id = $3 AND (balance >= $1 OR $1 = 0 OR $4 = 0) AND open_tasks < $5
        AND ($1 = 0 OR CASE WHEN spent_day >= $2 THEN spent ELSE 0 END + $1 <= $6)
      RETURNING id`,
    task.hold,
    day,
    task.projectId,
    enforceCredits ? 1 : 0,
    openMax,
    spendMax,
  );
  if (taken !== null) return null;
  const row = yield* first(`SELECT balance, open_tasks FROM project WHERE id = $1`, task.projectId);
  if (row === null) {
    assert(task.hold > 0, `Project ${task.projectId} is not there`);
    return { kind: "insufficient", balance: 0 };
  }
  if (integer(row, "open_tasks") >= openMax) return { kind: "crowded", openTasksMax: openMax };
  const balance = integer(row, "balance");
  if (enforceCredits && balance < task.hold) return { kind: "insufficient", balance };
  return { kind: "capped", spendPerDayMax: spendMax };
}

function* insertTask({ task, loopback }: Submission, dueAtMs: number): Transaction<void> {
  yield* all(
    `INSERT INTO task (id, project_id, key_id, mode, model, input, callback_url, loopback, stage,
        progress, routes, route_index, attempts, hold, outputs, created_at, soft_limit_at,
        hard_limit_at, due_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', 0, $9, 0, 0, $10, '[]', $11, $12, $13,
        $14)`,
    ...taskValues(task, loopback),
    dueAtMs,
  );
}

function taskValues(task: Task, loopback: boolean): readonly SqlValue[] {
  return [
    task.id,
    task.projectId,
    task.keyId,
    task.mode,
    task.model,
    JSON.stringify(task.input),
    task.callbackUrl,
    loopback ? 1 : 0,
    JSON.stringify(task.routes),
    task.hold,
    task.createdAtMs,
    task.softLimitAtMs,
    task.hardLimitAtMs,
  ];
}

function* insertHold({ task, holdLedgerId }: Submission): Transaction<void> {
  if (task.hold === 0) return;
  yield* all(
    `INSERT INTO ledger (id, project_id, task_id, kind, amount, note, created_at)
      VALUES ($1, $2, $3, 'hold', $4, $5, $6)`,
    holdLedgerId,
    task.projectId,
    task.id,
    task.hold,
    task.model,
    task.createdAtMs,
  );
}

function* insertIdempotency({ task, idempotency }: Submission): Transaction<void> {
  if (idempotency === null) return;
  yield* all(
    `INSERT INTO idempotency (project_id, key, fingerprint, task_id, created_at)
      VALUES ($1, $2, $3, $4, $5)`,
    task.projectId,
    idempotency.key,
    idempotency.fingerprint,
    task.id,
    task.createdAtMs,
  );
}
