import { integer, oneOf, text, textOrNull } from "../rows.ts";
import type { Inquiry, InquiryResult, InquiryStep, TaskClaimRequest } from "../store.ts";
import {
  all,
  type Dialect,
  first,
  idSet,
  presentMs,
  type Row,
  type Transaction,
} from "../transaction.ts";
import { attemptFor, changeAttempt, isTaken, leaseDue, nextOf, toClaim } from "./work.ts";

/** What an inquiry begins with. */
export interface Opening {
  readonly taskId: string;
  readonly attemptId: string;
  readonly home: string | null;
  readonly untilMs: number;
  readonly dueAtMs: number;
  /** Whether a worker of the task goes on under its lease, as a worker of the inquiry. */
  readonly leased: 0 | 1;
  readonly fence: number;
}

/** Opens the inquiry about a task's open attempt. */
export function* openInquiry(opening: Opening): Transaction<void> {
  yield* all(
    `INSERT INTO inquiry (task_id, attempt_id, home, until_at, due_at, leased, fence)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    opening.taskId,
    opening.attemptId,
    opening.home,
    opening.untilMs,
    opening.dueAtMs,
    opening.leased,
    opening.fence,
  );
}

/** Leases up to `limit` due inquiries, oldest due first. */
export function* claimInquiries(
  dialect: Dialect,
  claim: TaskClaimRequest,
): Transaction<readonly Inquiry[]> {
  const rows = yield* leaseDue(dialect, claim, { table: "inquiry", id: "task_id" });
  if (rows.length === 0) return [];
  const tasks = yield* byId("task", rows, "task_id");
  const attempts = yield* byId("attempt", rows, "attempt_id");
  return rows.flatMap((row): readonly Inquiry[] => {
    const task = tasks.get(text(row, "task_id"));
    const attempt = attempts.get(text(row, "attempt_id"));
    if (task === undefined || attempt === undefined) return [];
    const told = textOrNull(row, "told");
    return [
      {
        ...toClaim(task, null),
        ...{ attempt: attemptFor(dialect, claim, attempt), fence: integer(row, "fence") },
        untilMs: integer(row, "until_at"),
        told: told === null ? null : oneOf(told, ["canceled", "too-late", "unsupported"]),
      },
    ];
  });
}

/** The rows of a table that others name in a column. */
function* byId(
  table: "task" | "attempt",
  rows: readonly Row[],
  column: string,
): Transaction<ReadonlyMap<string, Row>> {
  const found = yield* all(
    `SELECT * FROM ${table} WHERE id IN (SELECT key FROM json_each($1))`,
    idSet(rows.map((row) => text(row, column))),
  );
  return new Map(found.map((row) => [text(row, "id"), row]));
}

/** When the next inquiry is due by the caller's clock, or `null`. */
export function* nextInquiry(
  dialect: Dialect,
  caller: { readonly nowMs: number },
): Transaction<number | null> {
  return nextOf(dialect, caller, yield* first(`SELECT min(due_at) AS due_at FROM inquiry`));
}

/** Writes a step of an inquiry, or its end with that of the attempt. */
export function* recordInquiry(dialect: Dialect, step: InquiryStep): Transaction<InquiryResult> {
  const { attempt } = step;
  if (attempt !== undefined && (yield* isTaken(attempt.id, attempt.operationKey))) return "taken";
  const nowMs = presentMs(dialect, step.nowMs);
  const dueAtMs = nowMs + (step.dueAtMs - step.nowMs);
  const written = yield* all(
    `UPDATE inquiry SET leased = 0, woken = 0, told = coalesce($1, told),
        due_at = CASE WHEN woken = 1 THEN CAST($2 AS BIGINT)
          WHEN until_at < $3 THEN until_at ELSE $3 END
      WHERE task_id = $4 AND fence = $5 AND leased = 1 AND (woken = 0 OR $6 = 0)
      RETURNING task_id`,
    step.told ?? null,
    nowMs,
    dueAtMs,
    step.taskId,
    step.fence,
    attempt?.unlessTold === true ? 1 : 0,
  );
  if (written.length === 0) return "lost";
  if (attempt !== undefined) yield* changeAttempt(step.taskId, attempt, step.nowMs);
  if (attempt?.ended === true) yield* all(`DELETE FROM inquiry WHERE task_id = $1`, step.taskId);
  return "written";
}
