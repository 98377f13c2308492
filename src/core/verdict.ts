import { assert, present, unreachable } from "../lib/assert.ts";
import { finishOrFail } from "./finish.ts";
import {
  billFor,
  endedBy,
  failAttempt,
  type Happening,
  type Move,
  type Position,
  runAgain,
} from "./move.ts";
import {
  type FindOutcome,
  filesOf,
  type Observation,
  type Production,
  type SubmitOutcome,
  type UpstreamError,
} from "./outcome.ts";
import { renew } from "./salvage.ts";

/** What follows from the answer to a submit, or from its absence. */
export function afterSubmit(position: Position, outcome: SubmitOutcome): Move {
  switch (outcome.kind) {
    case "accepted":
      return {
        kind: "step",
        stage: "polling",
        dueInMs: outcome.pollAfterMs,
        attempt: { state: "running", operation: outcome.operation, troubles: 0 },
      };
    case "completed":
      return produced(position, outcome.production);
    case "rejected":
      return rejected(position, outcome.error);
    case "unknown":
      return unanswered(position, outcome.error);
    default:
      return unreachable(outcome);
  }
}

/** What follows when a worker died between intent and answer: never a plain second submit. */
export function interrupted(position: Position): Move {
  return unanswered(position, SILENCE);
}

/** Why nobody can tell what became of a submit. */
export const SILENCE: UpstreamError = {
  code: "unknown_outcome",
  message: "The provider never said whether it took the task",
  retry: "never",
  retryAfterMs: null,
  billed: "unknown",
};

/** Why an operation is not believed: it was told to another attempt before. */
export const TAKEN: UpstreamError = {
  ...SILENCE,
  message: "The provider gave this task the job of another one",
};

/**
 * What is left of an answer that names another attempt's operation: nothing. A result that is
 * somebody else's is never shown, so the submit counts as unanswered, a look-up as undecided, and
 * a poll says nothing about the job.
 */
export function disowned(happening: {
  readonly kind: string;
}): Extract<Happening, { kind: "submitted" | "searched" | "polled" }> {
  switch (happening.kind) {
    case "submitted":
      return { kind: "submitted", outcome: { kind: "unknown", error: TAKEN } };
    case "searched":
      return { kind: "searched", outcome: { kind: "undecidable", detail: TAKEN.message } };
    default:
      return { kind: "polled", observation: { kind: "unreachable", error: TAKEN } };
  }
}

function produced(position: Position, fresh: Production): Move {
  const held = heldBy(position);
  const { length } = fresh.artifacts;
  const isWhole = fresh.outputs.flatMap(filesOf).every((file) => file >= 0 && file < length);
  if (!isWhole) return finishOrFail(position, held, BROKEN);
  if (isHollow(fresh)) return finishOrFail(position, held, HOLLOW);
  const production = held === null ? fresh : renew(held, fresh);
  return {
    kind: "step",
    stage: "collecting",
    dueInMs: 0,
    started: true,
    attempt: {
      ...{ state: "produced", production, troubles: failedCopies(position) },
      ...billFor(position, production),
    },
  };
}

/** The result that was told before, when a fresh link was asked for; or `null`. */
function heldBy({ attempt }: Position): Production | null {
  return attempt?.production ?? null;
}

/** Copies that failed count on over the poll that asks for a fresh link; else there was none. */
function failedCopies(position: Position): number {
  return heldBy(position) === null ? 0 : troublesOf(position);
}

/** Whether nothing is in it: no file, and no words. */
function isHollow({ outputs }: Production): boolean {
  return outputs.every((output) => output.kind !== "text" && filesOf(output).length === 0);
}

const HOLLOW: UpstreamError = {
  ...SILENCE,
  code: "empty_result",
  message: "The provider finished without a result",
};

const BROKEN: UpstreamError = {
  ...SILENCE,
  code: "invalid_output",
  message: "The provider's result names a file that it did not give",
};

/** Nothing was bought: the same route later, the next route now, or the end. */
function rejected(position: Position, error: UpstreamError): Move {
  const { task } = position;
  if (task.stage === "unknown" && error.retry !== "never") return refusedAgain(position, error);
  // Some take a job, try it and tell in one answer that it failed: that may have been charged.
  if (error.billed !== "no") return failAttempt(error, "rejected");
  const attempt = endedBy(error, "rejected");
  if (error.retry === "same-route") {
    return { kind: "step", stage: "queued", dueInMs: waitFor(position, error), attempt };
  }
  const next = task.routeIndex + 1;
  if (error.retry === "other-route" && next < task.routes.length) {
    return { kind: "step", stage: "queued", dueInMs: 0, routeIndex: next, attempt };
  }
  return failAttempt(error, "rejected");
}

/**
 * A limit, an empty account or a refused key says nothing about the first time that the same was
 * sent: that may have been bought, and may have emptied the account. It is asked again.
 */
function refusedAgain(position: Position, error: UpstreamError): Move {
  const move = unanswered(position, SILENCE);
  if (move.kind !== "step" || error.retryAfterMs === null) return move;
  return { ...move, dueInMs: Math.max(move.dueInMs, waitFor(position, error)) };
}

const BACKOFF_START_MS = 2_000;
const BACKOFF_MAX_MS = 60_000;
const RETRY_AFTER_MIN_MS = 1_000;
const RETRY_AFTER_MAX_MS = 900_000;

/** What the upstream asked for, within 1 s and 15 min; else 2 s doubled each time, full jitter. */
function waitFor({ task, chance }: Position, error: UpstreamError): number {
  if (error.retryAfterMs !== null) {
    return Math.min(Math.max(error.retryAfterMs, RETRY_AFTER_MIN_MS), RETRY_AFTER_MAX_MS);
  }
  const ceiling = Math.min(BACKOFF_START_MS * 2 ** (task.attempts - 1), BACKOFF_MAX_MS);
  return Math.round(ceiling * (0.5 + chance / 2));
}

/** An operation that two submits were told is nobody's until each has asked again. */
export function contested(position: Position): Move {
  if (position.traits.resubmit === "free") {
    return { kind: "step", stage: "queued", dueInMs: 0, attempt: endedBy(TAKEN, "lost") };
  }
  const move = unanswered(position, TAKEN);
  assert(move.kind === "step" && move.attempt !== undefined, "What costs money is asked about");
  return { ...move, attempt: { ...move.attempt, operation: null, production: null } };
}

/** A submit without an answer becomes a state of its own; only a free run is simply repeated. */
function unanswered(position: Position, error: UpstreamError): Move {
  const { traits } = position;
  if (traits.resubmit === "free") return runAgain(position, { error, state: "unresolved" });
  const attempt = present(position.attempt, "attempt");
  const troubles = attempt.troubles + 1;
  // Whose job it really is should be known before anybody polls it to its end.
  const startMs = error === TAKEN ? TAKEN_BACKOFF_START_MS : UNANSWERED_BACKOFF_START_MS;
  return {
    kind: "step",
    stage: "unknown",
    dueInMs:
      traits.resubmit === "idempotency-key"
        ? backoff(position, troubles, startMs)
        : error === TAKEN
          ? lookAfter(position)
          : firstLookAfter(position),
    // The job's name came by another way meanwhile: it is asked for like any other.
    ...(attempt.operation === null || error === TAKEN ? {} : { dueInMs: 0 }),
    attempt: { state: "unknown", troubles, error },
    alarm: "A submit was not answered",
  };
}

const UNANSWERED_BACKOFF_START_MS = 1_000;
const TAKEN_BACKOFF_START_MS = 50;

/** Pauses that double with the troubles, up to a minute. */
export function backoff(
  { chance }: Position,
  troubles: number,
  startMs = UNANSWERED_BACKOFF_START_MS,
): number {
  return Math.round(Math.min(startMs * 2 ** troubles, BACKOFF_MAX_MS) * (0.5 + chance / 2));
}

/** Look-ups come at 1/24, 1/4 and all of the grace after the intent; the last one decides. */
export function lookAfter(position: Position): number {
  const { graceMs } = position.traits;
  const elapsedMs = position.nowMs - present(position.attempt, "attempt").intentAtMs;
  const next = [graceMs / 24, graceMs / 4, graceMs].find((atMs) => atMs > elapsedMs);
  return next === undefined ? 0 : Math.ceil(next - elapsedMs);
}

/**
 * Files may have been brought for long before the submit was sent, or it hung: then only a whole
 * grace from the silence tells an upstream that registers late from one that never will.
 */
function firstLookAfter(position: Position): number {
  const { graceMs } = position.traits;
  const elapsedMs = position.nowMs - present(position.attempt, "attempt").intentAtMs;
  return elapsedMs > graceMs / 4 ? graceMs : lookAfter(position);
}

/** What follows from a look-up of a submit that was not answered. */
export function afterFind(position: Position, outcome: FindOutcome): Move {
  if (outcome.kind === "found") {
    return {
      kind: "step",
      stage: "polling",
      dueInMs: 0,
      attempt: { state: "running", operation: outcome.operation, troubles: 0 },
    };
  }
  const elapsedMs = position.nowMs - present(position.attempt, "attempt").intentAtMs;
  if (elapsedMs < position.traits.graceMs) {
    // Upstreams register late: a "no" before the grace is over has bought twice in trials.
    return { kind: "step", stage: "unknown", dueInMs: lookAfter(position) };
  }
  const route = present(position.task.routes[position.task.routeIndex], "route");
  const proved = outcome.kind === "absent" && position.traits.resubmit !== "blind";
  const attempt = { ...endedBy(SILENCE, "unresolved"), unlessTold: true } as const;
  if (proved || route.onAmbiguous === "retry") {
    return { kind: "step", stage: "queued", dueInMs: 0, attempt };
  }
  return { kind: "fail", errorCode: SILENCE.code, errorMessage: SILENCE.message, attempt };
}

/** What follows from the answer to a poll. */
export function afterPoll(position: Position, observation: Observation): Move {
  switch (observation.kind) {
    case "pending":
      return pending(position, observation);
    case "completed":
      return completed(position, observation.production);
    case "failed":
      return upstreamFailed(position, observation.error);
    case "lost":
      return lost(position);
    case "unreachable":
      return unreachablePoll(position);
    default:
      return unreachable(observation);
  }
}

function pending(position: Position, seen: Extract<Observation, { kind: "pending" }>): Move {
  const { pollMs } = position.traits;
  return {
    kind: "step",
    stage: "polling",
    dueInMs: Math.min(Math.max(seen.pollAfterMs, pollMs.min), pollMs.max),
    started: seen.phase === "running",
    progress: seen.progress ?? 0,
    attempt: {
      state: "running",
      troubles: failedCopies(position),
      ...(seen.operation === undefined ? {} : { operation: seen.operation }),
    },
    ...(seen.unknownStatus === undefined
      ? {}
      : { alarm: `Unknown status from the provider: ${seen.unknownStatus}` }),
  };
}

const EMPTY_TRIES_MAX = 3;
const EMPTY_PAUSE_MS = 15_000;

function completed(position: Position, production: Production): Move {
  if (!isHollow(production)) return produced(position, production);
  if (troublesOf(position) < EMPTY_TRIES_MAX) return ask(position, EMPTY_PAUSE_MS);
  return finishOrFail(position, heldBy(position), HOLLOW);
}

/** Another run or route only where nothing was bought; refused content is never shopped around. */
function upstreamFailed(position: Position, error: UpstreamError): Move {
  const { task, traits } = position;
  const held = heldBy(position);
  // What was made before is bought, whatever is said of the job when a fresh link is asked for.
  if (held !== null && traits.resubmit !== "free") return finishOrFail(position, held, error);
  if (error.billed !== "no") return failAttempt(error, "failed");
  const attempt = endedBy(error, "failed");
  if (error.retry === "same-route" && task.attempts < 2) {
    return { kind: "step", stage: "queued", dueInMs: waitFor(position, error), attempt };
  }
  const next = task.routeIndex + 1;
  if (error.retry === "other-route" && next < task.routes.length) {
    return { kind: "step", stage: "queued", dueInMs: 0, routeIndex: next, attempt };
  }
  return failAttempt(error, "failed");
}

const LOST_AFTER_MS = 300_000;
const LOST_TIMES = 5;

/** Why an attempt is given up whose job is gone. */
export const LOST: UpstreamError = {
  ...SILENCE,
  code: "job_lost",
  message: "The provider no longer knows the job",
};

/** An upstream may not know its own job for a moment; a free engine simply runs it again. */
function lost(position: Position): Move {
  if (position.traits.resubmit === "free") {
    return runAgain(position, { error: LOST, state: "lost" });
  }
  if (isMislaid(position)) return ask(position, position.traits.pollMs.max);
  return finishOrFail(position, heldBy(position), LOST, "lost");
}

/** Whether a job that its upstream does not know may still turn up. */
export function isMislaid(position: Position): boolean {
  const elapsedMs = position.nowMs - present(position.attempt, "attempt").intentAtMs;
  return elapsedMs < LOST_AFTER_MS || troublesOf(position) < LOST_TIMES;
}

/** A question that failed says nothing about the job, nor about copies of its result. */
function unreachablePoll(position: Position): Move {
  const troubles = troublesOf(position) + 1;
  const move = ask(position, backoff(position, troubles));
  if (heldBy(position) === null) return move;
  return { ...move, attempt: { state: "running" } };
}

function ask(position: Position, dueInMs: number): Extract<Move, { kind: "step" }> {
  return {
    kind: "step",
    stage: "polling",
    dueInMs,
    attempt: { state: "running", troubles: troublesOf(position) + 1 },
  };
}

/** How many questions about the attempt failed in a row. */
export function troublesOf(position: Position): number {
  return position.attempt?.troubles ?? 0;
}
