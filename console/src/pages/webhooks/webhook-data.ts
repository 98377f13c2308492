import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { type Delivery, type DeliveryTry, sinceOf } from "../../lib/tasks.ts";

/** A page of callbacks. */
export interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  readonly cursor: string | null;
}

/** How many callbacks a filter lets through. */
export interface DeliveryCounts {
  readonly total: number;
  readonly states: readonly { readonly value: Delivery["state"]; readonly count: number }[];
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
  readonly reason: "gone" | "failing" | null;
}

/** What came of a test. */
export interface PingResult {
  readonly event_id: string;
  readonly status: number | null;
  readonly error: string | null;
  readonly duration_ms: number | null;
  readonly answer: string;
}

/** By what sums are narrowed: the same, and an end. */
type CountedFilter = Partial<DeliveryFilter> & { readonly to?: string };

/** By what callbacks are narrowed; empty words do not narrow. */
export type DeliveryFilter = Readonly<Record<(typeof DELIVERY_FILTERS)[number], string>>;

/** The words of {@link DeliveryFilter}, as the address and the API spell them. */
export const DELIVERY_FILTERS = ["state", "host", "code", "from"] as const;

/** Lets every callback through. */
export const ALL_DELIVERIES: DeliveryFilter = { state: "", host: "", code: "", from: "" };

function queryOf(filter: CountedFilter) {
  return { ...filter, from: sinceOf(filter.from ?? "") };
}

/** One page of callbacks. */
export function readDeliveries(
  filter: DeliveryFilter,
  page: { readonly cursor: string | null; readonly signal: AbortSignal },
): Promise<DeliveryPage> {
  const { cursor, signal } = page;
  const query = { ...queryOf(filter), cursor, limit: 50 };
  return api<DeliveryPage>("/api/webhooks/deliveries", { query, signal });
}

/** The sums beside a list, asked again sooner while some are on their way. */
export function deliveryCountsQuery(project: string, filter: CountedFilter) {
  return queryOptions({
    queryKey: ["webhooks", project, "counts", filter],
    queryFn: ({ signal }) =>
      api<DeliveryCounts>("/api/webhooks/deliveries/counts", { query: queryOf(filter), signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.states.some(({ value }) => value === "waiting") === true ? 5_000 : 15_000,
  });
}

/** A callback with what was sent. */
export interface SentDelivery extends Delivery {
  readonly request: { readonly method: string; readonly body: string };
  readonly tries: readonly SentTry[];
}

/** A try with our own headers; `null`: they were not kept. */
export interface SentTry extends DeliveryTry {
  readonly headers: Readonly<Record<string, string>> | null;
}

/** One callback; asked again while it waits. */
export function deliveryQuery(project: string, id: string) {
  return queryOptions({
    queryKey: ["webhooks", project, "delivery", id],
    queryFn: ({ signal }) =>
      api<SentDelivery>(`/api/webhooks/deliveries/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === "waiting" ? 2_000 : false),
    retry: false,
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
    refetchInterval: 10_000,
  });
}
