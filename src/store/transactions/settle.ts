import type { FileRow } from "../../core/file.ts";
import { assert } from "../../lib/assert.ts";
import { dayOf } from "../day.ts";
import { integer, text, textOrNull } from "../rows.ts";
import type { Settlement } from "../store.ts";
import {
  all,
  type Dialect,
  first,
  presentMs,
  type Row,
  type SqlValue,
  type Transaction,
} from "../transaction.ts";
import { endpointOf, findStop } from "./endpoints.ts";
import { openInquiry } from "./inquiries.ts";
import { releaseKeyHold } from "./key-caps.ts";
import { changeAttempt } from "./work.ts";

/**
 * Ends a task: status, attempt, files, creations, ledger, event and delivery, all or nothing.
 * Gives whether the lease was still held.
 */
export function* settle(dialect: Dialect, settlement: Settlement): Transaction<boolean> {
  const ended = yield* endTask(settlement);
  if (ended === null) return false;
  if (settlement.attempt !== undefined) {
    yield* changeAttempt(settlement.taskId, settlement.attempt, settlement.nowMs);
  }
  if (settlement.end.kind === "finished") {
    for (const file of settlement.end.files) yield* insertFile(file);
    yield* insertCreations(settlement, ended);
  }
  if (settlement.inquiryUntilMs !== undefined) {
    const nowMs = presentMs(dialect, settlement.nowMs);
    yield* openInquiry({
      ...{ taskId: settlement.taskId, attemptId: text(ended, "attempt_id") },
      ...{ home: textOrNull(ended, "home"), fence: settlement.fence, leased: 0, dueAtMs: nowMs },
      untilMs: nowMs + (settlement.inquiryUntilMs - settlement.nowMs),
    });
  }
  yield* closeTask(dialect, settlement, ended);
  return true;
}

/** What the end of a task has to be told by. */
export type Ending = Pick<Settlement, "taskId" | "nowMs" | "ledger" | "event">;

/** What follows from the end of a task for the project: money, counters, event and delivery. */
export function* closeTask(dialect: Dialect, settlement: Ending, ended: Row): Transaction<void> {
  // What failed may be asked for again.
  if (integer(ended, "failed") === 1) {
    yield* all(`DELETE FROM one_shot WHERE task_id = $1`, settlement.taskId);
  }
  yield* balanceLedger(settlement, ended);
  yield* releaseKeyHold({
    keyId: textOrNull(ended, "key_id"),
    hold: integer(ended, "hold") - integer(ended, "charged"),
    createdAtMs: integer(ended, "created_at"),
  });
  const project = yield* countOut(settlement, ended);
  yield* insertEvent(settlement, ended, integer(project, "events"));
  const dueAtMs = presentMs(dialect, settlement.nowMs);
  yield* insertDelivery(settlement, ended, { dueAtMs, body: text(project, "webhook_body") });
}

/** What {@link closeTask} reads of the row of a task that has just ended. */
export const ENDED = `id, project_id, key_id, attempt_id, home, hold, charged, model, callback_url,
  loopback, created_at, CASE WHEN stage = 'failed' THEN 1 ELSE 0 END AS failed`;

function* endTask(settlement: Settlement): Transaction<Row | null> {
  const { end } = settlement;
  return yield* first(
    `UPDATE task SET stage = $1, leased = 0, woken = 0, due_at = NULL, finished_at = $2,
        expires_at = $3, charged = $4, outputs = $5, error_code = $6, error_message = $7,
        progress = CASE WHEN $1 = 'finished' THEN 100 ELSE progress END
      WHERE id = $8 AND fence = $9 AND leased = 1 AND due_at IS NOT NULL
        AND (woken = 0 OR $10 = 0)
        AND ($1 = 'failed' OR NOT EXISTS (
          SELECT 1 FROM attempt WHERE attempt.id = task.attempt_id AND contested = 1))
      RETURNING ${ENDED}`,
    end.kind,
    settlement.nowMs,
    settlement.expiresAtMs,
    end.kind === "finished" ? end.charged : 0,
    JSON.stringify(end.kind === "finished" ? end.outputs : []),
    end.kind === "finished" ? null : end.errorCode,
    end.kind === "finished" ? null : end.errorMessage,
    settlement.taskId,
    settlement.fence,
    settlement.attempt?.unlessTold === true ? 1 : 0,
  );
}

/** Writes the row of a file. */
export function* insertFile(file: FileRow): Transaction<void> {
  yield* all(
    `INSERT INTO file (id, project_id, task_id, position, storage_key, media_type, extension,
        size_bytes, sha256, width, height, duration_s, created_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    ...fileValues(file),
  );
}

function fileValues(file: FileRow): readonly SqlValue[] {
  return [
    file.id,
    file.projectId,
    file.taskId,
    file.position,
    file.storageKey,
    file.mediaType,
    file.extension,
    file.sizeBytes,
    file.sha256,
    file.width,
    file.height,
    file.durationS,
    file.createdAtMs,
    file.expiresAtMs,
  ];
}

function* insertCreations(settlement: Settlement, task: Row): Transaction<void> {
  if (settlement.end.kind !== "finished" || settlement.end.creations.length === 0) return;
  const attempt = yield* first(
    `SELECT provider, account FROM attempt WHERE id = $1`,
    text(task, "attempt_id"),
  );
  assert(attempt !== null, `Task ${settlement.taskId} has creations but no attempt`);
  for (const creation of settlement.end.creations) {
    yield* all(
      `INSERT INTO creation (project_id, id, kind, task_id, provider, account, position, ref,
          created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        -- An upstream may tell a name twice: no paid task is without an end for that.
        ON CONFLICT (project_id, id) DO NOTHING`,
      text(task, "project_id"),
      creation.id,
      creation.kind,
      settlement.taskId,
      text(attempt, "provider"),
      text(attempt, "account"),
      creation.file,
      JSON.stringify(creation.ref),
      settlement.nowMs,
    );
  }
}

/** Splits the hold into what is paid and what is given back: hold = settle + release. */
function* balanceLedger(settlement: Ending, task: Row): Transaction<void> {
  const charged = integer(task, "charged");
  const released = integer(task, "hold") - charged;
  yield* enter(settlement, task, { kind: "settle", amount: charged });
  yield* enter(settlement, task, { kind: "release", amount: released });
}

/**
 * Gives back to the project what was released and takes the task out of its counters. Its row is
 * locked until the commit, so that events get their positions in the order of the commits.
 */
function* countOut(settlement: Ending, task: Row): Transaction<Row> {
  const project = yield* first(
    `UPDATE project SET balance = balance + $1, open_tasks = open_tasks - 1, events = events + 1,
        spent = CASE WHEN spent_day <> $2 THEN spent WHEN spent > $1 THEN spent - $1 ELSE 0 END
      WHERE id = $3 RETURNING events, webhook_body`,
    integer(task, "hold") - integer(task, "charged"),
    dayOf(integer(task, "created_at")),
    text(task, "project_id"),
  );
  assert(project !== null, `The project of task ${settlement.taskId} is not there`);
  return project;
}

function* enter(
  settlement: Ending,
  task: Row,
  entry: { readonly kind: "settle" | "release"; readonly amount: number },
): Transaction<void> {
  if (entry.amount === 0) return;
  yield* all(
    `INSERT INTO ledger (id, project_id, task_id, kind, amount, note, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    entry.kind === "settle" ? settlement.ledger.settleId : settlement.ledger.releaseId,
    text(task, "project_id"),
    settlement.taskId,
    entry.kind,
    entry.amount,
    text(task, "model"),
    settlement.nowMs,
  );
}

function* insertEvent(settlement: Ending, task: Row, position: number): Transaction<void> {
  const { event } = settlement;
  yield* all(
    `INSERT INTO event (id, project_id, task_id, body, created_at, position)
      VALUES ($1, $2, $3, $4, $5, $6)`,
    event.id,
    text(task, "project_id"),
    settlement.taskId,
    event.body,
    settlement.nowMs,
    position,
  );
}

function* insertDelivery(
  settlement: Ending,
  task: Row,
  wish: { readonly dueAtMs: number; readonly body: string },
): Transaction<void> {
  if (task.callback_url === null) return;
  const { event } = settlement;
  const url = text(task, "callback_url");
  const host = endpointOf(url);
  const stopped = yield* findStop(text(task, "project_id"), host);
  yield* all(
    `INSERT INTO delivery (id, project_id, event_id, task_id, url, loopback, state, tries, due_at,
        created_at, host, wrapped, reason)
      VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11, $12)`,
    event.deliveryId,
    text(task, "project_id"),
    event.id,
    settlement.taskId,
    url,
    integer(task, "loopback"),
    stopped === null ? "waiting" : "refused",
    stopped === null ? wish.dueAtMs : null,
    settlement.nowMs,
    host,
    wish.body === "wrapped" ? 1 : 0,
    stopped,
  );
}
