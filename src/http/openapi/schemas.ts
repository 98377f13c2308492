import { TASK_ERROR_CODES } from "../../core/error.ts";
import type { JsonSchema } from "../../models/model.ts";

/** Schemas of everything that the API answers, by the name under which paths refer to them. */
export const ANSWER_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Error: record({
    code: { type: "integer", description: "The HTTP status." },
    error: record({ message: { type: "string" }, type: { type: "string" } }),
  }),
  Receipt: success(
    record({ task_id: taskId(), status: taskStatus(), created_time: time("When it was accepted") }),
  ),
  Status: success(
    record({
      task_id: taskId(),
      status: taskStatus(),
      files: { type: "array", items: statusFile(), description: "Empty until finished." },
      created_time: time("When it was accepted"),
      progress: { type: "integer", minimum: 0, maximum: 100 },
      error_message: nullable({ type: "string" }, "Set when failed"),
      model: { type: "string" },
      provider: nullable({ type: "string" }, "What serves it"),
      error_code: nullable({ enum: [...TASK_ERROR_CODES, null] }, "Why it failed, for programs"),
      credits_amount: { type: "integer", description: "Its price, rounded up." },
      credits: credits(),
      expires_time: nullable(time("When the links end"), "Set when finished"),
      poll_after_ms: nullable({ type: "integer" }, "When to ask again"),
    }),
  ),
  MusicDetail: success(
    record({
      task_id: taskId(),
      status: taskStatus(),
      files: {
        type: "array",
        items: { type: "object" },
        description: "Members depend on the model. Empty until finished.",
      },
      created_time: time("When it was accepted"),
      error_message: nullable({ type: "string" }, "Set when failed"),
    }),
  ),
  Cancel: success(
    record({
      task_id: taskId(),
      status: taskStatus(),
      created_time: time("When it was accepted"),
      error_message: nullable({ type: "string" }, "Set when failed"),
    }),
  ),
  Quote: success(
    record({
      model: { type: "string" },
      credits_amount: nullable({ type: "integer" }, "Rounded up; null: no price is known"),
      credits: nullable(credits(), "Exact"),
    }),
  ),
  Balance: success(
    record({
      email: { type: "string" },
      credits_amount: {
        type: "integer",
        minimum: 0,
        description: "What is left, rounded down.",
      },
      credits: credits(),
    }),
  ),
  Models: success(record({ models: { type: "array", items: record(modelMembers()) } })),
  Model: success(
    record({
      ...modelMembers(),
      input_schema: { type: "object", description: "JSON Schema 2020-12 of input." },
      examples: { type: "array", items: { type: "object" } },
      limits: record(modelLimits()),
    }),
  ),
  Callback: record({
    task_id: taskId(),
    status: { enum: ["finished", "failed"] },
    files: { type: "array", items: { type: "object" } },
    created_time: time("When it was accepted"),
    error_message: nullable({ type: "string" }, "Set when failed"),
  }),
  Health: success(record({ status: { const: "ok" }, version: { type: "string" } })),
  Ready: success(
    record({
      status: { const: "ready" },
      checks: record({ store: { const: "ok" }, disk: { const: "ok" } }),
    }),
  ),
};

function success(data: JsonSchema): JsonSchema {
  return record({ code: { const: 200 }, data });
}

/** An object whose members are all there, always. */
function record(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: "object", required: Object.keys(properties), properties };
}

function nullable(schema: JsonSchema, description: string): JsonSchema {
  const { type } = schema;
  return typeof type === "string"
    ? { ...schema, type: [type, "null"], description: `${description}, else null.` }
    : { ...schema, description: `${description}, else null.` };
}

function taskId(): JsonSchema {
  return { type: "string", pattern: "^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$" };
}

function taskStatus(): JsonSchema {
  return { type: "string", enum: ["not_started", "running", "finished", "failed"] };
}

function time(description: string): JsonSchema {
  const pattern = "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$";
  return { type: "string", pattern, description: `${description}; UTC.` };
}

function credits(): JsonSchema {
  return { type: "string", pattern: "^-?\\d+(\\.\\d{1,3})?$", description: "Exact credits." };
}

function statusFile(): JsonSchema {
  return record({
    file_url: { type: "string", format: "uri" },
    file_type: { type: "string", enum: ["image", "video", "audio", "other"] },
  });
}

function modelLimits(): Readonly<Record<string, JsonSchema>> {
  const whole = { type: "integer" } as const;
  return {
    soft_limit_ms: { ...whole, description: "After this a task is looked into." },
    hard_limit_ms: { ...whole, description: "After this a task is closed." },
    input_file_bytes_max: { ...whole, description: "Largest file that an input may name." },
    submits_per_minute: nullable(whole, "Of one key; null: no limit."),
    open_tasks_max: nullable(whole, "Of one project; null: no limit."),
    members: {
      type: "object",
      description: "Bounds of each member of the input, as far as its schema says them.",
      additionalProperties: {
        type: "object",
        required: ["required"],
        properties: {
          required: { type: "boolean" },
          ...Object.fromEntries(
            ["min", "max", "length_min", "length_max", "items_min", "items_max"].map((name) => [
              name,
              { type: "number" },
            ]),
          ),
          values: { type: "array" },
        },
      },
    },
  };
}

function modelMembers(): Readonly<Record<string, JsonSchema>> {
  return {
    id: { type: "string" },
    media: { type: "string", enum: ["image", "video", "music"] },
    summary: { type: "string" },
    price: nullable({ type: "string" }, "In words"),
    providers: { type: "array", items: { type: "string" } },
    why: { type: "string", description: "What made them serve it, or what would make one." },
    deprecation: nullable({ type: "string" }, "Set for old ids"),
  };
}
