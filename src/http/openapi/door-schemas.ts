import type { JsonSchema } from "../../models/model.ts";

/** Any text. */
export const TEXT: JsonSchema = { type: "string" };
/** A text, or nothing. */
export const TEXT_OR_NULL: JsonSchema = { type: ["string", "null"] };
/** How many. */
export const COUNT: JsonSchema = { type: "integer", minimum: 0 };
/** How many, or nothing. */
export const COUNT_OR_NULL: JsonSchema = { type: ["integer", "null"], minimum: 0 };
const CURSOR: JsonSchema = {
  type: ["string", "null"],
  description: "Give it as cursor to read on; null: there is no more.",
};
const STATE: JsonSchema = { enum: ["waiting", "delivered", "refused", "exhausted"] };
const FORM: JsonSchema = { enum: ["flat", "wrapped"] };

const ANSWER = { status: COUNT_OR_NULL, error: TEXT_OR_NULL, duration_ms: COUNT_OR_NULL };
const SECRET = {
  secret: TEXT,
  former_secret: TEXT_OR_NULL,
  former_until: TEXT_OR_NULL,
  public_key: TEXT,
  jwks_url: { type: "string", format: "uri" },
};

const TRY = { number: COUNT, started_time: TEXT, ...ANSWER, answer: TEXT };
const DELIVERY_FACTS = {
  delivery_id: TEXT,
  event_id: TEXT,
  task_id: TEXT,
  callback_url: TEXT,
  state: STATE,
  reason: TEXT_OR_NULL,
  next_try_time: TEXT_OR_NULL,
  created_time: TEXT,
};

/** A delivery with its tries. */
export const DELIVERY: JsonSchema = record({ ...DELIVERY_FACTS, tries: list(record(TRY)) });

/** Schemas of what the routes for events, callbacks and lists answer. */
export const DOOR_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Events: page("events", {
    cursor: TEXT,
    event_id: TEXT,
    type: { enum: ["task.finished", "task.failed"] },
    task_id: TEXT,
    created_time: TEXT,
    data: { type: "object", description: "The body of the callback." },
  }),
  Deliveries: success(record({ deliveries: list(DELIVERY), cursor: CURSOR })),
  DeliveryCounts: success(
    record({
      total: COUNT,
      states: list(record({ value: STATE, count: COUNT })),
      hosts: list(record({ value: TEXT, count: COUNT })),
      hosts_total: { ...COUNT, description: "Hosts in all; hosts names those with the most." },
      codes: list(record({ value: COUNT_OR_NULL, count: COUNT })),
    }),
  ),
  Delivery: success(
    record({
      ...DELIVERY_FACTS,
      request: record({ method: { const: "POST" }, body: TEXT }),
      tries: list(
        record({
          ...TRY,
          headers: {
            type: ["object", "null"],
            additionalProperties: TEXT,
            description: "Ours, signatures and all; null: they were not kept.",
          },
        }),
      ),
    }),
  ),
  Redelivery: success(record({ delivery_id: TEXT, state: STATE })),
  Redeliveries: success(record({ redelivered: COUNT, more: { type: "boolean" } })),
  Ping: success(record({ event_id: TEXT, ...ANSWER, answer: TEXT })),
  WebhookSecret: success(record(SECRET)),
  WebhookKeys: record({
    keys: list(
      record({
        kty: { const: "OKP" },
        crv: { const: "Ed25519" },
        x: TEXT,
        use: { const: "sig" },
        alg: { const: "EdDSA" },
      }),
    ),
  }),
  WebhookSettings: success(record({ body: FORM, retry_4xx: { type: "boolean" } })),
  Endpoints: success(
    record({
      endpoints: list(
        record({
          host: TEXT,
          failing_since: TEXT_OR_NULL,
          disabled_time: TEXT_OR_NULL,
          reason: TEXT_OR_NULL,
        }),
      ),
    }),
  ),
  Enabled: success(record({ host: TEXT, enabled: { const: true } })),
  Audit: page("entries", {
    id: TEXT,
    actor: TEXT,
    action: TEXT,
    subject: TEXT,
    created_time: TEXT,
  }),
};

/** Bodies of requests, by the id of the operation. */
export const DOOR_BODIES: Readonly<Record<string, JsonSchema>> = {
  redeliverWindow: {
    type: "object",
    required: ["from"],
    properties: { from: TEXT, to: TEXT, states: list(STATE), host: TEXT },
    additionalProperties: false,
  },
  ping: record({ url: { type: "string", format: "uri", maxLength: 2048 } }),
  changeWebhooks: {
    type: "object",
    properties: { body: FORM, retry_4xx: { type: "boolean" } },
    minProperties: 1,
    additionalProperties: false,
  },
  enableEndpoint: record({ host: TEXT }),
};

/** Data as a success wraps them. */
export function success(data: JsonSchema): JsonSchema {
  return record({ code: { const: 200 }, data });
}

/** A page of a list. */
export function page(name: string, item: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return success(record({ [name]: list(record(item)), cursor: CURSOR }));
}

/** Any number of them. */
export function list(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

/** An object whose members are all there, always. */
export function record(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: "object", required: Object.keys(properties), properties };
}
