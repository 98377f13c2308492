import { statusOf, type Task, type TaskStatus } from "../core/task.ts";
import { errorMessageOf } from "./status.ts";
import { wireTime } from "./time.ts";

/** The answer to a cancel: the task as it stands now. It ends once the upstream has been told. */
export interface CancelData {
  readonly task_id: string;
  readonly status: TaskStatus;
  readonly created_time: string;
  readonly error_message: string | null;
}

/** Writes a task whose cancel was noted. */
export function cancelData(task: Task): CancelData {
  return {
    task_id: task.id,
    status: statusOf(task),
    created_time: wireTime(task.createdAtMs),
    error_message: errorMessageOf(task),
  };
}
