import type { TaskErrorCode } from "../core/error.ts";
import { exactCredits } from "../core/money.ts";
import { statusOf, type Task, type TaskStatus } from "../core/task.ts";
import { errorMessageOf } from "./status.ts";
import { wireTime } from "./time.ts";

/** A task in a list: the members of status that need no files. */
export interface TaskItem {
  readonly task_id: string;
  readonly status: TaskStatus;
  readonly created_time: string;
  readonly finished_time: string | null;
  readonly progress: number;
  readonly error_message: string | null;
  readonly model: string;
  readonly error_code: TaskErrorCode | null;
  readonly credits: string;
}

/** Writes a task for a list. */
export function taskItem(task: Task): TaskItem {
  return {
    task_id: task.id,
    status: statusOf(task),
    created_time: wireTime(task.createdAtMs),
    finished_time: task.finishedAtMs === null ? null : wireTime(task.finishedAtMs),
    progress: task.progress,
    error_message: errorMessageOf(task),
    model: task.model,
    error_code: task.errorCode,
    credits: exactCredits(task.charged ?? task.hold),
  };
}
