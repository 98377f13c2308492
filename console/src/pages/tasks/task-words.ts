import type { TaskItem } from "../../lib/tasks.ts";
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
