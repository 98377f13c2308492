import type { FileRow } from "../core/file.ts";
import { makeId } from "../core/id.ts";
import type { AttemptMove, Move } from "../core/move.ts";
import { present } from "../lib/assert.ts";
import type { AttemptChange, Claim, Settlement, Step } from "../store/store.ts";
import { callbackBody } from "../wire/callback.ts";
import { chargeFor } from "./collect.ts";
import type { EngineContext } from "./context.ts";

/**
 * Writes a move. Gives the claim to go on with when the next stage follows at once under the same
 * lease, else `null`.
 */
export async function record(
  context: EngineContext,
  claim: Claim,
  decision: { readonly move: Move; readonly files: readonly FileRow[] },
): Promise<Claim | null> {
  const { move } = decision;
  if (move.kind === "step") return recordStep(context, claim, move);
  const settled = await context.store.tasks.settle(settlementOf(context, claim, decision));
  if (!settled) context.log.warn({ taskId: claim.task.id, fence: claim.fence }, "Lease lost");
  return null;
}

async function recordStep(
  context: EngineContext,
  claim: Claim,
  move: Extract<Move, { kind: "step" }>,
): Promise<Claim | null> {
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
    ...attemptPart(claim, move.attempt),
  };
  const written = await context.store.tasks.recordStep(step);
  if (!written || !goesOn) return null;
  const production = move.attempt?.production ?? null;
  return {
    ...claim,
    task: { ...task, stage: move.stage },
    attempt: { ...present(claim.attempt, "attempt"), production, troubles: 0 },
  };
}

function attemptPart(claim: Claim, move: AttemptMove | undefined): { attempt?: AttemptChange } {
  if (move === undefined || claim.attempt === null) return {};
  const { error, ...change } = move;
  const reason =
    error === undefined
      ? {}
      : { errorCode: error.code, errorMessage: error.message, billed: error.billed };
  return { attempt: { id: claim.attempt.id, ...change, ...reason } };
}

function settlementOf(
  context: EngineContext,
  claim: Claim,
  { move, files }: { readonly move: Move; readonly files: readonly FileRow[] },
): Settlement {
  const nowMs = context.clock.nowMs();
  const end = endOf(claim, move, files);
  return {
    taskId: claim.task.id,
    fence: claim.fence,
    nowMs,
    expiresAtMs: nowMs + context.settings.fileLifeMs,
    end,
    ...attemptPart(claim, attemptOf(move)),
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

function endOf(claim: Claim, move: Move, files: readonly FileRow[]): Settlement["end"] {
  if (move.kind === "fail") {
    return { kind: "failed", errorCode: move.errorCode, errorMessage: move.errorMessage };
  }
  const production = present(move.kind === "finish" ? move.production : null, "production");
  return {
    kind: "finished",
    outputs: production.outputs,
    creations: production.creations,
    files,
    charged: chargeFor(claim, production),
  };
}

function attemptOf(move: Move): AttemptMove | undefined {
  if (move.kind === "finish") return { state: "succeeded", ended: true };
  return move.attempt;
}

function bodyOf(context: EngineContext, claim: Claim, end: Settlement["end"]): unknown {
  const head = { taskId: claim.task.id, createdAtMs: claim.task.createdAtMs };
  const tail =
    end.kind === "finished"
      ? { status: end.kind, outputs: end.outputs, files: end.files }
      : { status: end.kind, errorMessage: end.errorMessage };
  return callbackBody({ ...head, ...tail }, context.fileUrl);
}
