import type { TaskErrorCode } from "../core/error.ts";
import { exactCredits, wholeCreditsUp } from "../core/money.ts";
import { isTerminal, statusOf, type Task, type TaskStatus } from "../core/task.ts";
import { type FileUrl, type StatusFile, statusFiles, type TaskWithFiles } from "./outputs.ts";
import { wireTime } from "./time.ts";

/** A status answer: the six documented members, then ours. All are there in every state. */
export interface StatusData {
  readonly task_id: string;
  readonly status: TaskStatus;
  readonly files: readonly StatusFile[];
  readonly created_time: string;
  readonly progress: number;
  readonly error_message: string | null;
  readonly model: string;
  /** What serves it or will serve it first; `null` when no route is left. */
  readonly provider: string | null;
  readonly error_code: TaskErrorCode | null;
  /** What it costs, in whole credits rounded up; what it did cost once it has ended. */
  readonly credits_amount: number;
  /** The same, exact. */
  readonly credits: string;
  /** When the links end; `null` before the end. */
  readonly expires_time: string | null;
  /** When to ask again, milliseconds; `null` after the end. */
  readonly poll_after_ms: number | null;
}

/** Writes a task for its status answer. */
export function statusData(view: TaskWithFiles, nowMs: number, url: FileUrl): StatusData {
  const { task, files } = view;
  const finished = task.stage === "finished";
  const credits = task.charged ?? task.hold;
  return {
    task_id: task.id,
    status: statusOf(task),
    files: finished ? statusFiles({ outputs: task.outputs, files }, url) : [],
    created_time: wireTime(task.createdAtMs),
    progress: progressOf(task),
    error_message: errorMessageOf(task),
    model: task.model,
    provider: task.routes[task.routeIndex]?.provider ?? null,
    error_code: task.errorCode,
    credits_amount: wholeCreditsUp(credits),
    credits: exactCredits(credits),
    expires_time: finished && task.expiresAtMs !== null ? wireTime(task.expiresAtMs) : null,
    poll_after_ms: pollAfterMs(task, nowMs),
  };
}

/** When a waiting client should ask again, milliseconds; `null` once nothing can change. */
export function pollAfterMs(
  task: Pick<Task, "stage" | "createdAtMs">,
  nowMs: number,
): number | null {
  if (isTerminal(task.stage)) return null;
  const ageMs = nowMs - task.createdAtMs;
  if (ageMs < 15_000) return 1_000;
  if (ageMs < 60_000) return 2_000;
  return ageMs < 600_000 ? 5_000 : 10_000;
}

/** A failed task always says why; one that has not failed never does. */
export function errorMessageOf(task: Pick<Task, "stage" | "errorMessage">): string | null {
  if (task.stage !== "failed") return null;
  return task.errorMessage ?? "The task failed";
}

function progressOf(task: Task): number {
  // A failed task keeps what it had reached: progress never goes down.
  return task.stage === "finished" ? 100 : Math.min(task.progress, 99);
}
