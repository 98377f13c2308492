import type { DeliveryTry } from "../core/delivery.ts";
import type { FileRow } from "../core/file.ts";
import type { Mode, Scope, ShownKey } from "../core/key.ts";
import { exactCredits, type Millicredits } from "../core/money.ts";
import {
  type Attempt,
  statusOf,
  type Task,
  type TaskStage,
  type TaskStatus,
} from "../core/task.ts";
import type { Json, JsonObject } from "../lib/json.ts";
import { errorMessageOf } from "./status.ts";
import { timeOrNull, wireTime } from "./time.ts";

/** A key as operators see it: never its secret. */
export interface KeyItem {
  readonly id: string;
  readonly name: string;
  readonly mode: Mode;
  /** The start and the last four characters of the secret. */
  readonly shown_as: string;
  /** Whether it came from `VIDGO_BOOTSTRAP_KEY`. */
  readonly bootstrap: boolean;
  readonly created_time: string;
  /** `null` when it was never used. */
  readonly last_used_time: string | null;
  /** `null` while it is in force. */
  readonly revoked_time: string | null;
  /** When it ends or ended, `null` for never. */
  readonly expires_time: string | null;
  readonly scopes: readonly Scope[];
  /** Addresses and networks that may use it; any when empty. */
  readonly networks: readonly string[];
}

/** What is kept of a key. */
export interface KeptKey extends Omit<ShownKey, "digest"> {
  readonly id: string;
  readonly name: string;
  readonly mode: Mode;
  readonly bootstrap: boolean;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | null;
  readonly revokedAtMs: number | null;
  readonly expiresAtMs: number | null;
  readonly scopes: readonly Scope[];
  readonly networks: readonly string[];
}

/** Writes a key for the list of keys. */
export function keyItem(key: KeptKey): KeyItem {
  return {
    id: key.id,
    name: key.name,
    mode: key.mode,
    shown_as: `${key.prefix}…${key.last4}`,
    bootstrap: key.bootstrap,
    created_time: wireTime(key.createdAtMs),
    last_used_time: timeOrNull(key.lastUsedAtMs),
    revoked_time: timeOrNull(key.revokedAtMs),
    expires_time: timeOrNull(key.expiresAtMs),
    scopes: key.scopes,
    networks: key.networks,
  };
}

/** What the project has left, exact: `"8.48"`. */
export interface CreditsData {
  readonly credits: string;
}

/** Writes a balance for operators. */
export function creditsData(balance: Millicredits): CreditsData {
  return { credits: exactCredits(balance) };
}

/** A task in the list of tasks. */
export interface TaskItem {
  readonly task_id: string;
  readonly status: TaskStatus;
  /** Where it stands inside; customers see the status only. */
  readonly stage: TaskStage;
  readonly model: string;
  readonly mode: Mode;
  readonly provider: string | null;
  readonly progress: number;
  /** What it costs or did cost, exact. */
  readonly credits: string;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly created_time: string;
  readonly finished_time: string | null;
}

/** What a list of tasks for people shows, in this order. */
export const TASK_COLUMNS: readonly (keyof TaskItem)[] = [
  "task_id",
  "status",
  "model",
  "mode",
  "provider",
  "progress",
  "credits",
  "created_time",
  "error_code",
];

/** Writes a task for the list of tasks. */
export function taskItem(task: Task): TaskItem {
  return {
    task_id: task.id,
    status: statusOf(task),
    stage: task.stage,
    model: task.model,
    mode: task.mode,
    provider: task.routes[task.routeIndex]?.provider ?? null,
    progress: task.stage === "finished" ? 100 : Math.min(task.progress, 99),
    credits: exactCredits(task.charged ?? task.hold),
    error_code: task.errorCode,
    error_message: errorMessageOf(task),
    created_time: wireTime(task.createdAtMs),
    finished_time: timeOrNull(task.finishedAtMs),
  };
}

/** A task with all that happened to it. */
export interface TaskDetail extends TaskItem {
  readonly input: JsonObject;
  readonly callback_url: string | null;
  readonly attempts: readonly AttemptItem[];
  /** The tries of its callback. */
  readonly callbacks: readonly TryItem[];
  readonly files: readonly FileItem[];
}

/** One intent to pay one provider. */
export interface AttemptItem {
  readonly attempt_id: string;
  readonly number: number;
  readonly provider: string;
  readonly account: string;
  readonly upstream_model: string;
  readonly state: Attempt["state"];
  /** The upstream's handle of the job. */
  readonly operation: Json;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly intent_time: string;
  readonly ended_time: string | null;
}

/** One try to reach the callback. */
export interface TryItem {
  readonly number: number;
  readonly started_time: string;
  readonly duration_ms: number;
  /** HTTP status, or `null` when no answer came. */
  readonly status: number | null;
  readonly error: string | null;
}

/** A file of a task. */
export interface FileItem {
  readonly file_id: string;
  readonly file_url: string;
  readonly media_type: string;
  readonly size_bytes: number;
  readonly sha256: string;
  readonly expires_time: string;
}

/** All that the store knows of a task. */
export interface TaskFacts {
  readonly task: Task;
  readonly files: readonly FileRow[];
  readonly attempts: readonly Attempt[];
  readonly tries: readonly DeliveryTry[];
}

/** Writes a task with its attempts, callbacks and files. */
export function taskDetail(facts: TaskFacts, url: (file: FileRow) => string): TaskDetail {
  return {
    ...taskItem(facts.task),
    input: facts.task.input,
    callback_url: facts.task.callbackUrl,
    attempts: facts.attempts.map(attemptItem),
    callbacks: facts.tries.map(tryItem),
    files: facts.files.map((file) => ({
      file_id: file.id,
      file_url: url(file),
      media_type: file.mediaType,
      size_bytes: file.sizeBytes,
      sha256: file.sha256,
      expires_time: wireTime(file.expiresAtMs),
    })),
  };
}

function attemptItem(attempt: Attempt): AttemptItem {
  return {
    attempt_id: attempt.id,
    number: attempt.number,
    provider: attempt.provider,
    account: attempt.account,
    upstream_model: attempt.upstreamModel,
    state: attempt.state,
    operation: attempt.operation,
    error_code: attempt.errorCode,
    error_message: attempt.errorMessage,
    intent_time: wireTime(attempt.intentAtMs),
    ended_time: timeOrNull(attempt.endedAtMs),
  };
}

function tryItem(made: DeliveryTry): TryItem {
  return {
    number: made.number,
    started_time: wireTime(made.startedAtMs),
    duration_ms: made.durationMs,
    status: made.status,
    error: made.errorClass,
  };
}
