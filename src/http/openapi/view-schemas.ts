import { TASK_ERROR_CODES } from "../../core/error.ts";
import type { JsonSchema } from "../../models/model.ts";
import {
  COUNT,
  COUNT_OR_NULL,
  DELIVERY,
  list,
  record,
  success,
  TEXT,
  TEXT_OR_NULL,
} from "./door-schemas.ts";

const STATUS: JsonSchema = { enum: ["not_started", "running", "finished", "failed"] };
const PHASE: JsonSchema = {
  enum: ["queued", "submitting", "unknown", "polling", "collecting", "finished", "failed"],
  description: "Where it stands inside; unknown: nobody knows whether the provider took it.",
};
const MODE: JsonSchema = { enum: ["live", "test"] };
const KIND: JsonSchema = { enum: ["image", "video", "music", null] };
const ERROR_CODE: JsonSchema = { enum: [...TASK_ERROR_CODES, null] };
const CREDITS: JsonSchema = { type: "string", pattern: "^-?\\d+(\\.\\d{1,3})?$" };
const PLACE: JsonSchema = { type: ["string", "null"] };

const ITEM: Readonly<Record<string, JsonSchema>> = {
  task_id: TEXT,
  status: STATUS,
  phase: PHASE,
  created_time: TEXT,
  started_time: TEXT_OR_NULL,
  finished_time: TEXT_OR_NULL,
  duration_ms: COUNT_OR_NULL,
  progress: COUNT,
  error_message: { ...TEXT_OR_NULL, description: "Its start, at most 160 bytes." },
  model: TEXT,
  kind: KIND,
  prompt: { ...TEXT, description: "Its start on one line, at most 240 bytes." },
  mode: MODE,
  key_id: TEXT_OR_NULL,
  key_name: TEXT_OR_NULL,
  provider: TEXT_OR_NULL,
  account: { ...TEXT_OR_NULL, description: "Null for keys without the scope admin." },
  error_code: ERROR_CODE,
  credits: CREDITS,
  held: { ...CREDITS, description: "What is held for it now." },
  files: COUNT,
  pieces: {
    ...COUNT,
    description: "Of them pictures, films or tracks, whichever the model makes.",
  },
  thumb_url: { ...TEXT_OR_NULL, description: "A small picture of the first result that has one." },
  colour: { ...TEXT_OR_NULL, description: "Its main colour, #rrggbb; null: not known yet." },
  width: { ...COUNT_OR_NULL, description: "Of that result, in pixels." },
  height: COUNT_OR_NULL,
  duration_s: { type: ["number", "null"], description: "Of the first film or track." },
  starred: { type: "boolean" },
  expires_time: TEXT_OR_NULL,
};

const FILE: JsonSchema = record({
  file_id: TEXT,
  position: COUNT,
  file_url: { ...TEXT_OR_NULL, description: "Null once its bytes are gone." },
  media_type: TEXT,
  size_bytes: COUNT,
  sha256: TEXT,
  width: COUNT_OR_NULL,
  height: COUNT_OR_NULL,
  duration_s: { type: ["number", "null"] },
  colour: { ...TEXT_OR_NULL, description: "Its main colour, #rrggbb; null: not known yet." },
  thumb_url: { ...TEXT_OR_NULL, description: "A picture of it, at most 320 pixels wide." },
  poster_url: { ...TEXT_OR_NULL, description: "A picture of it, at most 640 pixels wide." },
  peaks_url: { ...TEXT_OR_NULL, description: "The loudness of a sound, as JSON." },
  created_time: TEXT,
  expires_time: TEXT,
  deleted_time: TEXT_OR_NULL,
  gone: { type: "boolean" },
});

const ANYTHING_KEPT: JsonSchema = {
  description: "Secrets, queries of links and media are left out; null: not kept, or not for you.",
};

const ATTEMPT: JsonSchema = record({
  attempt_id: TEXT,
  number: COUNT,
  provider: TEXT,
  account: TEXT_OR_NULL,
  upstream_model: TEXT_OR_NULL,
  upstream_id: TEXT_OR_NULL,
  state: {
    enum: [
      ...["submitting", "unknown", "running", "produced", "rejected"],
      ...["succeeded", "failed", "lost", "unresolved", "canceled"],
    ],
  },
  billed: { enum: ["yes", "no", "unknown", null], description: "Whether the provider charged." },
  cost: {
    type: ["object", "null"],
    description: "What the provider says it charges. Null: it does not say, or not for you.",
    properties: { amount: TEXT, unit: { enum: ["usd", "credits"] } },
  },
  error_code: ERROR_CODE,
  error_message: TEXT_OR_NULL,
  troubles: COUNT,
  intent_time: TEXT,
  accepted_time: TEXT_OR_NULL,
  produced_time: TEXT_OR_NULL,
  ended_time: TEXT_OR_NULL,
  intent_ms: COUNT,
  accepted_ms: COUNT_OR_NULL,
  produced_ms: COUNT_OR_NULL,
  ended_ms: COUNT_OR_NULL,
  request: ANYTHING_KEPT,
  response: ANYTHING_KEPT,
  meta: { description: "What the provider told about the run: seed, cost. Null as above." },
  notes: { ...list(TEXT), description: "In what the result is not as asked." },
});

const HAPPENING: JsonSchema = record({
  time: TEXT,
  at_ms: COUNT,
  kind: {
    enum: [
      ...["accepted", "cancel_asked", "attempt_started", "attempt_accepted", "attempt_produced"],
      ...["attempt_ended", "finished", "failed", "callback_tried"],
    ],
  },
  attempt: COUNT_OR_NULL,
  facts: { type: "object" },
});

const LEDGER: Readonly<Record<string, JsonSchema>> = {
  ledger_id: TEXT,
  task_id: TEXT_OR_NULL,
  kind: { enum: ["grant", "hold", "settle", "release"] },
  credits: CREDITS,
  change: { ...CREDITS, description: "What it did to the balance." },
  note: TEXT,
  created_time: TEXT,
};

const USAGE: JsonSchema = record({
  day: { ...TEXT_OR_NULL, description: "UTC; null, as the next, where by does not name it." },
  model: TEXT_OR_NULL,
  key_id: TEXT_OR_NULL,
  key_name: TEXT_OR_NULL,
  provider: { ...TEXT_OR_NULL, description: "Asked last; empty: none was." },
  tasks: { ...COUNT, description: "Those that ended." },
  finished: COUNT,
  failed: { ...COUNT, description: "Without those that were canceled." },
  canceled: COUNT,
  failure_rate: { type: ["number", "null"], description: "0 to 1, canceled ones left out." },
  credits: CREDITS,
  p50_ms: { ...COUNT_OR_NULL, description: "From accept to end of those that finished." },
  p95_ms: COUNT_OR_NULL,
});

const LIVE_ROUTE: JsonSchema = record({
  provider: TEXT,
  account: TEXT_OR_NULL,
  upstream_model: TEXT_OR_NULL,
  substitute: { type: "boolean" },
  state: {
    enum: ["healthy", "paused", "circuit", "resting", "busy"],
    description:
      "paused: an operator has to act; circuit: the provider does not answer; resting: it asked " +
      "for it; busy: it takes no more at once.",
  },
  until_time: TEXT_OR_NULL,
});

const STATE: JsonSchema = { enum: ["healthy", "paused", "circuit", "resting", "busy"] };

const PROVIDER: JsonSchema = record({
  name: TEXT,
  state: { enum: ["no_key", "healthy", "paused", "circuit", "resting", "busy"] },
  until_time: TEXT_OR_NULL,
  in_flight: COUNT,
  models: list(TEXT),
  activated_by: { ...TEXT_OR_NULL, description: "The variable that would activate it." },
  accounts: list(
    record({
      account: TEXT,
      source: { enum: ["environment", "file", "console", "built-in"] },
      host: { ...TEXT_OR_NULL, description: "Where alone its key is sent." },
      state: STATE,
      until_time: TEXT_OR_NULL,
      in_flight: COUNT,
      concurrency_max: COUNT_OR_NULL,
      per_minute_max: COUNT_OR_NULL,
      last_error: {
        anyOf: [record({ code: TEXT, message: TEXT, time: TEXT }), { type: "null" }],
      },
    }),
  ),
});

const PROVIDER_KEY: Readonly<Record<string, JsonSchema>> = {
  key_id: TEXT,
  provider: TEXT,
  account: TEXT,
  host: TEXT_OR_NULL,
  last4: { ...TEXT, description: "All that is ever told of the key." },
  created_time: TEXT,
  readable: { type: "boolean", description: "False when the root secret has changed." },
};

const EFFECT: Readonly<Record<string, JsonSchema>> = {
  active: { const: true, description: "In force in this process." },
  others_need_restart: { type: "boolean", description: "Other processes of the database." },
};

const NUMBER_OR_NULL: JsonSchema = { type: ["number", "null"] };

const ROUTE: JsonSchema = record({
  provider: TEXT,
  account: TEXT_OR_NULL,
  upstream_model: TEXT_OR_NULL,
});

const SHARE: JsonSchema = list(record({ value: TEXT_OR_NULL, count: COUNT }));

/** Schemas of what the routes answer that people look at. */
export const VIEW_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Tasks: success(
    record({
      tasks: list(record(ITEM)),
      cursor: { ...PLACE, description: "Give it as cursor to read on; null: there is no more." },
      newest: { ...PLACE, description: "Give it as after to read what came since." },
    }),
  ),
  Task: success(
    record({
      ...ITEM,
      error_message: TEXT_OR_NULL,
      input: { type: ["object", "null"], description: "As checked; null: no longer kept." },
      callback_url: TEXT_OR_NULL,
      cancel_time: TEXT_OR_NULL,
      soft_limit_time: TEXT,
      hard_limit_time: TEXT,
      wiped_time: { ...TEXT_OR_NULL, description: "When prompt and input were taken out." },
      substitute: TEXT_OR_NULL,
      poll_after_ms: COUNT_OR_NULL,
      routes: list(ROUTE),
      money: record({
        held: CREDITS,
        settled: { ...CREDITS, type: ["string", "null"] },
        released: { ...CREDITS, type: ["string", "null"] },
      }),
      seed: { type: ["number", "null"] },
      results: list({ type: "object", description: "As in music detail, for every model." }),
      files: list(FILE),
      attempts: list(ATTEMPT),
      events: list(HAPPENING),
      deliveries: list(DELIVERY),
      ledger: list(record(LEDGER)),
      lineage: record({
        sources: list(record({ kind: { enum: ["task", "audio", "persona"] }, id: TEXT })),
        creations: list(record({ id: TEXT, kind: TEXT, file: COUNT_OR_NULL })),
      }),
    }),
  ),
  Usage: success(
    record({
      from: TEXT,
      to: TEXT,
      by: list({ enum: ["day", "model", "key", "provider"] }),
      rows: list(USAGE),
      total: USAGE,
    }),
  ),
  Ledger: success(record({ entries: list(record(LEDGER)), cursor: PLACE })),
  ModelHealth: success(
    record({
      from: TEXT,
      to: TEXT,
      models: list(
        record({
          id: TEXT,
          tasks: COUNT,
          success_rate: { type: ["number", "null"], description: "Canceled ones left out." },
          p50_ms: COUNT_OR_NULL,
          p95_ms: COUNT_OR_NULL,
          routes: list(LIVE_ROUTE),
        }),
      ),
    }),
  ),
  Providers: success(
    record({
      offline: { enum: ["auto", "always", "never"] },
      providers: list(PROVIDER),
      keys: list(record(PROVIDER_KEY)),
    }),
  ),
  ProviderKey: success(record({ ...PROVIDER_KEY, ...EFFECT })),
  ProviderKeyRemoved: success(record({ key_id: TEXT, removed: { const: true }, ...EFFECT })),
  System: success(
    record({
      version: TEXT,
      started_time: TEXT,
      uptime_s: COUNT,
      role: { enum: ["all", "api", "worker"] },
      database: { enum: ["sqlite", "postgres"] },
      queue: list(record({ stage: TEXT, tasks: COUNT })),
      due_lag_ms: { ...COUNT, description: "How late the next task is." },
      deliveries_waiting: COUNT,
      delivery_lag_ms: COUNT,
      files: record({ kept: COUNT, bytes: COUNT, expiring_24h: COUNT }),
      disk_free_bytes: COUNT_OR_NULL,
      writer: record({ writes: COUNT, p50_ms: NUMBER_OR_NULL, p99_ms: NUMBER_OR_NULL }),
      settings: list(
        record({
          name: TEXT,
          origin: { enum: ["environment", "default"] },
          value: { ...TEXT_OR_NULL, description: "Null for a secret, set or not." },
          secret: { type: "boolean" },
        }),
      ),
    }),
  ),
  Kept: success(record({ task_id: TEXT, files: COUNT, expires_time: TEXT })),
  FilesDeleted: success(record({ task_id: TEXT, deleted: COUNT })),
  Starred: success(record({ task_id: TEXT, starred: { type: "boolean" } })),
  TaskCounts: success(
    record({
      total: COUNT,
      status: record({ not_started: COUNT, running: COUNT, finished: COUNT, failed: COUNT }),
      canceled: { ...COUNT, description: "Those of the failed that were canceled." },
      unknown: { ...COUNT, description: "Those whose submit has an unknown outcome." },
      held: CREDITS,
      models: SHARE,
      kinds: SHARE,
      modes: SHARE,
      keys: list(record({ value: TEXT_OR_NULL, count: COUNT, name: TEXT_OR_NULL })),
    }),
  ),
};

/** Bodies of requests, by the id of the operation. */
export const VIEW_BODIES: Readonly<Record<string, JsonSchema>> = {
  addProviderKey: {
    type: "object",
    required: ["provider", "key"],
    properties: {
      provider: TEXT,
      key: { type: "string", minLength: 8, maxLength: 4096 },
      account: {
        ...{ type: "string", pattern: "^[a-z0-9][a-z0-9_-]{0,39}$" },
        description: "Its name in routes and tasks; absent: console.",
      },
    },
    additionalProperties: false,
  },
  keepFiles: {
    ...record({ days: { type: "integer", minimum: 1, description: "From now on." } }),
    additionalProperties: false,
  },
  starTask: { ...record({ starred: { type: "boolean" } }), additionalProperties: false },
};
