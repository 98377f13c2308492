import type { Observation, SubmitOutcome, UpstreamError } from "../core/outcome.ts";
import type { JsonObject } from "../lib/json.ts";
import { publicWords, type UpstreamWords, upstreamError } from "./answer.ts";
import { type Dialect, meantBy } from "./dialect.ts";
import type { ProviderContext } from "./provider.ts";

// What becomes of a job, from the words of an upstream that has it.

/** A job that was taken, found again by its id and what else is named; `null` without an id. */
export function accepted(
  id: string | null,
  pollAfterMs: number,
  more: JsonObject = {},
): SubmitOutcome | null {
  return id === null ? null : { kind: "accepted", operation: { id, ...more }, pollAfterMs };
}

/** A job that goes on. */
export function pending(
  phase: "queued" | "running",
  pollAfterMs: number,
  progress: number | null = null,
): Pending {
  return { kind: "pending", phase, progress, pollAfterMs };
}

/** What is observed of a job that has not ended. */
export type Pending = Extract<Observation, { kind: "pending" }>;

/** An upstream's words for a job that waits, and for one at work. */
export type Phases = Readonly<Record<"queued" | "running", readonly string[]>>;

/**
 * A state that is no end: a word that is not known keeps the job going, and is passed on. `null`
 * where no state is told. The progress is that of a job at work.
 */
export function underWay(
  status: string | null,
  { queued, running }: Phases,
  { pollAfterMs, progress }: { readonly pollAfterMs: number; readonly progress?: number | null },
): Pending | null {
  if (status === null) return null;
  if (queued.includes(status)) return pending("queued", pollAfterMs);
  if (running.includes(status)) return pending("running", pollAfterMs, progress);
  return { ...pending("running", pollAfterMs), unknownStatus: status.slice(0, 100) };
}

/** Why a job failed, in its own words; whether it was charged is not known unless they say so. */
export function jobError(
  words: UpstreamWords,
  dialect: Dialect,
  context: ProviderContext,
): UpstreamError {
  const own = meantBy(words, dialect, context);
  if (own !== null) return { ...own, billed: "unknown", retry: "never" };
  const message = publicWords(words.message, context) ?? "The provider could not make it";
  return upstreamError({ code: "generation_failed", message, billed: "unknown" });
}
