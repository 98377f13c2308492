import { CURSOR, LIMIT, query, read, write } from "./door-operations.ts";
import type { Operation, Parameter } from "./operations.ts";

const TASK_ID: Parameter = {
  name: "task_id",
  in: "path",
  required: true,
  description: "Of a task.",
};
const MANY = "Several with commas between them.";

/** By what lists and sums of tasks are narrowed. */
const FILTERS: readonly Parameter[] = [
  query("status", `not_started, running, finished, failed. ${MANY}`),
  query("model", `Ids of models. ${MANY}`),
  query("key", `Ids of keys. ${MANY}`),
  query("provider", `Names of providers that were asked to make it. ${MANY}`),
  query("kind", `image, video, music. ${MANY}`),
  query("mode", "live or test."),
  query("from", "Made then or later: 2026-01-31T12:00:00Z, or a day."),
  query("to", "Made before then."),
  query("q", "A part of the id or of the prompt."),
  query("starred", "true: only those that are marked."),
];

/** What people look at: lists with filters, sums, tasks with all that happened to them. */
export const VIEW_OPERATIONS: readonly Operation[] = [
  read("/api/tasks", "tasks", "Tasks", {
    summary: "The project's tasks, newest first.",
    parameters: [
      LIMIT,
      CURSOR,
      query("after", "The newest of an earlier answer: only what came since, those next to it."),
      ...FILTERS,
    ],
  }),
  read("/api/tasks/counts", "taskCounts", "TaskCounts", {
    summary: "How many tasks a filter lets through: by status, model, kind, mode and key.",
    parameters: FILTERS,
  }),
  {
    ...read("/api/tasks/{task_id}", "task", "Task", {
      summary: "A task with input, attempts, files, callbacks and ledger.",
      parameters: [TASK_ID],
    }),
    errors: [403, 404],
  },
  {
    ...write("/api/tasks/{task_id}/keep", "keepFiles", "Kept"),
    summary: "Let the files of a task live longer, within what the operator allows.",
    errors: [400, 403, 404, 409, 410, 413, 415],
    parameters: [TASK_ID],
  },
  {
    ...write("/api/tasks/{task_id}/files/delete", "deleteFiles", "FilesDeleted"),
    summary: "Delete the files of a task now. The record of the task stays.",
    errors: [403, 404],
    parameters: [TASK_ID],
  },
  {
    ...write("/api/tasks/{task_id}/star", "starTask", "Starred"),
    summary: "Mark a task for finding it again, or take the mark away.",
    errors: [400, 403, 404, 413, 415],
    parameters: [TASK_ID],
  },
  read("/api/usage", "usage", "Usage", {
    summary: "Spend, tasks, failures and times of the tasks that ended, as a series.",
    parameters: [
      query("from", "Ended then or later; absent: 30 days, today's included."),
      query("to", "Ended before then; absent: now. Up to 400 days after from."),
      query("by", `day, model, key, provider; absent: day. ${MANY}`),
      query("format", "json, or csv for a table."),
      ...FILTERS.filter(({ name }) => ["model", "key", "kind", "mode"].includes(name)),
      query("provider", `Names of providers that were asked last. ${MANY}`),
    ],
  }),
  {
    ...read("/api/model-health", "modelHealth", "ModelHealth", {
      summary: "How the project's tasks of each model went in seven days, and the routes now.",
      parameters: [],
    }),
    errors: [400, 403],
  },
  read("/api/providers", "providers", "Providers", {
    summary: "What serves this gateway and how it stands. For admins of its first project.",
    parameters: [],
  }),
  {
    ...write("/api/provider-keys", "addProviderKey", "ProviderKey"),
    summary: "Add a provider's key: encrypted, used from now on, never told again.",
    errors: [400, 403, 409, 413, 415],
  },
  {
    ...write("/api/provider-keys/{id}/remove", "removeProviderKey", "ProviderKeyRemoved"),
    summary: "Remove a provider's key that was added. Its account takes no more tasks.",
    errors: [403, 404],
    parameters: [{ name: "id", in: "path", required: true, description: "Of a provider key." }],
  },
  {
    ...read("/api/system", "system", "System", {
      summary: "How this gateway is: what waits, disk, writes, settings. For its operator.",
      parameters: [],
    }),
    errors: [400, 403],
  },
  read("/api/ledger", "ledger", "Ledger", {
    summary: "Every movement of credits, newest first.",
    parameters: [
      LIMIT,
      CURSOR,
      query("kind", "grant, hold, settle or release."),
      query("from", "Made then or later."),
      query("format", "json, or csv for a table."),
    ],
  }),
];
