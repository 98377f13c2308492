import type { DeliveryTry, DeliveryView } from "../core/delivery.ts";
import type { JsonObject } from "../lib/json.ts";
import { wireTime } from "./time.ts";

/** Writes a delivery with its tries. */
export function deliveryData(delivery: DeliveryView): JsonObject {
  return {
    delivery_id: delivery.id,
    event_id: delivery.eventId,
    task_id: delivery.taskId,
    callback_url: delivery.url,
    state: delivery.state,
    reason: delivery.reason,
    next_try_time: delivery.dueAtMs === null ? null : wireTime(delivery.dueAtMs),
    created_time: wireTime(delivery.createdAtMs),
    tries: delivery.tries.map(tryData),
  };
}

function tryData(made: DeliveryTry): JsonObject {
  return {
    number: made.number,
    started_time: wireTime(made.startedAtMs),
    ...answerData(made),
  };
}

/**
 * Writes what came back. What was never reached looks the same whatever stopped it, time included:
 * a closed port, a filtered one, a name without an address, and a target that is forbidden.
 */
export function answerData(
  made: Pick<DeliveryTry, "status" | "errorClass" | "excerpt" | "durationMs">,
): JsonObject {
  const unreached = made.errorClass !== null && UNREACHED.includes(made.errorClass);
  return {
    status: made.status,
    error: unreached ? "unreachable" : made.errorClass,
    duration_ms: unreached ? null : made.durationMs,
    answer: made.excerpt,
  };
}

const UNREACHED: readonly string[] = ["dns", "refused_address", "connect"];
