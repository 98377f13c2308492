import type { DeliveryState, DeliveryTry, DeliveryView, SentDelivery } from "../core/delivery.ts";
import type { JsonObject } from "../lib/json.ts";
import { wrapCallback } from "./callback.ts";
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

/** Writes a delivery with what was sent: the body, and our headers of each try. */
export function sentDeliveryData(delivery: SentDelivery): JsonObject {
  const { body, wrapped, tries, headers } = delivery;
  return {
    ...deliveryData(delivery),
    request: { method: "POST", body: wrapped ? wrapCallback(body) : body },
    tries: tries.map((made) => ({ ...tryData(made), headers: headers.get(made.number) ?? null })),
  };
}

/** How many deliveries are alike. */
export interface AlikeDeliveries {
  readonly state: DeliveryState;
  readonly host: string;
  readonly status: number | null;
  readonly hasTries: boolean;
  readonly count: number;
}

/** Hosts that counts name; there may be one for each customer of a customer. */
const HOSTS_MAX = 50;

/** Writes how many deliveries there are, by each thing that a list can be narrowed by. */
export function deliveryCountsData(counts: readonly AlikeDeliveries[]): JsonObject {
  const total = (some: readonly AlikeDeliveries[]): number =>
    some.reduce((sum, { count }) => sum + count, 0);
  const by = <Value extends string | number | null>(
    some: readonly AlikeDeliveries[],
    nameOf: (alike: AlikeDeliveries) => Value,
  ): { readonly value: Value; readonly count: number }[] =>
    [...Map.groupBy(some, nameOf)]
      .map(([value, alike]) => ({ value, count: total(alike) }))
      .sort(
        (one, other) => other.count - one.count || (`${one.value}` < `${other.value}` ? -1 : 1),
      );
  const hosts = by(counts, ({ host }) => host);
  const tried = counts.filter(({ hasTries }) => hasTries);
  return {
    total: total(counts),
    states: by(counts, ({ state }) => state),
    hosts: hosts.slice(0, HOSTS_MAX),
    hosts_total: hosts.length,
    codes: by(tried, ({ status }) => status),
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
