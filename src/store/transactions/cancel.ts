import { integer, text, textOrNull } from "../rows.ts";
import type { Cancellation } from "../store.ts";
import { all, type Dialect, first, presentMs, type Row, type Transaction } from "../transaction.ts";
import { openInquiry } from "./inquiries.ts";
import { closeTask, ENDED } from "./settle.ts";
import { changeAttempt } from "./work.ts";

/**
 * Ends an open task as canceled, whoever is working on it: its fence is raised, so that nobody can
 * write to it any more. What is not known about its attempt becomes an inquiry under the old fence,
 * with the lease of the worker that may be in the middle of a call.
 */
export function* cancelTask(
  dialect: Dialect,
  wish: Cancellation,
): Transaction<"canceled" | "ended" | "absent"> {
  const open = yield* first(
    `UPDATE task SET cancel_at = coalesce(cancel_at, $1)
      WHERE id = $2 AND project_id = $3 AND due_at IS NOT NULL
      RETURNING attempt_id, home, due_at, leased, fence`,
    wish.nowMs,
    wish.taskId,
    wish.projectId,
  );
  if (open === null) {
    const known = yield* first(
      `SELECT id FROM task WHERE id = $1 AND project_id = $2`,
      wish.taskId,
      wish.projectId,
    );
    return known === null ? "absent" : "ended";
  }
  const ended = yield* all(
    `UPDATE task SET stage = 'failed', leased = 0, woken = 0, due_at = NULL, fence = fence + 1,
        finished_at = $1, expires_at = $2, charged = 0, error_code = 'canceled', error_message = $3
      WHERE id = $4
      RETURNING ${ENDED}`,
    wish.nowMs,
    wish.expiresAtMs,
    wish.errorMessage,
    wish.taskId,
  );
  yield* leaveAttempt(dialect, wish, open);
  for (const task of ended) yield* closeTask(dialect, wish, task);
  return "canceled";
}

/** What was made is bought, and needs no further question. */
function* leaveAttempt(dialect: Dialect, wish: Cancellation, task: Row): Transaction<void> {
  const attemptId = textOrNull(task, "attempt_id");
  if (attemptId === null) return;
  const attempt = yield* first(
    `SELECT state FROM attempt WHERE id = $1 AND ended_at IS NULL`,
    attemptId,
  );
  if (attempt === null) return;
  if (text(attempt, "state") === "produced") {
    const change = { id: attemptId, state: "canceled", ended: true } as const;
    yield* changeAttempt(wish.taskId, change, wish.nowMs);
    return;
  }
  const isLeased = integer(task, "leased") === 1;
  const nowMs = presentMs(dialect, wish.nowMs);
  yield* openInquiry({
    ...{ taskId: wish.taskId, attemptId, home: textOrNull(task, "home") },
    untilMs: nowMs + (wish.inquiryUntilMs - wish.nowMs),
    dueAtMs: isLeased ? integer(task, "due_at") : nowMs,
    leased: isLeased ? 1 : 0,
    fence: integer(task, "fence"),
  });
}
