import { GatewayError } from "../core/error.ts";
import { makeId, makeTaskId } from "../core/id.ts";
import type { Mode } from "../core/key.ts";
import type { Millicredits } from "../core/money.ts";
import { wholeCreditsDown } from "../core/money.ts";
import type { Route, Task } from "../core/task.ts";
import type { JsonObject } from "../lib/json.ts";
import type { Model } from "../models/model.ts";
import type { AcceptResult } from "../store/store.ts";
import type { EngineContext } from "./context.ts";
import { chooseRoutes } from "./routing.ts";

/** Who submits. */
export interface Submitter {
  readonly projectId: string;
  readonly keyId: string;
  readonly mode: Mode;
}

/** A submit whose envelope is sound. */
export interface SubmitCommand {
  readonly model: string;
  readonly input: JsonObject;
  readonly callbackUrl: string | null;
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | null;
  readonly loopback: boolean;
}

/** The task that now exists, and whether an earlier submit made it. */
export interface Submitted {
  readonly task: Task;
  readonly replayed: boolean;
}

/**
 * Accepts a task: when this resolves, its row, its hold and its idempotency key are on disk.
 * @throws {GatewayError} 404 unknown model, 400 or 413 input, 402 credits, 422 reused key.
 */
export async function submitTask(
  context: EngineContext,
  submitter: Submitter,
  command: SubmitCommand,
): Promise<Submitted> {
  const { model, input } = checkInput(context, command);
  const routes = routesFor(context, model, submitter.mode);
  const hold = submitter.mode === "test" ? 0 : priceOf(context, model, input);
  const task = makeTask(context, submitter, { command, model, input, routes, hold });
  const result = await context.store.tasks.accept({
    task,
    loopback: command.loopback,
    holdLedgerId: makeId("ledger", context.random),
    idempotency: command.idempotency,
    enforceCredits: context.settings.enforceCredits,
  });
  context.hints.taskDue();
  return submittedFrom(result, task);
}

/** What a submit of this input would hold, or `null` when the model has no price. */
export function quoteTask(
  context: EngineContext,
  command: Pick<SubmitCommand, "model" | "input">,
): Millicredits | null {
  const { model, input } = checkInput(context, command);
  return model.price === null ? null : model.price.quote(input);
}

function checkInput(
  { catalogue, validator }: EngineContext,
  command: Pick<SubmitCommand, "model" | "input">,
): { readonly model: Model; readonly input: JsonObject } {
  const model = catalogue.find(command.model);
  if (model === null) {
    throw new GatewayError(
      "not_found",
      `model ${JSON.stringify(command.model.slice(0, 80))} is unknown; GET /api/models lists all`,
    );
  }
  const verdict = validator.check(model, command.input);
  if (verdict.kind === "valid") return { model, input: verdict.input };
  throw new GatewayError(verdict.refusal.code ?? "invalid_request", verdict.refusal.message);
}

function routesFor(
  { registry, settings }: EngineContext,
  model: Model,
  mode: Mode,
): readonly Route[] {
  const routes = chooseRoutes(registry, { model: model.id, mode, offline: settings.offline });
  if (routes.length > 0) return routes;
  throw new GatewayError(
    "unavailable",
    `model ${model.id} has no route: set up a provider that serves it, or VIDGO_OFFLINE=always`,
  );
}

function priceOf({ settings }: EngineContext, model: Model, input: JsonObject): Millicredits {
  if (model.price !== null) return model.price.quote(input);
  if (!settings.enforceCredits) return 0;
  throw new GatewayError(
    "unavailable",
    `model ${model.id} has no price, and this project pays with credits; ask the operator to set one`,
  );
}

interface TaskFacts {
  readonly command: SubmitCommand;
  readonly model: Model;
  readonly input: JsonObject;
  readonly routes: readonly Route[];
  readonly hold: Millicredits;
}

function makeTask(context: EngineContext, submitter: Submitter, facts: TaskFacts): Task {
  const nowMs = context.clock.nowMs();
  return {
    id: makeTaskId(nowMs, context.random),
    projectId: submitter.projectId,
    keyId: submitter.keyId,
    mode: submitter.mode,
    model: facts.model.id,
    input: facts.input,
    callbackUrl: facts.command.callbackUrl,
    stage: "queued",
    progress: 0,
    routes: facts.routes,
    routeIndex: 0,
    attempts: 0,
    hold: facts.hold,
    charged: null,
    outputs: [],
    errorCode: null,
    errorMessage: null,
    cancelAtMs: null,
    createdAtMs: nowMs,
    startedAtMs: null,
    softLimitAtMs: nowMs + facts.model.softLimitMs,
    hardLimitAtMs: nowMs + context.settings.hardLimitMs,
    finishedAtMs: null,
    expiresAtMs: null,
  };
}

function submittedFrom(result: AcceptResult, task: Task): Submitted {
  switch (result.kind) {
    case "accepted":
      return { task, replayed: false };
    case "replayed":
      return { task: result.task, replayed: true };
    case "mismatch":
      throw new GatewayError(
        "idempotency_mismatch",
        "Idempotency-Key was used before with another body; send a new key for a new request",
      );
    case "insufficient":
      throw new GatewayError(
        "insufficient_credits",
        "Insufficient credits to complete this request: it needs " +
          `${Math.ceil(task.hold / 1000)} credits, ${wholeCreditsDown(result.balance)} are left`,
      );
  }
}
