import { makeId } from "../core/id.ts";
import type { Happening, Move } from "../core/move.ts";
import type { SubmitOutcome, UpstreamError } from "../core/outcome.ts";
import type { Route } from "../core/task.ts";
import { transition } from "../core/transition.ts";
import { disowned, TAKEN } from "../core/verdict.ts";
import { assert, present } from "../lib/assert.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import { inBackground } from "../lib/probe.ts";
import { retry } from "../lib/retry.ts";
import type { Preparation } from "../providers/provider.ts";
import type { Claim } from "../store/store.ts";
import { NOT_SET_UP, poll, reconcile, submitOnce } from "./ask.ts";
import { collect } from "./collect.ts";
import type { EngineContext } from "./context.ts";
import { testify } from "./inquire.ts";
import { insist, insistForGood } from "./insist.ts";
import { type HeldLease, type Tenure, underLease } from "./lease.ts";
import { findSources } from "./lineage.ts";
import { positionOf } from "./position.ts";
import { type RouteInUse, routeInUse } from "./provider-context.ts";
import { keyPart, record } from "./record.ts";

/** What a worker saw, and the claim as it stands after it. */
interface Sight {
  readonly claim: Claim;
  readonly happening: Happening;
}

/**
 * Takes a claimed task as far as it goes now: look, decide, record; once more when the result is
 * there and only its bytes have to be copied.
 * @param shift When the claim was asked for, now if absent: its lease is trusted from there. And
 *   what fires when the gateway is stopping, never if absent.
 */
export async function runClaim(
  context: EngineContext,
  claim: Claim,
  shift: Partial<Pick<Tenure, "askedMs" | "stopping">> = {},
): Promise<void> {
  const askedMs = context.clock.monotonicMs();
  const untilMs = claim.task.hardLimitAtMs;
  await underLease(context, { claim, askedMs, untilMs, ...shift }, async (lease) => {
    let next: Claim | null = claim;
    // At most two rounds: only the step into `collecting` gives a claim to go on with.
    for (let round = 0; round < 2 && next !== null; round += 1) {
      const sight = await look(context, next, lease);
      if (sight === null) return;
      // A question may be unanswered for that alone. A submit is not broken off, and what became of
      // it is true whoever has the lease; the fence tells whether it is ours to write.
      if (lease.signal.aborted && sight.happening.kind !== "submitted") return;
      const written = write(context, sight, lease);
      inBackground(written, () => keepJob(context, sight));
      next = await written;
    }
  });
}

/** {@link decide}, with as much patience for the database as what was seen is worth. */
function write(context: EngineContext, sight: Sight, lease: HeldLease): Promise<Claim | null> {
  const tell = (): Promise<Claim | null> => decide(context, sight);
  switch (sight.happening.kind) {
    case "submitted":
      // A result in hand is what was bought, and nobody can ask for it again.
      if (sight.happening.outcome.kind === "completed") return insistForGood(context, tell);
      return tell();
    case "collected":
    case "not-collected":
      // What was copied would be brought again, and its links may be dead by then.
      return insist(context, lease, tell);
    default:
      return tell();
  }
}

const KEEP_TRIES_MAX = 1_000;

/**
 * A job that was bought is not forgotten because the database could not be written just then, or
 * because the lease had passed on: its name is offered to the attempt until it can be written, as
 * if the upstream had told it again.
 */
function keepJob(context: EngineContext, { claim, happening }: Sight): void {
  if (happening.kind !== "submitted" || happening.outcome.kind !== "accepted") return;
  const { store, clock, log } = context;
  const attempt = present(claim.attempt, "attempt");
  const { operation } = happening.outcome;
  const key = keyPart(context, attempt, operation);
  const offer = (): Promise<boolean> =>
    store.tasks.adopt({ attemptId: attempt.id, operation, ...key, nowMs: clock.nowMs() });
  const kept = retry(offer, { clock, attemptsMax: KEEP_TRIES_MAX, delayMaxMs: 10_000 });
  inBackground(kept, (error) => {
    log.error({ taskId: claim.task.id, error }, "A job of the provider is in this log only");
  });
}

/** Writes down what follows from what was seen; gives the claim to go on with, or `null`. */
async function decide(context: EngineContext, sight: Sight): Promise<Claim | null> {
  const { claim, happening } = sight;
  const move = transition(positionOf(context, claim), happening);
  if (move.kind === "step" && move.alarm !== undefined) {
    context.log.warn({ taskId: claim.task.id, detail: move.alarm }, "Alarm");
  }
  if (isOver(move)) context.accounts.leave(claim.attempt?.id ?? "");
  const next = await record(context, claim, move);
  if (next === "lost") {
    await testifyTo(context, sight);
    keepJob(context, sight);
    return null;
  }
  if (next !== "taken") return next;
  context.log.error({ taskId: claim.task.id, detail: TAKEN.message }, "Alarm");
  await contest(context, sight);
  return decide(context, { ...sight, happening: disowned(happening) });
}

/** The task may have been canceled meanwhile: what was seen of its attempt is kept. */
async function testifyTo(context: EngineContext, { claim, happening }: Sight): Promise<void> {
  switch (happening.kind) {
    case "submitted":
    case "interrupted":
    case "searched":
    case "polled":
    case "contested":
      return testify(context, claim, happening);
    default:
  }
}

const CONTESTS_MAX = 3;

/**
 * Who was told an operation first need not be whose it is. A look-up only guesses and takes nothing
 * from anybody, nor does an upstream that goes on saying the same.
 */
async function contest(context: EngineContext, { claim, happening }: Sight): Promise<void> {
  if (happening.kind !== "submitted" || happening.outcome.kind !== "accepted") return;
  const { attempt } = claim;
  if (attempt === null || attempt.troubles >= CONTESTS_MAX) return;
  const { operationKey } = keyPart(context, attempt, happening.outcome.operation);
  if (operationKey === undefined) return;
  await context.store.tasks.contest(operationKey, context.clock.nowMs());
}

/** Whether the upstream has nothing more to do for the attempt. */
function isOver(move: Move): boolean {
  return move.kind !== "step" || move.stage === "collecting" || move.attempt?.ended === true;
}

async function look(context: EngineContext, claim: Claim, lease: HeldLease): Promise<Sight | null> {
  const { task } = claim;
  const { signal } = lease;
  if (context.clock.nowMs() >= task.hardLimitAtMs) {
    return plain(claim, { kind: "overdue" });
  }
  // Only a wish of a version that left it to the worker: now it ends the task by itself.
  if (task.cancelAtMs !== null) return plain(claim, { kind: "canceled" });
  if (claim.attempt?.contested === true && task.stage !== "submitting") {
    return plain(claim, { kind: "contested" });
  }
  if (claim.attempt !== null && UNDER_WAY.has(task.stage)) {
    context.accounts.keep(routeOf(task), claim.attempt.id);
  }
  const route = routeInUse(context, claim, signal);
  switch (task.stage) {
    case "queued":
      return begin(context, claim, lease);
    case "submitting":
      return plain(claim, { kind: "interrupted" });
    case "unknown":
      // A callback told the job's name meanwhile: it is asked for like any other.
      if ((claim.attempt?.operation ?? null) === null) {
        return plain(claim, await reconcile(claim, route));
      }
      return plain(claim, { kind: "polled", observation: await poll(claim, route) });
    case "polling":
      return plain(claim, { kind: "polled", observation: await poll(claim, route) });
    case "collecting":
      return { claim, happening: await collect(context, claim, lease) };
    default:
      return null;
  }
}

const UNDER_WAY: ReadonlySet<string> = new Set(["submitting", "unknown", "polling"]);

function plain(claim: Claim, happening: Happening): Sight {
  return { claim, happening };
}

/** Prepares, puts the intent on disk, then sends. `null` when the claim was lost in between. */
async function begin(
  context: EngineContext,
  claim: Claim,
  lease: HeldLease,
): Promise<Sight | null> {
  const { task } = claim;
  const route = routeInUse(context, claim, lease.signal);
  if (route === null) return plain(claim, { kind: "declined", error: NOT_SET_UP });
  if (!(await context.wayOut.hasRoom())) {
    return plain(claim, { kind: "held", afterMs: FULL_DISK_PAUSE_MS });
  }
  const marker = makeId("attempt", context.random);
  const preparation = route.provider.prepare({
    taskId: task.id,
    marker,
    model: task.model,
    upstreamModel: routeOf(task).upstreamModel,
    input: task.input,
    mode: task.mode,
    callbackUrl: context.callbackUrl(marker, route.context.account.baseUrl),
    sources: await findSources(context, task),
  });
  if (preparation.kind === "refused") {
    return plain(claim, { kind: "declined", error: preparation.error });
  }
  const permit = context.accounts.enter(routeOf(task), marker);
  if (permit.kind === "paused") return plain(claim, { kind: "declined", error: permit.error });
  if (permit.kind === "wait") return plain(claim, { kind: "held", afterMs: permit.afterMs });
  let open: Claim | null = null;
  try {
    open = await openAttempt(context, claim, { marker, prepared: withNotes(preparation) });
  } finally {
    // Whatever stood in the way, the place at the account is free again.
    if (open === null) context.accounts.leave(marker);
  }
  if (open === null) return null;
  return plain(open, { kind: "submitted", outcome: await send(context, open, lease) });
}

/** What a provider leaves out is kept beside what it sends, so that the task can tell it. */
function withNotes({ prepared, notes }: Extract<Preparation, { kind: "ready" }>): Json {
  return notes.length > 0 && isJsonObject(prepared) ? { ...prepared, notes } : prepared;
}

/** A result without room would be paid for and lost. */
const FULL_DISK_PAUSE_MS = 10_000;

function routeOf({ routes, routeIndex }: Claim["task"]): Route {
  return present(routes[routeIndex], "route");
}

async function openAttempt(
  context: EngineContext,
  claim: Claim,
  { marker, prepared }: { readonly marker: string; readonly prepared: Attempt["prepared"] },
): Promise<Claim | null> {
  const { task, fence } = claim;
  const { provider, account, upstreamModel } = routeOf(task);
  const nowMs = context.clock.nowMs();
  const number = task.attempts + 1;
  const attempt = { id: marker, number, provider, account, upstreamModel, prepared };
  const isOurs = context.registry.provider(provider)?.traits.inProcess === true;
  const home = isOurs ? context.settings.node : null;
  const intent = { taskId: task.id, fence, attempt, nowMs, home };
  if (!(await context.store.tasks.recordIntent(intent))) return null;
  return {
    ...claim,
    task: { ...task, stage: "submitting", attempts: number },
    attempt: {
      ...attempt,
      taskId: task.id,
      state: "submitting",
      operation: null,
      production: null,
      troubles: 0,
      errorCode: null,
      errorMessage: null,
      intentAtMs: nowMs,
      endedAtMs: null,
    },
  };
}

type Attempt = NonNullable<Claim["attempt"]>;

async function send(
  context: EngineContext,
  claim: Claim,
  lease: HeldLease,
): Promise<SubmitOutcome> {
  // It is not broken off when the lease is: what it buys is bought, and its answer worth having.
  const route = routeInUse(context, claim, new AbortController().signal);
  // A process that was frozen here must not send: another may be asking about this very attempt. To
  // an upstream that an operator took away just now nothing can be sent.
  if (route === null || !lease.isTrusted()) {
    context.accounts.leave(present(claim.attempt, "attempt").id);
    return { kind: "rejected", error: route === null ? NOT_SET_UP : HELD_UP };
  }
  const outcome = await submitOnce(claim, whileTrusted(route, lease));
  context.accounts.keep(routeOf(claim.task), present(claim.attempt, "attempt").id);
  context.accounts.heard(routeOf(claim.task), outcome);
  if (outcome.kind === "accepted") {
    // Written before the commit: the last trace of a paid job when the database cannot be reached.
    const upstreamId = JSON.stringify(outcome.operation).slice(0, 200);
    context.log.info({ taskId: claim.task.id, upstreamId }, "The provider took the task");
  }
  return outcome;
}

const HELD_UP: UpstreamError = {
  ...NOT_SET_UP,
  code: "upstream_unavailable",
  message: "The gateway was held up, and nothing was sent to the provider",
  retry: "same-route",
};

/**
 * Files may be brought for minutes before what costs money is sent, and a connection takes its
 * time: it is asked anew each time, and once more when nothing but the sending is left.
 */
function whileTrusted({ provider, context }: RouteInUse, lease: HeldLease): RouteInUse {
  const request: typeof context.request = async (exchange) => {
    assert(lease.isTrusted(), "The lease is over: nothing is sent under it");
    return context.request({ ...exchange, mayLeave: () => lease.isTrusted() });
  };
  return { provider, context: { ...context, request } };
}
