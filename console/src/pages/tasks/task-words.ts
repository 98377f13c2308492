import { sentence } from "../../lib/fault-at.ts";
import { formatCreditsLong } from "../../lib/format.ts";
import type { TaskDetail, TaskItem } from "../../lib/tasks.ts";
import { tasks } from "../../strings/en/tasks.ts";

const REASONS: Readonly<Record<string, string>> = tasks.reasons;

/** What stands behind the word of the state: who is waited for, or why it failed. */
export function stateNote(
  task: Pick<TaskItem, "status" | "phase" | "provider" | "error_code" | "error_message">,
): string | null {
  const { phases } = tasks;
  if (task.status === "failed") return failureReason(task);
  switch (task.phase) {
    case "queued":
      return task.status === "running" ? phases.queued : null;
    case "submitting":
      return phases.submitting;
    case "unknown":
      return phases.unknown;
    case "collecting":
      return phases.collecting;
    case "polling":
      // It has been handed over and waits for a place there.
      if (task.status === "not_started") return phases.queued;
      if (task.provider === null) return null;
      return task.provider === "offline" ? phases.rendering : phases.waitingOn(task.provider);
    default:
      return null;
  }
}

/** Why it failed, in words: the short ones of the code, else its own. */
export function failureReason(task: Pick<TaskItem, "error_code" | "error_message">): string | null {
  if (task.error_code === "canceled") return null;
  return REASONS[task.error_code ?? ""] ?? task.error_message;
}

const ADVICE: Readonly<Record<string, string>> = tasks.advice;

/** What is said of a task that failed: why, what to do about it, whether it moved money. Pure. */
export function failureWords(
  task: Pick<TaskDetail, "error_code" | "error_message" | "mode" | "money">,
): { readonly title: string; readonly lines: readonly string[] } {
  const { detail } = tasks;
  const reason = failureReason(task);
  const isTold = reason !== null && reason !== task.error_message;
  const lines = [
    task.error_message === null ? null : sentence(task.error_message),
    ADVICE[task.error_code ?? ""] ?? null,
    task.mode === "live" ? moneyLine(task.money) : null,
  ];
  return {
    title: isTold ? `${detail.failed}: ${reason}` : detail.failed,
    lines: lines.filter((line) => line !== null),
  };
}

function moneyLine({ settled, released }: TaskDetail["money"]): string {
  const { detail } = tasks;
  if (Number(settled ?? 0) > 0) return detail.charged(formatCreditsLong(settled));
  const back = formatCreditsLong(released ?? 0);
  return back === "1 credit" ? detail.oneBack : detail.nothingCharged(back);
}
