import { TASK_ERROR_CODES } from "../../core/error.ts";
import type { JsonSchema } from "../../models/model.ts";
import { COUNT, COUNT_OR_NULL, list, record, success, TEXT, TEXT_OR_NULL } from "./door-schemas.ts";

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
  thumb_url: { ...TEXT_OR_NULL, description: "A small picture of the first result that has one." },
  colour: { ...TEXT_OR_NULL, description: "Its main colour, #rrggbb; null: not known yet." },
  expires_time: TEXT_OR_NULL,
};

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
export const VIEW_BODIES: Readonly<Record<string, JsonSchema>> = {};
