import type { Operation, Parameter } from "./operations.ts";

/** How long a page is. */
export const LIMIT: Parameter = query("limit", "How many at most.");
/** Where a page begins. */
export const CURSOR: Parameter = query("cursor", "Where an earlier answer ended.");

const DELIVERY_ID: Parameter = {
  name: "id",
  in: "path",
  required: true,
  description: "Of a delivery.",
};

/** By what lists and sums of deliveries are narrowed. */
const DELIVERY_FILTERS: readonly Parameter[] = [
  query("state", "waiting, delivered, refused, exhausted. Several with commas between them."),
  query("host", "To this host, with its port unless it is the usual one."),
  query("code", "By the last answer: 503, 5xx, or none for no answer."),
  query("from", "Made then or later: 2026-01-31T12:00:00Z, or a day."),
  query("to", "Made before then."),
];

/** The routes for events, callbacks and lists. */
export const DOOR_OPERATIONS: readonly Operation[] = [
  read("/api/events", "events", "Events", {
    summary: "Ends of tasks in their order; with Accept: text/event-stream as a stream.",
    parameters: [
      LIMIT,
      query("cursor", "Of the last event that was seen; now: only what comes; absent: all."),
      query("wait", "Seconds to wait for the next event, 0 to 25."),
    ],
  }),
  read("/api/webhooks/deliveries", "deliveries", "Deliveries", {
    summary: "What was sent to callbacks, with every try, newest first.",
    parameters: [LIMIT, CURSOR, query("task_id", "Of one task."), ...DELIVERY_FILTERS],
  }),
  read("/api/webhooks/deliveries/counts", "deliveryCounts", "DeliveryCounts", {
    summary: "How many deliveries a filter lets through: by state, host and last answer.",
    parameters: DELIVERY_FILTERS,
  }),
  {
    ...read("/api/webhooks/deliveries/{id}", "delivery", "Delivery", {
      summary: "One with what was sent: the body, and our own headers of each try.",
      parameters: [DELIVERY_ID],
    }),
    errors: [403, 404],
  },
  {
    ...write("/api/webhooks/deliveries/{id}/redeliver", "redeliver", "Redelivery"),
    summary: "Send one again, from the start of the schedule.",
    errors: [404],
    parameters: [DELIVERY_ID],
  },
  {
    ...write("/api/webhooks/redeliver", "redeliverWindow", "Redeliveries"),
    summary: "Send again what ended within a span of time, at most 10,000.",
  },
  {
    ...write("/api/webhooks/ping", "ping", "Ping"),
    summary: "Send a signed test event to a URL and tell what came back.",
  },
  read("/api/webhooks/secret", "webhookSecret", "WebhookSecret", {
    summary: "The secret that signs callbacks, and the former one while it is valid.",
    parameters: [],
  }),
  {
    ...write("/api/webhooks/secret/rotate", "rotateSecret", "WebhookSecret"),
    summary: "Take a new secret; the present one signs beside it for a day.",
    errors: [],
  },
  {
    ...read("/webhooks/{project_id}/jwks.json", "webhookKeys", "WebhookKeys", {
      summary: "The public keys that verify a project's callbacks, for receivers without a secret.",
      parameters: [
        { name: "project_id", in: "path", required: true, description: "Of a project." },
      ],
    }),
    guarded: false,
    errors: [404],
  },
  read("/api/webhooks/settings", "webhookSettings", "WebhookSettings", {
    summary: "How callbacks are sent.",
    parameters: [],
  }),
  {
    ...write("/api/webhooks/settings", "changeWebhooks", "WebhookSettings"),
    summary: "Change how callbacks are sent: the form of the body, and whether 4xx is tried again.",
  },
  read("/api/webhooks/endpoints", "endpoints", "Endpoints", {
    summary: "Hosts that fail or are disabled.",
    parameters: [],
  }),
  {
    ...write("/api/webhooks/endpoints/enable", "enableEndpoint", "Enabled"),
    summary: "Let callbacks go to a disabled host again.",
    errors: [400, 404, 413, 415],
  },
  read("/api/audit", "audit", "Audit", {
    summary: "Who did what with keys, secrets and credits, newest first.",
    parameters: [LIMIT, CURSOR],
  }),
];

/** A parameter in the query. */
export function query(name: string, description: string): Parameter {
  return { name, in: "query", required: false, description };
}

/** A route that changes nothing. */
export function read(
  path: string,
  id: string,
  ...[answer, rest]: readonly [string, Pick<Operation, "summary" | "parameters">]
): Operation {
  const errors = rest.parameters.length === 0 ? [403] : [400, 403];
  return { method: "get", path, id, guarded: true, answer, errors, submitBody: false, ...rest };
}

/** A route with a body. */
export function write(path: string, id: string, answer: string): Omit<Operation, "summary"> {
  const errors = [400, 403, 413, 415];
  return {
    method: "post",
    path,
    id,
    guarded: true,
    answer,
    errors,
    parameters: [],
    submitBody: false,
  };
}
