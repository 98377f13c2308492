import type { Task } from "../../core/task.ts";
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
  const balance = yield* takeHold(submission);
  if (balance !== null) {
    yield* all(`DELETE FROM one_shot WHERE task_id = $1`, submission.task.id);
    return { kind: "insufficient", balance };
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

/** Lowers the balance by the hold; gives the balance when it is too low, else `null`. */
function* takeHold({ task, enforceCredits }: Submission): Transaction<number | null> {
  if (task.hold === 0) return null;
  const taken = yield* first(
    `UPDATE project SET balance = balance - $1
      WHERE id = $2 AND (balance >= $1 OR $3 = 0) RETURNING balance`,
    task.hold,
    task.projectId,
    enforceCredits ? 1 : 0,
  );
  if (taken !== null) return null;
  const row = yield* first(`SELECT balance FROM project WHERE id = $1`, task.projectId);
  return row === null ? 0 : integer(row, "balance");
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
