import type { TaskErrorCode } from "../core/error.ts";
import type { FileRow } from "../core/file.ts";
import type { Mode } from "../core/key.ts";
import { exactCredits } from "../core/money.ts";
import { isTerminal, statusOf, type Task, type TaskStage, type TaskStatus } from "../core/task.ts";
import { errorMessageOf } from "./status.ts";
import { timeOrNull, wireTime } from "./time.ts";

/** A task in a list: at most 1 kB of JSON. */
export interface TaskItem {
  readonly task_id: string;
  readonly status: TaskStatus;
  /** Where it stands inside, a word of the page on the life of a task. */
  readonly phase: TaskStage;
  readonly created_time: string;
  readonly started_time: string | null;
  readonly finished_time: string | null;
  /** From accept to end, milliseconds; `null` before the end. */
  readonly duration_ms: number | null;
  readonly progress: number;
  /** Its start, at most 160 bytes. */
  readonly error_message: string | null;
  readonly model: string;
  readonly kind: string | null;
  /** The start of its prompt on one line, at most 240 bytes. */
  readonly prompt: string;
  readonly mode: Mode;
  readonly key_id: string | null;
  readonly key_name: string | null;
  /** What serves it or will serve it first; `null` when no route is left. */
  readonly provider: string | null;
  /** The operator's account there; `null` for whoever may not know. */
  readonly account: string | null;
  readonly error_code: TaskErrorCode | null;
  /** What it costs or did cost, exact. */
  readonly credits: string;
  /** What is held for it now, exact. */
  readonly held: string;
  readonly files: number;
  /** How many of them are what the model makes: pictures, films or tracks without their covers. */
  readonly pieces: number;
  /** A small picture of the first result that has one, or `null`. */
  readonly thumb_url: string | null;
  /** Its main colour, `#rrggbb`, or `null` while it is not known. */
  readonly colour: string | null;
  /** The size of that result, so that a page keeps its place; `null` while it is not known. */
  readonly width: number | null;
  readonly height: number | null;
  /** Of the first film or track. */
  readonly duration_s: number | null;
  readonly starred: boolean;
  /** When its files end, or `null`. */
  readonly expires_time: string | null;
}

/** What a list knows of a task. */
export interface TaskItemFacts {
  readonly task: Omit<Task, "input" | "outputs" | "callbackUrl">;
  readonly prompt: string;
  readonly keyName: string | null;
  readonly isStarred: boolean;
  readonly files: readonly (FileRow & { readonly colour: string | null })[];
}

/** What is known beside it. */
export interface TaskItemView {
  /** What the model makes, or `null` for a model that is no longer known. */
  readonly kind: string | null;
  /** Whether the names of accounts may be told. */
  readonly isOperator: boolean;
  readonly nowMs: number;
  pictures(file: FileRow): PictureUrls;
}

/** Links of what can be shown of a file without loading it; `null` for what cannot be made. */
export interface PictureUrls {
  /** At most 320 pixels wide, as WebP. */
  readonly small: string | null;
  /** At most 640 pixels wide, as WebP. */
  readonly large: string | null;
  /** The loudness of a sound, as JSON. */
  readonly peaks: string | null;
}

/** Writes a task for a list. */
export function taskItem(facts: TaskItemFacts, view: TaskItemView): TaskItem {
  const { task, files } = facts;
  const route = task.routes[task.routeIndex] ?? null;
  const alive = files.filter((file) => file.deletedAtMs === null && file.expiresAtMs > view.nowMs);
  const shown = alive.find((file) => view.pictures(file).small !== null) ?? null;
  const pieces = files.filter(({ mediaType }) => mediaType.startsWith(startOf(view.kind)));
  const shape = shown ?? pieces[0];
  const message = errorMessageOf(task);
  const ends = alive.map(({ expiresAtMs }) => expiresAtMs);
  return {
    task_id: task.id,
    status: statusOf(task),
    phase: task.stage,
    created_time: wireTime(task.createdAtMs),
    started_time: timeOrNull(task.startedAtMs),
    finished_time: timeOrNull(task.finishedAtMs),
    duration_ms: task.finishedAtMs === null ? null : task.finishedAtMs - task.createdAtMs,
    progress: task.stage === "finished" ? 100 : Math.min(task.progress, 99),
    error_message: message === null ? null : headOf(message, 160),
    model: task.model,
    kind: view.kind,
    prompt: headOf(facts.prompt, 240),
    mode: task.mode,
    key_id: task.keyId,
    key_name: facts.keyName === null ? null : headOf(facts.keyName, 60),
    provider: route?.provider ?? null,
    account: view.isOperator ? (route?.account ?? null) : null,
    error_code: task.errorCode,
    credits: exactCredits(task.charged ?? task.hold),
    held: exactCredits(isTerminal(task.stage) ? 0 : task.hold),
    files: files.length,
    pieces: pieces.length,
    thumb_url: shown === null ? null : view.pictures(shown).small,
    colour: shown?.colour ?? null,
    width: shape?.width ?? null,
    height: shape?.height ?? null,
    duration_s: pieces[0]?.durationS ?? null,
    starred: facts.isStarred,
    expires_time: ends.length === 0 ? null : wireTime(Math.min(...ends)),
  };
}

/** How the types of files begin that are what a model of a kind makes. */
function startOf(kind: string | null): string {
  return kind === "music" ? "audio/" : kind === null ? "" : `${kind}/`;
}

/** The start of a text on one line: at most so many UTF-8 bytes, no character cut in two. */
export function headOf(text: string, bytesMax: number): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  let head = "";
  let bytes = 0;
  for (const character of line) {
    bytes += Math.max(Buffer.byteLength(character), JSON.stringify(character).length - 2);
    if (bytes > bytesMax) return head.trimEnd();
    head += character;
  }
  return head;
}
