import { statusOf, type TaskStatus } from "../core/task.ts";
import { type DetailFile, detailFiles, type FileUrl, type TaskWithFiles } from "./outputs.ts";
import { errorMessageOf } from "./status.ts";
import { wireTime } from "./time.ts";

/** A music detail answer: exactly the five documented members, without progress. */
export interface MusicDetailData {
  readonly task_id: string;
  readonly status: TaskStatus;
  readonly files: readonly DetailFile[];
  readonly created_time: string;
  readonly error_message: string | null;
}

/** Writes a task for its music detail answer. */
export function musicDetailData(view: TaskWithFiles, url: FileUrl): MusicDetailData {
  const { task, files } = view;
  return {
    task_id: task.id,
    status: statusOf(task),
    files: task.stage === "finished" ? detailFiles({ outputs: task.outputs, files }, url) : [],
    created_time: wireTime(task.createdAtMs),
    error_message: errorMessageOf(task),
  };
}
