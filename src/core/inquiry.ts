import { assert, present, unreachable } from "../lib/assert.ts";
import { INQUIRY_ENDS } from "./lifecycle.ts";
import { type AttemptMove, billFor, endedBy, type Happening, type Position } from "./move.ts";
import type {
  CancelOutcome,
  FindOutcome,
  Observation,
  SubmitOutcome,
  UpstreamError,
} from "./outcome.ts";
import { backoff, isMislaid, LOST, lookAfter, SILENCE, troublesOf } from "./verdict.ts";

// A task that was canceled or ran out of time ends at once. What its provider made of it is another
// question, asked until the provider has said, so that the books tell what was bought. Nothing that
// comes to light changes the task.

/** What was seen of an attempt whose task has ended. */
export type Finding =
  | Extract<Happening, { kind: "submitted" | "interrupted" | "searched" | "polled" | "contested" }>
  /** Nobody can be asked about a submit that was not answered. */
  | { readonly kind: "unasked" }
  /** The time for questions is over. */
  | { readonly kind: "expired" };

/** Where an inquiry stands. */
export interface InquiryPosition extends Position {
  /** What the provider said when it was told to stop, or `null` while it has not answered. */
  readonly told: CancelOutcome | null;
  readonly taskEndedAtMs: number;
}

/** What follows: another question, or the end of the attempt. */
export type InquiryMove =
  | { readonly kind: "ask"; readonly dueInMs: number; readonly attempt?: AttemptMove }
  | { readonly kind: "close"; readonly attempt: AttemptMove };

/** Decides what follows from a finding. Pure; each end is one of {@link INQUIRY_ENDS}. */
export function inquire(position: InquiryPosition, finding: Finding): InquiryMove {
  const move = decide(position, finding);
  // Shares of a time and what an upstream asks for are no whole milliseconds.
  if (move.kind === "ask") return { ...move, dueInMs: Math.ceil(move.dueInMs) };
  const { state, billed = move.attempt.error?.billed } = move.attempt;
  assert(
    INQUIRY_ENDS.some((known) => known.state === state && known.billed === billed),
    `No end of an attempt as ${state}, charged: ${billed}`,
  );
  return move;
}

function decide(position: InquiryPosition, finding: Finding): InquiryMove {
  switch (finding.kind) {
    case "submitted":
      return afterSubmit(position, finding.outcome);
    case "searched":
      return afterFind(position, finding.outcome);
    case "polled":
      return afterPoll(position, finding.observation);
    case "interrupted":
      return unanswered(position);
    case "contested": {
      const move = unanswered(position);
      const none = { operation: null, production: null };
      return { ...move, attempt: { ...present(move.attempt, "attempt"), ...none } };
    }
    case "unasked":
      return unasked(position);
    case "expired":
      return unresolved(position);
    default:
      return unreachable(finding);
  }
}

function afterSubmit(position: InquiryPosition, outcome: SubmitOutcome): InquiryMove {
  switch (outcome.kind) {
    case "accepted":
      return found(outcome.operation);
    case "completed":
      return { kind: "close", attempt: made(position, outcome.production) };
    case "rejected":
      // The same key sent again: a limit says nothing about the first time.
      if (position.attempt?.state === "unknown" && outcome.error.retry !== "never") {
        return unanswered(position);
      }
      return { kind: "close", attempt: endedBy(outcome.error, "rejected") };
    case "unknown":
      return unanswered(position);
    default:
      return unreachable(outcome);
  }
}

function found(operation: AttemptMove["operation"]): InquiryMove {
  return {
    kind: "ask",
    dueInMs: 0,
    attempt: { state: "running", troubles: 0, ...(operation === undefined ? {} : { operation }) },
  };
}

function made(
  position: InquiryPosition,
  production: Extract<Observation, { kind: "completed" }>["production"],
): AttemptMove {
  return { state: "succeeded", production, ended: true, ...billFor(position, production) };
}

/** A submit without an answer is looked for. It is never sent again: nobody wants it any more. */
function unanswered(position: InquiryPosition): InquiryMove {
  if (isFree(position)) return unresolved(position);
  return { kind: "ask", dueInMs: lookAfter(position), attempt: { state: "unknown" } };
}

function afterFind(position: InquiryPosition, outcome: FindOutcome): InquiryMove {
  if (outcome.kind === "found") return found(outcome.operation);
  if (isWithinGrace(position)) return { kind: "ask", dueInMs: lookAfter(position) };
  if (outcome.kind === "absent" && position.traits.resubmit !== "blind") {
    const attempt = { state: "canceled", ended: true, billed: "no", unlessTold: true } as const;
    return { kind: "close", attempt };
  }
  return { kind: "ask", dueInMs: slow(position, position.traits.pollMs.max) };
}

/** Only a callback can still tell what became of it; where none comes, nobody ever will. */
function unasked(position: InquiryPosition): InquiryMove {
  if (isWithinGrace(position)) return { kind: "ask", dueInMs: lookAfter(position) };
  if (isFree(position) || !position.traits.completion.includes("callback")) {
    return unresolved(position);
  }
  return { kind: "ask", dueInMs: FAR_MS };
}

/** Beyond the end of every inquiry, which cuts it short. */
const FAR_MS = 31_536_000_000;

function isWithinGrace({ nowMs, attempt, traits }: InquiryPosition): boolean {
  return nowMs - present(attempt, "attempt").intentAtMs < traits.graceMs;
}

function afterPoll(position: InquiryPosition, observation: Observation): InquiryMove {
  switch (observation.kind) {
    case "pending": {
      const { operation } = observation;
      const attempt = { state: "running", troubles: 0 } as const;
      return {
        kind: "ask",
        dueInMs: slow(position, observation.pollAfterMs),
        attempt: operation === undefined ? attempt : { ...attempt, operation },
      };
    }
    case "completed":
      return { kind: "close", attempt: made(position, observation.production) };
    case "failed":
      return { kind: "close", attempt: failed(position, observation.error) };
    case "lost":
      return lost(position);
    case "unreachable":
      return again(position, backoff(position, troublesOf(position) + 1));
    default:
      return unreachable(observation);
  }
}

/** A job that ends without a result after it was told to stop was stopped. */
function failed(position: InquiryPosition, error: UpstreamError): AttemptMove {
  const isStopped = position.told === "canceled" || error.code === "canceled";
  const billed = isFree(position) ? "no" : error.billed;
  return endedBy({ ...error, billed }, isStopped ? "canceled" : "failed");
}

/** Many upstreams forget what was canceled; another job may turn up again. */
function lost(position: InquiryPosition): InquiryMove {
  const isFreeOfCharge = isFree(position);
  const billed = isFreeOfCharge ? "no" : "unknown";
  if (position.told === "canceled") {
    return { kind: "close", attempt: { state: "canceled", ended: true, billed } };
  }
  if (isFreeOfCharge || !isMislaid(position)) {
    return { kind: "close", attempt: endedBy({ ...LOST, billed }, "lost") };
  }
  return again(position, position.traits.pollMs.max);
}

function again(position: InquiryPosition, dueInMs: number): InquiryMove {
  const troubles = troublesOf(position) + 1;
  return {
    kind: "ask",
    dueInMs: slow(position, dueInMs),
    attempt: { state: "running", troubles },
  };
}

function unresolved(position: InquiryPosition): InquiryMove {
  const error = isFree(position) ? { ...SILENCE, billed: "no" as const } : SILENCE;
  return { kind: "close", attempt: endedBy(error, "unresolved") };
}

function isFree({ traits }: InquiryPosition): boolean {
  return traits.resubmit === "free";
}

const PAUSE_MAX_MS = 600_000;

/** Nobody waits for the answer: the longer ago the task ended, the longer the pauses. */
function slow({ nowMs, taskEndedAtMs, traits }: InquiryPosition, wantedMs: number): number {
  const paceMs = Math.min(Math.max(wantedMs, traits.pollMs.min), traits.pollMs.max);
  return Math.max(paceMs, Math.min((nowMs - taskEndedAtMs) / 10, PAUSE_MAX_MS));
}
