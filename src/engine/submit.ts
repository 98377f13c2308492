import { GatewayError } from "../core/error.ts";
import { makeTaskId } from "../core/id.ts";
import type { Mode } from "../core/key.ts";
import type { Millicredits } from "../core/money.ts";
import { wholeCreditsDown } from "../core/money.ts";
import type { Route, Task } from "../core/task.ts";
import type { JsonObject } from "../lib/json.ts";
import type { Soon } from "../lib/soon.ts";
import type { Lengths, Model } from "../models/model.ts";
import { BUILT_IN } from "../providers/registry.ts";
import { nextDayMs } from "../store/day.ts";
import type { AcceptLimits, AcceptResult, EarlierResult } from "../store/store.ts";
import type { EngineContext } from "./context.ts";
import { examine } from "./examine.ts";
import type { Lineage } from "./lineage.ts";
import { chooseRoutes, withoutRoute } from "./routing.ts";

/** Who submits. */
export interface Submitter {
  readonly projectId: string;
  readonly keyId: string;
  readonly mode: Mode;
  /** Whether the key has a cap on what it spends. */
  readonly isCapped?: boolean;
}

/** A submit whose envelope is sound. */
export interface SubmitCommand {
  readonly model: string;
  readonly input: JsonObject;
  readonly callbackUrl: string | null;
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | null;
  readonly loopback: boolean;
  /** Throws what else speaks against a new task; absent for nothing. A repeat is not asked. */
  readonly admit?: () => Soon<void>;
  /** What the project may have under way and spend; no limits when absent. */
  readonly limits?: AcceptLimits;
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
  const idempotency = markFor(submitter, command.idempotency);
  const { loopback } = command;
  const earlier = idempotency && (await findEarlier(context, submitter, idempotency));
  if (earlier !== null) return earlier;
  const admitted = command.admit?.();
  if (admitted instanceof Promise) await admitted;
  const { model, input } = checkInput(context, command);
  const examined = examine(context, submitter, { model, input, loopback });
  const { lineage, lengths } = examined instanceof Promise ? await examined : examined;
  const routes = routesFor(context, { model, mode: submitter.mode, lineage });
  const hold = submitter.mode === "test" ? 0 : priceOf(context, model, { input, lengths });
  const task = makeTask(context, submitter, { command, model, input, routes, hold });
  const result = await context.store.tasks.accept({
    task,
    loopback,
    idempotency,
    oneShot: model.once === undefined ? null : apart(submitter, lineage.sourceId),
    enforceCredits: context.settings.enforceCredits,
    ...(command.limits === undefined ? {} : { limits: command.limits }),
    isKeyCapped: submitter.isCapped === true,
  });
  return submittedFrom(result, task, model);
}

/** What a submit of this input would hold, or `null` when the model has no price. */
export async function quoteTask(
  context: EngineContext,
  submitter: Pick<Submitter, "projectId" | "mode">,
  command: Pick<SubmitCommand, "model" | "input" | "loopback">,
): Promise<Millicredits | null> {
  const { loopback } = command;
  const { model, input } = checkInput(context, command);
  const { lengths } = await examine(context, submitter, { model, input, loopback });
  return model.price === null ? null : model.price.quote(input, { lengths });
}

/** A test never stands for a live order, nor uses up what may be done once. */
function markFor(
  submitter: Submitter,
  mark: SubmitCommand["idempotency"],
): SubmitCommand["idempotency"] {
  return mark === null ? null : { ...mark, key: apart(submitter, mark.key) };
}

/** Names of clients hold no space, so that none can be mistaken for one of a test. */
function apart<Name extends string | null>({ mode }: Submitter, name: Name): Name | string {
  return mode === "test" && name !== null ? `test ${name}` : name;
}

/**
 * A submit that is repeated is answered by its key alone: route, price or model may be gone by now,
 * and a client that is refused would buy again under a new key.
 */
async function findEarlier(
  { store }: EngineContext,
  { projectId }: Submitter,
  idempotency: NonNullable<SubmitCommand["idempotency"]>,
): Promise<Submitted | null> {
  const earlier = await store.tasks.earlier(projectId, idempotency);
  return earlier === null ? null : replayedFrom(earlier);
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

interface RoutingWish {
  readonly model: Model;
  readonly mode: Mode;
  readonly lineage: Lineage;
}

/** What builds on an earlier creation goes to the account that made it, which alone knows it. */
function routesFor(
  { registry, settings }: EngineContext,
  { model, mode, lineage }: RoutingWish,
): readonly Route[] {
  const [parent] = lineage.parents;
  const mayServe = (provider: string): boolean =>
    provider !== BUILT_IN || mode === "test" || settings.offline !== "never";
  const routes =
    parent === undefined
      ? chooseRoutes(registry, { model: model.id, mode, offline: settings.offline })
      : registry
          .routes(model.id)
          .filter(({ provider }) => provider === parent.provider && mayServe(provider))
          .map((route) => ({ ...route, account: parent.account }));
  if (routes.length > 0) return routes;
  if (parent === undefined) throw withoutRoute(registry, model.id);
  throw new GatewayError(
    "unavailable",
    `model ${model.id} has no route: what it builds on was made by ${parent.provider}, ` +
      "which does not serve it now",
  );
}

function priceOf(
  { settings }: EngineContext,
  model: Model,
  { input, lengths }: { readonly input: JsonObject; readonly lengths: Lengths },
): Millicredits {
  if (model.price !== null) return model.price.quote(input, { lengths });
  if (!settings.enforceCredits) return 0;
  throw new GatewayError(
    "unavailable",
    `model ${model.id} has no price, and live tasks pay with credits; ask the operator to set one`,
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

function submittedFrom(result: AcceptResult, task: Task, model: Model): Submitted {
  switch (result.kind) {
    case "accepted":
      return { task, replayed: false };
    case "replayed":
    case "mismatch":
      return replayedFrom(result);
    case "repeated":
      throw new GatewayError("conflict", model.once ?? "The task was made before");
    case "insufficient":
      throw new GatewayError(
        "insufficient_credits",
        "Insufficient credits to complete this request",
      );
    case "crowded":
      throw new GatewayError(
        "rate_limited",
        `Too many tasks are under way: the project may have ${result.openTasksMax}; wait for one ` +
          "to end",
        { retryAfterS: CROWDED_RETRY_S },
      );
    case "key_capped":
      throw keyCapped(result, task);
    case "capped":
      throw new GatewayError(
        "rate_limited",
        `The daily limit of ${wholeCreditsDown(result.spendPerDayMax)} credits would be passed; ` +
          "it starts anew at 00:00 UTC",
        { retryAfterS: Math.ceil((nextDayMs(task.createdAtMs) - task.createdAtMs) / 1000) },
      );
  }
}

function replayedFrom(earlier: EarlierResult): Submitted {
  if (earlier.kind === "replayed") return { task: earlier.task, replayed: true };
  throw new GatewayError(
    "idempotency_mismatch",
    "Idempotency-Key was used before with another body; send a new key for a new request",
  );
}

const CROWDED_RETRY_S = 5;

function keyCapped(
  { per, max }: Extract<AcceptResult, { readonly kind: "key_capped" }>,
  { createdAtMs }: Task,
): GatewayError {
  const amount = `${wholeCreditsDown(max)} credits`;
  if (per === "total") {
    const message = `The key may spend ${amount} in all, and would pass that; use another key`;
    return new GatewayError("insufficient_credits", message);
  }
  return new GatewayError(
    "rate_limited",
    `The key may spend ${amount} a day, and would pass that; it starts anew at 00:00 UTC`,
    { retryAfterS: Math.ceil((nextDayMs(createdAtMs) - createdAtMs) / 1000) },
  );
}
