import {
  callbackFiles,
  type DetailFile,
  type FileUrl,
  type Results,
  type StatusFile,
} from "./outputs.ts";
import { wireTime } from "./time.ts";

/** The body of a callback: flat, and these five members only. */
export interface CallbackBody {
  readonly task_id: string;
  readonly status: "finished" | "failed";
  readonly files: readonly StatusFile[] | readonly DetailFile[];
  readonly created_time: string;
  readonly error_message: string | null;
}

/** Puts a written body into the envelope of the older callbacks: `{code, data}`. */
export function wrapCallback(flat: string): string {
  return `{"code":200,"data":${flat}}`;
}

/** How a task ended, before it is written. */
export type TaskEnd = {
  readonly taskId: string;
  readonly createdAtMs: number;
} & (
  | ({ readonly status: "finished" } & Results)
  | { readonly status: "failed"; readonly errorMessage: string }
);

/** Writes the end of a task for its callback. */
export function callbackBody(end: TaskEnd, url: FileUrl): CallbackBody {
  const finished = end.status === "finished";
  return {
    task_id: end.taskId,
    status: end.status,
    files: finished ? callbackFiles(end, url) : [],
    created_time: wireTime(end.createdAtMs),
    error_message: finished ? null : end.errorMessage,
  };
}
