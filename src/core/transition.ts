import { assert, present } from "../lib/assert.ts";
import { finish, finishOrFail } from "./finish.ts";
import { MOVES } from "./lifecycle.ts";
import { type Happening, type Move, type Position, runAgain } from "./move.ts";
import type { UpstreamError } from "./outcome.ts";
import { afterFind, afterPoll, afterSubmit, contested, interrupted } from "./verdict.ts";

/**
 * Decides what follows from a happening: the only place where the stage of a task changes. Pure.
 * Each move it gives is one of {@link MOVES}.
 */
export function transition(position: Position, happening: Happening): Move {
  const move = decide(position, happening);
  const from = position.task.stage;
  const to = move.kind === "step" ? move.stage : move.kind === "finish" ? "finished" : "failed";
  assert(
    MOVES.some((known) => known.from === from && known.on === happening.kind && known.to === to),
    `No move from ${from} on ${happening.kind} to ${to}`,
  );
  return move.kind === "step" ? { ...move, dueInMs: untilLimit(position, move.dueInMs) } : move;
}

/**
 * Nothing is waited for beyond the hard limit: the task is closed then. In whole milliseconds:
 * upstreams ask for parts of them, which no database takes.
 */
function untilLimit({ task, nowMs }: Position, dueInMs: number): number {
  return Math.ceil(Math.min(dueInMs, Math.max(0, task.hardLimitAtMs - nowMs)));
}

function decide(position: Position, happening: Happening): Move {
  switch (happening.kind) {
    case "declined":
      return declined(position, happening.error);
    case "held":
      return { kind: "step", stage: "queued", dueInMs: held(position, happening.afterMs) };
    case "submitted":
      return afterSubmit(position, happening.outcome);
    case "interrupted":
      return interrupted(position);
    case "searched":
      return afterFind(position, happening.outcome);
    case "polled":
      return afterPoll(position, happening.observation);
    case "collected":
      return finish(position, happening.production);
    case "not-collected":
      return notCollected(position, happening);
    case "contested":
      return contested(position);
    case "canceled":
      return canceled(position);
    case "overdue":
      return overdue(position);
  }
}

function declined({ task }: Position, error: UpstreamError): Move {
  const next = task.routeIndex + 1;
  if (error.retry === "other-route" && next < task.routes.length) {
    return { kind: "step", stage: "queued", dueInMs: 0, routeIndex: next };
  }
  return { kind: "fail", errorCode: error.code, errorMessage: error.message };
}

const HELD_SPREAD_MS = 1_000;

/** Those that wait for one account do not all come at the same moment. */
function held({ chance }: Position, afterMs: number): number {
  return Math.round(afterMs + chance * HELD_SPREAD_MS);
}

/** What a client is told of a task that was canceled. */
export const CANCELED = "Canceled on request";

/** Pauses between tries to copy a result; beyond them the last one repeats. */
const COLLECT_DELAYS_MS = [1_000, 5_000, 15_000, 30_000, 60_000] as const;
/** Most copies that fail in a row; with their pauses, 63 take an hour. */
const TRIES_MAX = { final: 1, deadLink: 10, other: 63 } as const;
/** What a link that is over comes to: a refusal, a page for people, or nothing at all. */
const DEAD_LINKS: ReadonlySet<string> = new Set([
  "result_expired",
  "invalid_output",
  "empty_result",
]);

type Trouble = keyof typeof TRIES_MAX;

function troubleOf({ code, retry }: UpstreamError): Trouble {
  if (retry === "never" && code !== "result_expired") return "final";
  return DEAD_LINKS.has(code) ? "deadLink" : "other";
}

/**
 * A failed copy never buys again: it is repeated, or the upstream is asked for a fresh link. What
 * came with the answer to a submit has no job that could be asked about. Of several files the one
 * decides that may take longest, so that no other has been tried less often than it may be.
 */
function notCollected(
  position: Position,
  { errors, production }: Extract<Happening, { kind: "not-collected" }>,
): Move {
  const attempt = present(position.attempt, "attempt");
  const expired = errors.find(({ code }) => code === "result_expired");
  if (expired !== undefined && position.traits.resubmit === "free") {
    return runAgain(position, { error: expired, state: "lost" });
  }
  const triesMax = (each: UpstreamError): number => TRIES_MAX[troubleOf(each)];
  const [error] = errors.toSorted((one, other) => triesMax(other) - triesMax(one));
  assert(error !== undefined, "What was not collected has a reason");
  const troubles = attempt.troubles + 1;
  const trouble = troubleOf(error);
  // A link that dies late is asked for anew, but no change of reasons makes the patience longer.
  const isNew = trouble === "deadLink" && !DEAD_LINKS.has(attempt.errorCode ?? "");
  if (troubles >= TRIES_MAX[isNew ? "other" : trouble]) {
    const isDead = trouble !== "other";
    return finishOrFail(position, production, isDead ? error : { ...error, message: UNFETCHED });
  }
  const asks = attempt.operation !== null && errors.some((each) => troubleOf(each) === "deadLink");
  return {
    kind: "step",
    stage: asks ? "polling" : "collecting",
    dueInMs: COLLECT_DELAYS_MS[troubles - 1] ?? 60_000,
    attempt: { state: asks ? "running" : "produced", production, troubles, error },
  };
}

const UNFETCHED = "The provider's result could not be fetched within an hour";

function canceled(position: Position): Move {
  const end = { kind: "fail", errorCode: "canceled", errorMessage: CANCELED } as const;
  return { ...end, ...leave(position, "canceled") };
}

function overdue(position: Position): Move {
  const { stage } = position.task;
  const unsure = stage === "submitting" || stage === "unknown";
  return {
    kind: "fail",
    errorCode: unsure ? "unknown_outcome" : "timeout",
    errorMessage: unsure
      ? "The provider never said whether it took the task; it was closed at its time limit"
      : "The task did not end within its time limit",
    ...leave(position, "failed"),
  };
}

/** A task that ends without its provider's word leaves its attempt open, unless all is known. */
function leave(
  { task, attempt }: Position,
  state: "canceled" | "failed",
): Partial<Extract<Move, { kind: "fail" }>> {
  if (attempt === null) return {};
  if (task.stage === "collecting") return { attempt: { state, ended: true } };
  return { inquiry: true };
}
