import type { CallbackReading, CallbackRequest } from "../providers/provider.ts";
import type { Claim } from "../store/store.ts";
import { read as readCallback } from "./ask.ts";
import type { EngineContext } from "./context.ts";
import { routeInUse } from "./provider-context.ts";
import { keyPart } from "./record.ts";

/** The answer to an upstream's callback. */
export interface CallbackReply {
  readonly status: number;
  readonly body: string;
}

const RECEIVED: CallbackReply = { status: 200, body: "" };

/**
 * Takes an upstream's callback about an attempt. It is a hint and no more: the task is looked at
 * now, and a submit whose answer was lost learns the job's name. Nothing ends by it, so that early,
 * repeated, forged and late ones change nothing. Resolves after the commit; `null` when there is
 * no such attempt.
 */
export async function takeUpstreamCallback(
  context: EngineContext,
  attemptId: string,
  request: CallbackRequest,
): Promise<CallbackReply | null> {
  const { store, clock } = context;
  const known = await store.tasks.attempt(attemptId);
  if (known === null) return null;
  const { attempt, task } = known;
  if (attempt.endedAtMs !== null) return RECEIVED;
  const claim: Claim = { task, attempt, loopback: false, fence: 0 };
  const reading = await readWith(context, claim, request);
  const operation = reading?.operation ?? null;
  const nowMs = clock.nowMs();
  if (operation !== null) {
    const key = keyPart(context, attempt, operation);
    await store.tasks.adopt({ attemptId, operation, ...key, nowMs });
  } else if (attempt.operation !== null) {
    // Of a job without a name nobody can be asked yet: looking early would cut its grace short.
    await store.tasks.wake(attemptId, nowMs);
  }
  return reading?.reply ?? RECEIVED;
}

async function readWith(
  context: EngineContext,
  claim: Claim,
  request: CallbackRequest,
): Promise<CallbackReading | null> {
  const route = routeInUse(context, claim, AbortSignal.timeout(READ_TIMEOUT_MS));
  return route === null ? null : readCallback(route, request);
}

const READ_TIMEOUT_MS = 10_000;
