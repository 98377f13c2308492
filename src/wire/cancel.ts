import { statusOf, type Task, type TaskStatus } from "../core/task.ts";
import { errorMessageOf } from "./status.ts";
import { wireTime } from "./time.ts";

/** The answer to a cancel: the task as it ended. */
export interface CancelData {
  readonly task_id: string;
  readonly status: TaskStatus;
  readonly created_time: string;
  readonly error_message: string | null;
}

/** Writes a task that was canceled. */
export function cancelData(task: Task): CancelData {
  return {
    task_id: task.id,
    status: statusOf(task),
    created_time: wireTime(task.createdAtMs),
    error_message: errorMessageOf(task),
  };
}
