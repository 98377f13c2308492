import { billFor, failAttempt, type Move, type Position } from "./move.ts";
import type { Production, UpstreamError } from "./outcome.ts";
import { salvage } from "./salvage.ts";
import type { AttemptState } from "./task.ts";

/** The end of a task whose every artifact is ours. */
export function finish(position: Position, production: Production): Move {
  return end(position, { production, asked: filesAsked(position, production), reason: NO_MORE });
}

/**
 * The end of a task of whose result some files can no longer be had: with those that are ours, or
 * as failed where none of them is what was asked for.
 * @param production What was told of the result, or `null` when nothing ever was.
 */
export function finishOrFail(
  position: Position,
  production: Production | null,
  ...[reason, failure = "failed"]: readonly [UpstreamError, AttemptState?]
): Move {
  const rest = production === null ? null : salvage(production);
  if (production === null || rest === null) return failAttempt(reason, failure);
  return end(position, { production: rest, asked: filesAsked(position, production), reason });
}

interface Ending {
  readonly production: Production;
  /** How many files there should be. */
  readonly asked: number;
  /** Why there are fewer, if there are. */
  readonly reason: Pick<UpstreamError, "code" | "message">;
}

function end(position: Position, { production, asked, reason }: Ending): Move {
  const done = { state: "succeeded", ended: true } as const;
  const { length } = production.artifacts;
  if (length >= asked) return { kind: "finish", production, attempt: done };
  const message = `Finished with ${length} of ${asked} files: ${reason.message}`;
  const { billed = "unknown" } = billFor(position, production);
  const error = { code: reason.code, message, retry: "never", retryAfterMs: null, billed } as const;
  return { kind: "finish", production, attempt: { ...done, error } };
}

const NO_MORE = { code: "empty_result", message: "The provider gave no more" } as const;

/** The files that were told of, and the pictures that were asked for and never told of. */
function filesAsked({ task }: Position, { artifacts, outputs }: Production): number {
  const { n: wanted } = task.input;
  const told = outputs.filter(({ kind }) => kind === "media").length;
  const untold = typeof wanted === "number" && told > 0 ? Math.max(0, wanted - told) : 0;
  return artifacts.length + untold;
}
