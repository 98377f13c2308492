import { queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import type { Delivery } from "../../lib/tasks.ts";

/** A page of callbacks. */
export interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  readonly cursor: string | null;
}

/** How many callbacks a filter lets through. */
export interface DeliveryCounts {
  readonly total: number;
  readonly hosts_total: number;
  /** The most called first. */
  readonly hosts: readonly { readonly value: string; readonly count: number }[];
  /** `null`: no answer. */
  readonly codes: readonly { readonly value: number | null; readonly count: number }[];
}

/** The secret that signs, and the former one while it is valid. */
export interface WebhookSecret {
  readonly secret: string;
  readonly former_secret: string | null;
  readonly former_until: string | null;
}

/** How callbacks are sent. */
export interface WebhookSettings {
  readonly body: "flat" | "wrapped";
  readonly retry_4xx: boolean;
}

/** A host that fails or is not called any more. */
export interface Endpoint {
  readonly host: string;
  readonly failing_since: string | null;
  readonly disabled_time: string | null;
  readonly reason: string | null;
}

/** What came of a test. */
export interface PingResult {
  readonly event_id: string;
  readonly status: number | null;
  readonly error: string | null;
  readonly duration_ms: number | null;
  readonly answer: string;
}

/** One page of callbacks in a state; an empty word is any. */
export function readDeliveries(query: {
  readonly state: string;
  readonly cursor: string | null;
  readonly signal?: AbortSignal;
}): Promise<DeliveryPage> {
  const { state, cursor, signal } = query;
  return api<DeliveryPage>("/api/webhooks/deliveries", {
    query: { state, cursor, limit: 50 },
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The settings of a project's callbacks. */
export function settingsQuery(project: string) {
  return queryOptions({
    queryKey: ["webhooks", project, "settings"],
    queryFn: ({ signal }) => api<WebhookSettings>("/api/webhooks/settings", { signal }),
  });
}

/** Hosts in trouble. */
export function endpointsQuery(project: string) {
  return queryOptions({
    queryKey: ["webhooks", project, "endpoints"],
    queryFn: async ({ signal }) =>
      (await api<{ endpoints: readonly Endpoint[] }>("/api/webhooks/endpoints", { signal }))
        .endpoints,
    refetchInterval: 30_000,
  });
}
