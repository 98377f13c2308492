import { makeId } from "../core/id.ts";
import type { AttemptMove, Move } from "../core/move.ts";
import type { Attempt } from "../core/task.ts";
import { present } from "../lib/assert.ts";
import type { Json } from "../lib/json.ts";
import { nameUuid } from "../lib/name-uuid.ts";
import { at } from "../providers/reading.ts";
import type { AttemptChange, Claim, Settlement, Step } from "../store/store.ts";
import { callbackBody } from "../wire/callback.ts";
import { chargeFor, results } from "./collect.ts";
import type { EngineContext } from "./context.ts";

/**
 * Writes a move. Gives the claim to go on with when the next stage follows at once under the same
 * lease; `taken` when nothing was written because the operation is another attempt's, `lost` when
 * the lease was; else `null`.
 */
export async function record(
  context: EngineContext,
  claim: Claim,
  move: Move,
): Promise<Claim | "taken" | "lost" | null> {
  if (move.kind === "step") return recordStep(context, claim, move);
  const end = await endOf(context, claim, move);
  const settled = await context.store.tasks.settle(settlementOf(context, claim, { move, end }));
  if (settled) {
    if (move.kind === "finish") await finished(context, claim, move);
    return null;
  }
  context.log.warn({ taskId: claim.task.id, fence: claim.fence }, "Lease lost");
  return "lost";
}

async function finished(
  { log, wayOut }: EngineContext,
  { task, attempt }: Claim,
  { production, attempt: { error } }: Extract<Move, { kind: "finish" }>,
): Promise<void> {
  if (error !== undefined) {
    const subject = { taskId: task.id, provider: present(attempt, "attempt").provider };
    const count = production.artifacts.length;
    log.warn({ ...subject, count, detail: error.message }, "A result has fewer files than asked");
  }
  await wayOut.letGo(attempt?.production?.artifacts ?? production.artifacts);
}

async function recordStep(
  context: EngineContext,
  claim: Claim,
  move: Extract<Move, { kind: "step" }>,
): Promise<Claim | "taken" | "lost" | null> {
  const { task } = claim;
  // The copy of a result begins in the same breath: nothing is gained by giving up the lease.
  const goesOn = move.stage === "collecting" && task.stage !== "collecting";
  const nowMs = context.clock.nowMs();
  const step: Step = {
    taskId: task.id,
    fence: claim.fence,
    stage: move.stage,
    nowMs,
    dueAtMs: nowMs + (goesOn ? context.settings.leaseMs : move.dueInMs),
    keepLease: goesOn,
    ...(move.progress === undefined ? {} : { progress: move.progress }),
    ...(move.started === undefined ? {} : { started: move.started }),
    ...(move.routeIndex === undefined ? {} : { routeIndex: move.routeIndex }),
    ...attemptPart(context, claim, move.attempt),
  };
  const result = await context.store.tasks.recordStep(step);
  if (result !== "written") return result;
  if (!goesOn) return null;
  const { production = null, troubles = 0 } = move.attempt ?? {};
  return {
    ...claim,
    task: { ...task, stage: move.stage },
    attempt: { ...present(claim.attempt, "attempt"), production, troubles },
  };
}

/** What a move changes about the open attempt, as the store wants it. */
export function attemptPart(
  context: EngineContext,
  { attempt }: Claim,
  move: AttemptMove | undefined,
): { attempt?: AttemptChange } {
  if (move === undefined || attempt === null) return {};
  const { error, ...change } = move;
  const { operation } = change;
  const key = keyPart(context, attempt, operation ?? null);
  const reason =
    error === undefined
      ? {}
      : {
          ...{ errorCode: error.code, errorMessage: error.message, billed: error.billed },
          ...(error.cost === undefined ? {} : { cost: error.cost }),
        };
  return { attempt: { id: attempt.id, ...reason, ...change, ...key } };
}

/**
 * The name of an operation among all of all accounts. A server that forgets its jobs may count
 * them from the start again: its operations have none.
 */
export function keyPart(
  { registry }: EngineContext,
  { provider, account }: Pick<Attempt, "provider" | "account">,
  operation: Json,
): { operationKey?: string } {
  const known = registry.provider(provider);
  if (operation === null || known === null || known.traits.volatile) return {};
  const id = known.idOf?.(operation) ?? at(operation, "id") ?? operation;
  return { operationKey: nameUuid(JSON.stringify([provider, account, id])) };
}

function settlementOf(
  context: EngineContext,
  claim: Claim,
  { move, end }: { readonly move: EndingMove; readonly end: Settlement["end"] },
): Settlement {
  const nowMs = context.clock.nowMs();
  return {
    taskId: claim.task.id,
    fence: claim.fence,
    nowMs,
    expiresAtMs: nowMs + context.settings.fileLifeMs,
    end,
    ...attemptPart(context, claim, move.attempt),
    ...(move.kind === "fail" && move.inquiry === true
      ? { inquiryUntilMs: nowMs + context.settings.hardLimitMs }
      : {}),
    ledger: {
      settleId: makeId("ledger", context.random),
      releaseId: makeId("ledger", context.random),
    },
    event: {
      id: makeId("event", context.random),
      deliveryId: makeId("delivery", context.random),
      body: JSON.stringify(bodyOf(context, claim, end)),
    },
  };
}

type EndingMove = Exclude<Move, { kind: "step" }>;

async function endOf(
  context: EngineContext,
  claim: Claim,
  move: EndingMove,
): Promise<Settlement["end"]> {
  if (move.kind === "fail") {
    return { kind: "failed", errorCode: move.errorCode, errorMessage: move.errorMessage };
  }
  const { production } = move;
  return {
    kind: "finished",
    ...(await results(context, claim, production)),
    creations: production.creations,
    charged: chargeFor(claim, production),
  };
}

function bodyOf(context: EngineContext, claim: Claim, end: Settlement["end"]): unknown {
  const head = { taskId: claim.task.id, createdAtMs: claim.task.createdAtMs };
  const tail =
    end.kind === "finished"
      ? { status: end.kind, outputs: end.outputs, files: end.files }
      : { status: end.kind, errorMessage: end.errorMessage };
  return callbackBody({ ...head, ...tail }, context.fileUrl);
}
