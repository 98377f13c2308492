import type { Json } from "../lib/json.ts";
import type { TaskErrorCode } from "./error.ts";
import type {
  Cost,
  FindOutcome,
  Observation,
  Production,
  SubmitOutcome,
  UpstreamError,
} from "./outcome.ts";
import type { Attempt, AttemptState, Task, TaskStage } from "./task.ts";
import type { ProviderTraits } from "./traits.ts";

/** What happened to a task, as the engine saw it. */
export type Happening =
  /** The provider cannot or may not do this input; nothing was sent. */
  | { readonly kind: "declined"; readonly error: UpstreamError }
  /** The account is busy or resting, or the disk is nearly full; nothing was sent. */
  | { readonly kind: "held"; readonly afterMs: number }
  | { readonly kind: "submitted"; readonly outcome: SubmitOutcome }
  /** A worker died or lost its lease between the intent and the answer. */
  | { readonly kind: "interrupted" }
  | { readonly kind: "searched"; readonly outcome: FindOutcome }
  | { readonly kind: "polled"; readonly observation: Observation }
  /** Every artifact is ours. */
  | { readonly kind: "collected"; readonly production: Production }
  /** Some are not, for these reasons, in the order of the artifacts. */
  | {
      readonly kind: "not-collected";
      readonly production: Production;
      readonly errors: readonly UpstreamError[];
    }
  /** The operation was told to another submit, too. */
  | { readonly kind: "contested" }
  | { readonly kind: "canceled" }
  | { readonly kind: "overdue" };

/** Where a task stands when something happens to it. */
export interface Position {
  readonly task: Task;
  readonly attempt: Attempt | null;
  readonly traits: ProviderTraits;
  readonly nowMs: number;
  /** Evenly drawn from 0 to 1; spreads retries. */
  readonly chance: number;
}

/** What changes about the attempt. */
export interface AttemptMove {
  readonly state: AttemptState;
  readonly operation?: Json;
  readonly production?: Production | null;
  readonly troubles?: number;
  readonly error?: UpstreamError;
  readonly ended?: boolean;
  /** Concluded from silence: void when the upstream said something meanwhile. */
  readonly unlessTold?: true;
  /** Whether the upstream charges for it, and how much where it says so; else as its error says. */
  readonly billed?: UpstreamError["billed"];
  readonly cost?: Cost;
}

/** What follows from a happening. Each is one of the moves listed in `lifecycle.ts`. */
export type Move =
  | {
      readonly kind: "step";
      readonly stage: Exclude<TaskStage, "finished" | "failed">;
      readonly dueInMs: number;
      readonly progress?: number;
      readonly started?: boolean;
      readonly routeIndex?: number;
      readonly attempt?: AttemptMove;
      /** Something that an operator should look at. */
      readonly alarm?: string;
    }
  /** All artifacts are ours; the attempt's error tells what is missing, if anything is. */
  | { readonly kind: "finish"; readonly production: Production; readonly attempt: AttemptMove }
  | {
      readonly kind: "fail";
      readonly errorCode: TaskErrorCode;
      readonly errorMessage: string;
      readonly attempt?: AttemptMove;
      /** The attempt stays open: its provider is asked what becomes of it (`inquiry.ts`). */
      readonly inquiry?: true;
    };

/** Most runs of one task on an engine where a run costs nothing, once one of them had begun. */
export const FREE_RUNS_MAX = 50;
const FREE_RUNS_AT_ONCE = 3;
const FREE_PAUSE_MAX_MS = 60_000;

/**
 * A run that costs nothing is made again. What only waited for its turn when the engine went down
 * is not to blame; what had begun may be what brought it down, so it waits longer each time, and
 * not for ever.
 */
export function runAgain(
  { task }: Position,
  lapse: { readonly error: UpstreamError; readonly state: AttemptState },
): Move {
  const begun = task.startedAtMs !== null;
  if (begun && task.attempts >= FREE_RUNS_MAX) return failAttempt(lapse.error, lapse.state);
  const late = begun ? Math.max(0, task.attempts - FREE_RUNS_AT_ONCE) : 0;
  const dueInMs = late === 0 ? 0 : Math.min(FREE_PAUSE_MAX_MS, 1_000 * 2 ** Math.min(late, 16));
  return { kind: "step", stage: "queued", dueInMs, attempt: endedBy(lapse.error, lapse.state) };
}

/** A failure of the task with the attempt that caused it. */
export function failAttempt(error: UpstreamError, state: AttemptState): Move {
  return {
    kind: "fail",
    errorCode: error.code,
    errorMessage: error.message,
    attempt: endedBy(error, state),
  };
}

/** Whether a production was paid for, and with what. */
export function billFor(
  { traits }: Pick<Position, "traits">,
  production: Production,
): Pick<AttemptMove, "billed" | "cost"> {
  if (traits.resubmit === "free") return { billed: "no" };
  return { billed: "yes", ...(production.cost === undefined ? {} : { cost: production.cost }) };
}

/** The end of an attempt, with its reason. */
export function endedBy(error: UpstreamError, state: AttemptState): AttemptMove {
  return { state, error, ended: true };
}
