import type { Task, TaskStatus } from "../core/task.ts";
import type { JsonObject } from "../lib/json.ts";
import { wireTime } from "./time.ts";

/** The answer to a submit. */
export interface ReceiptData {
  readonly task_id: string;
  readonly status: TaskStatus;
  readonly created_time: string;
}

/**
 * Writes a task as it was when it was accepted. A replayed submit repeats the first answer to the
 * letter, however far the task has come since; the status endpoint tells that.
 */
export function receiptData(task: Pick<Task, "id" | "createdAtMs">): ReceiptData {
  return { task_id: task.id, status: "not_started", created_time: wireTime(task.createdAtMs) };
}

/** The task id of a receipt that another process sent, or `null` when it bears none. */
export function readTaskId(receipt: JsonObject): string | null {
  return typeof receipt.task_id === "string" ? receipt.task_id : null;
}
