import type { DeliveryView } from "../core/delivery.ts";
import { exactCredits } from "../core/money.ts";
import type { Task } from "../core/task.ts";
import type { JsonObject } from "../lib/json.ts";
import { answerData } from "./delivery.ts";
import { errorMessageOf } from "./status.ts";
import type { ShownAttempt } from "./task-attempt.ts";
import { wireTime } from "./time.ts";

/** Something that happened to a task. */
export interface Happening {
  readonly time: string;
  /** The same in milliseconds since 1970. */
  readonly at_ms: number;
  readonly kind: string;
  /** The number of the attempt that it belongs to, or `null`. */
  readonly attempt: number | null;
  readonly facts: JsonObject;
}

/** Writes what happened to a task, first to last. */
export function timeline(
  task: Task,
  attempts: readonly ShownAttempt[],
  deliveries: readonly DeliveryView[],
): readonly Happening[] {
  const all = [
    happened(task.createdAtMs, "accepted", { credits: exactCredits(task.hold) }),
    happened(task.cancelAtMs, "cancel_asked", {}),
    ...attempts.flatMap(attemptHappenings),
    happened(task.finishedAtMs, task.stage, endFacts(task)),
    ...deliveries.flatMap(deliveryHappenings),
  ];
  return all.flat().sort((one, other) => one.at_ms - other.at_ms);
}

function attemptHappenings(attempt: ShownAttempt): readonly Happening[] {
  const { number, provider, state, errorCode, errorMessage } = attempt;
  const ended = { state, error_code: errorCode, error_message: errorMessage };
  return [
    happened(attempt.intentAtMs, "attempt_started", { provider }, number),
    happened(attempt.acceptedAtMs, "attempt_accepted", { provider }, number),
    happened(attempt.producedAtMs, "attempt_produced", { provider }, number),
    happened(attempt.endedAtMs, "attempt_ended", { provider, ...ended }, number),
  ].flat();
}

function endFacts(task: Task): JsonObject {
  return {
    credits: exactCredits(task.charged ?? 0),
    released: exactCredits(task.hold - (task.charged ?? 0)),
    error_code: task.errorCode,
    error_message: errorMessageOf(task),
  };
}

function deliveryHappenings(delivery: DeliveryView): readonly Happening[] {
  return delivery.tries.flatMap((made) => {
    const { answer: _, ...answer } = answerData(made);
    const facts = { delivery_id: delivery.id, number: made.number, ...answer };
    return happened(made.startedAtMs, "callback_tried", facts);
  });
}

function happened(
  atMs: number | null,
  kind: string,
  ...[facts, number]: readonly [JsonObject, number?]
): readonly Happening[] {
  const attempt = number ?? null;
  return atMs === null ? [] : [{ time: wireTime(atMs), at_ms: atMs, kind, attempt, facts }];
}
