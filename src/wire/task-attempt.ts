import type { Cost, UpstreamError } from "../core/outcome.ts";
import type { Attempt } from "../core/task.ts";
import { isJsonObject, type Json, type JsonObject } from "../lib/json.ts";
import { redact } from "./redact.ts";
import { timeOrNull, wireTime } from "./time.ts";

/** An attempt with the times of its stages. */
export interface ShownAttempt extends Attempt {
  readonly acceptedAtMs: number | null;
  readonly producedAtMs: number | null;
  readonly billed: UpstreamError["billed"] | null;
  readonly cost: Cost | null;
}

/**
 * Writes one intent to pay one provider. What only the operator may know (account, upstream model
 * and id, what was sent and got) is `null` for others; so is what is not kept.
 */
export function attemptData(attempt: ShownAttempt, isOperator: boolean): JsonObject {
  const secret = <Shown extends Json>(shown: Shown): Shown | null => (isOperator ? shown : null);
  const { production } = attempt;
  return {
    attempt_id: attempt.id,
    number: attempt.number,
    provider: attempt.provider,
    account: secret(attempt.account),
    upstream_model: secret(attempt.upstreamModel),
    upstream_id: secret(upstreamIdOf(attempt.operation)),
    state: attempt.state,
    billed: billedOf(attempt),
    cost: secret(attempt.cost === null ? null : { ...attempt.cost }),
    error_code: attempt.errorCode,
    error_message: attempt.errorMessage,
    troubles: attempt.troubles,
    intent_time: wireTime(attempt.intentAtMs),
    accepted_time: timeOrNull(attempt.acceptedAtMs),
    produced_time: timeOrNull(attempt.producedAtMs),
    ended_time: timeOrNull(attempt.endedAtMs),
    intent_ms: attempt.intentAtMs,
    accepted_ms: attempt.acceptedAtMs,
    produced_ms: attempt.producedAtMs,
    ended_ms: attempt.endedAtMs,
    request: secret(redact(attempt.prepared)),
    response: secret(responseOf(attempt)),
    meta: secret(production === null ? null : redact(production.meta)),
    notes: notesOf(attempt),
  };
}

/**
 * In what the result is not as asked: what the provider has no words for, and what our own engine
 * says of its result, that 1080p stands for 4K, or no clip was followed.
 */
function notesOf({ provider, prepared, production }: ShownAttempt): readonly string[] {
  const isOwn = provider === "offline";
  const holder = isOwn ? (production?.meta ?? null) : prepared;
  const notes = isJsonObject(holder) && Array.isArray(holder.notes) ? holder.notes : [];
  return notes.filter((note) => typeof note === "string");
}

/** What of the provider's answers is kept: its handle of the job, and where the results were. */
function responseOf({ operation, production }: ShownAttempt): Json {
  if (operation === null && production === null) return null;
  const artifacts = (production?.artifacts ?? []).map(({ media, source }) => ({
    media,
    source: source.kind,
    ...(source.kind === "url" ? { url: source.url } : {}),
  }));
  return redact({ operation, artifacts });
}

/** Whether it was paid for, as far as is known: `yes`, `no`, `unknown`, or `null` while open. */
function billedOf({ state, billed, provider }: ShownAttempt): string | null {
  if (provider === "offline") return "no";
  if (billed !== null) return billed;
  if (state === "rejected") return "no";
  if (state === "produced" || state === "succeeded") return "yes";
  return state === "unresolved" || state === "unknown" ? "unknown" : null;
}

/** Handles are each provider's own; most are an id, or hold one under such a name. */
function upstreamIdOf(operation: Json): string | null {
  if (typeof operation === "string") return operation;
  if (!isJsonObject(operation)) return null;
  for (const name of ["id", "taskId", "task_id", "requestId", "request_id", "name", "job"]) {
    const value = operation[name];
    if (typeof value === "string") return value;
  }
  return null;
}
