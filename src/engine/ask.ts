import type { Happening } from "../core/move.ts";
import type {
  CancelOutcome,
  FindOutcome,
  Observation,
  SubmitOutcome,
  UpstreamError,
} from "../core/outcome.ts";
import { SILENCE } from "../core/verdict.ts";
import { present } from "../lib/assert.ts";
import {
  type CallbackReading,
  type CallbackRequest,
  UpstreamFailure,
} from "../providers/provider.ts";
import type { Claim } from "../store/store.ts";
import type { RouteInUse } from "./provider-context.ts";

// The calls to a provider, each with its answer as a value whatever it throws.

/**
 * Sends the one request that may cost money; a throw that is no refusal leaves it unknown. What
 * stops a repeat before it is sent, a file that is gone, refuses nothing of the first time.
 */
export async function submitOnce(
  claim: Claim,
  { provider, context }: RouteInUse,
  time: "first" | "again" = "first",
): Promise<SubmitOutcome> {
  try {
    return await provider.submit(present(claim.attempt, "attempt").prepared, context);
  } catch (error) {
    if (!(error instanceof UpstreamFailure)) return { kind: "unknown", error: silence(error) };
    const isFinal = time === "again" && error.error.retry === "never";
    return { kind: "rejected", error: isFinal ? SILENCE : error.error };
  }
}

/** Asks about a submit that was not answered: sends the same key again, or looks for the job. */
export async function reconcile(claim: Claim, route: RouteInUse | null): Promise<Happening> {
  if (route?.provider.traits.resubmit === "idempotency-key" && isKeyAlive(claim, route)) {
    return { kind: "submitted", outcome: await submitOnce(claim, route, "again") };
  }
  return { kind: "searched", outcome: await find(claim, route) };
}

/** As long as upstreams keep a key at the least. Under one that is forgotten it is bought anew. */
const KEY_LIFE_MS = 86_400_000;

function isKeyAlive({ attempt }: Claim, { context }: RouteInUse): boolean {
  return context.clock.nowMs() - present(attempt, "attempt").intentAtMs < KEY_LIFE_MS;
}

/** Looks for the job of a submit that was not answered. */
export async function find(claim: Claim, route: RouteInUse | null): Promise<FindOutcome> {
  const attempt = present(claim.attempt, "attempt");
  if (route === null) return undecidable("provider is not set up");
  const { provider, context } = route;
  if (provider.find === undefined) return undecidable("provider cannot look jobs up");
  const { prepared } = attempt;
  const query = { marker: attempt.id, prepared, sentAtMs: attempt.intentAtMs };
  try {
    return await provider.find(query, context);
  } catch (error) {
    return undecidable(String(error));
  }
}

function undecidable(detail: string): FindOutcome {
  return { kind: "undecidable", detail };
}

/** Asks for the state of an operation; a question that fails says nothing about the job. */
export async function poll(claim: Claim, route: RouteInUse | null): Promise<Observation> {
  if (route === null) return { kind: "unreachable", error: NOT_SET_UP };
  if (route.provider.poll === undefined) return { kind: "lost" };
  try {
    const { operation } = present(claim.attempt, "attempt");
    return await route.provider.poll(operation, route.context);
  } catch (error) {
    return { kind: "unreachable", error: silence(error) };
  }
}

/** Reads an upstream's callback; `null` when the provider has none or cannot make sense of it. */
export async function read(
  { provider, context }: RouteInUse,
  request: CallbackRequest,
): Promise<CallbackReading | null> {
  if (provider.callback === undefined) return null;
  try {
    return await provider.callback(request, context);
  } catch {
    return null;
  }
}

/**
 * Asks the upstream to stop; `null` when no answer came, so that it is asked again. What it answers
 * changes nothing for the customer.
 */
export async function withdraw(
  { attempt }: Claim,
  route: RouteInUse | null,
): Promise<CancelOutcome | null> {
  const operation = attempt?.operation ?? null;
  if (operation === null || route === null) return null;
  // What may be another task's job is not stopped.
  if (attempt?.contested === true) return null;
  if (route.provider.cancel === undefined) return "unsupported";
  try {
    return await route.provider.cancel(operation, route.context);
  } catch {
    return null;
  }
}

function silence(error: unknown): UpstreamError {
  const known = error instanceof UpstreamFailure ? error.error : null;
  return {
    code: known?.code ?? "upstream_unavailable",
    message: known?.message ?? "The provider did not answer",
    retry: "same-route",
    retryAfterMs: null,
    billed: "unknown",
  };
}

/** Why a route cannot be used: its provider or account is gone from the settings. */
export const NOT_SET_UP: UpstreamError = {
  code: "model_unavailable",
  message: "The provider of this route is not set up any more",
  retry: "other-route",
  retryAfterMs: null,
  billed: "no",
};
