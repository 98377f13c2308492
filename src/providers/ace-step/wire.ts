import { type Json, parseJson } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { at, listAt, numberAt, textAt } from "../reading.ts";
import { type PreparedSong, readPreparedSong } from "../songs.ts";

/** The handle of a job, with all that its result is told with. */
export interface SongOperation extends Omit<PreparedSong, "body"> {
  readonly taskId: string;
  /** Whether the server has ever said something of the job. */
  readonly wasSeen: boolean;
  /** Since when the server says nothing of it, milliseconds since 1970, or `null`. */
  readonly silentSinceMs: number | null;
}

/** Writes a handle. */
export function writeOperation(operation: SongOperation): Json {
  return { ...operation };
}

/** Reads it back. */
export function readOperation(operation: Json): SongOperation {
  return {
    ...readPreparedSong(operation),
    taskId: textAt(operation, "taskId") ?? "",
    wasSeen: at(operation, "wasSeen") === true,
    silentSinceMs: numberAt(operation, "silentSinceMs"),
  };
}

/** A job's state as the server tells it. */
export interface SongState {
  /** 0 under way, 1 done, 2 failed; a word where it is something else. */
  readonly status: number | string;
  readonly progressText: string;
  readonly items: readonly SongItem[];
}

/** One song of a result. */
export interface SongItem {
  /** Path of its bytes on the server, or `null`. */
  readonly file: string | null;
  /** 0 to 1, or `null`. */
  readonly progress: number | null;
  readonly durationS: number;
  readonly lyrics: string;
  readonly error: string;
  readonly meta: Json;
}

/** Reads the state of one job; `null` when the answer holds none. */
export function readState(answer: Json, taskId: string): SongState | null {
  const entry = listAt(answer, "data").find((each) => textAt(each, "task_id") === taskId);
  const status = at(entry, "status");
  if (typeof status !== "number" && typeof status !== "string") return null;
  // The items are JSON inside a text.
  const result = at(entry, "result");
  const items = typeof result === "string" ? parseJson(result) : result;
  return {
    status,
    progressText: textAt(entry, "progress_text") ?? "",
    items: listAt(items).map(readItem),
  };
}

function readItem(item: Json): SongItem {
  const metas = at(item, "metas") ?? null;
  return {
    file: textAt(item, "file"),
    progress: numberAt(item, "progress"),
    durationS: Number(at(metas, "duration")) || 0,
    lyrics: textAt(item, "lyrics") ?? "",
    error: textAt(item, "error") ?? "",
    meta: metas,
  };
}

/** Reads `{error}` and `{detail}`. */
export function readWords(answer: Json | undefined): UpstreamWords {
  const message = textAt(answer, "error") ?? textAt(answer, "detail") ?? textAt(answer, "message");
  return { code: "", message: message ?? "" };
}
