import type { ANSWER_SCHEMAS } from "./schemas.ts";

/** One route as the document describes it. */
export interface Operation {
  readonly method: "get" | "post";
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  /** Whether it wants a key. */
  readonly guarded: boolean;
  /** Name of the schema of its success. */
  readonly answer: keyof typeof ANSWER_SCHEMAS;
  /** HTTP statuses of its errors, those of every route aside. */
  readonly errors: readonly number[];
  readonly parameters: readonly Parameter[];
  /** Whether its body is that of a submit. */
  readonly submitBody: boolean;
}

/** Something that is said outside the body. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly description: string;
}

const TASK_ID_IN_PATH: Parameter = {
  name: "task_id",
  in: "path",
  required: true,
  description: "The id that the submit gave.",
};

const IDEMPOTENCY_KEY: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "1 to 255 visible ASCII characters. The same key with the same body gives the same task.",
};

/** Every route that answers JSON. */
export const OPERATIONS: readonly Operation[] = [
  {
    method: "post",
    path: "/api/generate/submit",
    id: "submit",
    summary: "Create a task. It is stored durably before the answer leaves.",
    guarded: true,
    answer: "Receipt",
    errors: [400, 402, 404, 409, 410, 413, 415, 422],
    parameters: [IDEMPOTENCY_KEY],
    submitBody: true,
  },
  {
    method: "get",
    path: "/api/generate/status/{task_id}",
    id: "status",
    summary: "How a task stands. A failed task is a success of this call.",
    guarded: true,
    answer: "Status",
    errors: [404],
    parameters: [TASK_ID_IN_PATH],
    submitBody: false,
  },
  {
    method: "get",
    path: "/api/generate/detail/music",
    id: "musicDetail",
    summary: "A music task with the items of its model.",
    guarded: true,
    answer: "MusicDetail",
    errors: [400, 404],
    parameters: [{ ...TASK_ID_IN_PATH, in: "query" }],
    submitBody: false,
  },
  {
    method: "post",
    path: "/api/generate/cancel/{task_id}",
    id: "cancel",
    summary:
      "End a task now: as failed with error_code canceled, its hold released. May be repeated.",
    guarded: true,
    answer: "Cancel",
    errors: [404, 409],
    parameters: [TASK_ID_IN_PATH],
    submitBody: false,
  },
  {
    method: "post",
    path: "/api/generate/quote",
    id: "quote",
    summary: "What a submit of the same body would hold. Nothing is stored.",
    guarded: true,
    answer: "Quote",
    errors: [400, 404, 413, 415],
    parameters: [],
    submitBody: true,
  },
  {
    method: "get",
    path: "/api/user/balance",
    id: "balance",
    summary: "The credits that the project has left.",
    guarded: true,
    answer: "Balance",
    errors: [],
    parameters: [],
    submitBody: false,
  },
  {
    method: "get",
    path: "/api/models",
    id: "models",
    summary: "All models.",
    guarded: true,
    answer: "Models",
    errors: [],
    parameters: [],
    submitBody: false,
  },
  {
    method: "get",
    path: "/api/models/{id}",
    id: "model",
    summary: "One model with schema, examples and limits. Ids may hold slashes, unescaped.",
    guarded: true,
    answer: "Model",
    errors: [404],
    parameters: [{ name: "id", in: "path", required: true, description: "The id of a model." }],
    submitBody: false,
  },
  {
    method: "get",
    path: "/health",
    id: "health",
    summary: "The process lives.",
    guarded: false,
    answer: "Health",
    errors: [],
    parameters: [],
    submitBody: false,
  },
  {
    method: "get",
    path: "/ready",
    id: "ready",
    summary: "The database answers and the disk has room.",
    guarded: false,
    answer: "Ready",
    errors: [503],
    parameters: [],
    submitBody: false,
  },
];
