import type { Json, JsonObject } from "../lib/json.ts";
import type { TaskErrorCode } from "./error.ts";
import type { Mode } from "./key.ts";
import type { Millicredits } from "./money.ts";
import type { Output, Production } from "./outcome.ts";

/** The public status; no other word is ever on the wire. */
export type TaskStatus = "not_started" | "running" | "finished" | "failed";

/**
 * Where a task stands inside. `status` is a projection of it.
 *
 * - `queued`: no attempt is open; waits for its turn.
 * - `submitting`: an intent to pay is on disk and a request may be under way.
 * - `unknown`: a request left and no definite answer came; to be reconciled, never repeated.
 * - `polling`: an upstream has the job.
 * - `collecting`: the result is known, its bytes are being copied.
 */
export type TaskStage =
  | "queued"
  | "submitting"
  | "unknown"
  | "polling"
  | "collecting"
  | "finished"
  | "failed";

/** One way to serve a model: provider, its name for the model, and the account that pays. */
export interface Route {
  readonly provider: string;
  readonly upstreamModel: string;
  readonly account: string;
  /** Whether a blind provider may be asked again after an unknown outcome. */
  readonly onAmbiguous: "fail" | "retry";
  /** Whether the upstream's model is another one than the model named; absent when it is not. */
  readonly substitute?: true;
}

/** A task as the store gives it to readers. Times are milliseconds since 1970. */
export interface Task {
  readonly id: string;
  readonly projectId: string;
  readonly keyId: string | null;
  readonly mode: Mode;
  readonly model: string;
  /** Checked input with defaults. */
  readonly input: JsonObject;
  readonly callbackUrl: string | null;
  readonly stage: TaskStage;
  /** 0 to 99 while it runs, 100 only when finished; never goes down. */
  readonly progress: number;
  /** Frozen at accept, in the order in which they are tried. */
  readonly routes: readonly Route[];
  readonly routeIndex: number;
  /** Attempts made so far. */
  readonly attempts: number;
  /** What the customer pays when it finishes; held from accept to the end. */
  readonly hold: Millicredits;
  /** What was settled, or `null` before the end. */
  readonly charged: Millicredits | null;
  readonly outputs: readonly Output[];
  readonly errorCode: TaskErrorCode | null;
  readonly errorMessage: string | null;
  /** Set when somebody asked to cancel it. */
  readonly cancelAtMs: number | null;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  /** When it counts as stalled, and when it is closed at the latest. */
  readonly softLimitAtMs: number;
  readonly hardLimitAtMs: number;
  readonly finishedAtMs: number | null;
  /** When its files end; `null` before the end. */
  readonly expiresAtMs: number | null;
}

/** The public word for a stage. */
export function statusOf(task: Pick<Task, "stage" | "startedAtMs">): TaskStatus {
  if (task.stage === "finished" || task.stage === "failed") return task.stage;
  // "running" begins when an upstream really works on it, and is never taken back.
  return task.startedAtMs === null ? "not_started" : "running";
}

/** Whether nothing can change any more. */
export function isTerminal(stage: TaskStage): stage is "finished" | "failed" {
  return stage === "finished" || stage === "failed";
}

/** How an attempt stands. `rejected`, `succeeded`, `failed`, `lost` and `unresolved` are ends. */
export type AttemptState =
  | "submitting"
  | "unknown"
  | "running"
  | "produced"
  | "rejected"
  | "succeeded"
  | "failed"
  | "lost"
  | "unresolved"
  | "canceled";

/** One intent to pay one provider for one task; a row of its own, never reused. */
export interface Attempt {
  readonly id: string;
  readonly taskId: string;
  /** 1 for the task's first. */
  readonly number: number;
  readonly provider: string;
  readonly account: string;
  readonly upstreamModel: string;
  readonly state: AttemptState;
  readonly prepared: Json;
  readonly operation: Json;
  /** Another submit was told the same operation: it may be either's, and is not believed. */
  readonly contested?: true;
  /** The result's manifest while its bytes are being copied. */
  readonly production: Production | null;
  /** Failed questions in a row: polls, look-ups or downloads. */
  readonly troubles: number;
  readonly errorCode: TaskErrorCode | null;
  readonly errorMessage: string | null;
  readonly intentAtMs: number;
  readonly endedAtMs: number | null;
}
