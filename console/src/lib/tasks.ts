import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { TaskStatus } from "../components/status.tsx";
import { states } from "../strings/en/states.ts";
import { api } from "./api.ts";
import type { Media } from "./models.ts";

/** Where a task stands inside. */
export type Phase =
  | "queued"
  | "submitting"
  | "unknown"
  | "polling"
  | "collecting"
  | "finished"
  | "failed";

/** A task as lists show it. */
export interface TaskItem {
  readonly task_id: string;
  readonly status: TaskStatus;
  readonly phase: Phase;
  readonly created_time: string;
  readonly started_time: string | null;
  readonly finished_time: string | null;
  readonly duration_ms: number | null;
  readonly progress: number;
  readonly error_message: string | null;
  readonly model: string;
  readonly kind: Media | null;
  /** Its start, on one line. */
  readonly prompt: string;
  readonly mode: "live" | "test";
  readonly key_id: string | null;
  readonly key_name: string | null;
  readonly provider: string | null;
  readonly account: string | null;
  readonly error_code: string | null;
  readonly credits: string;
  readonly held: string;
  readonly files: number;
  /** Files of the kind that its model makes, without covers. */
  readonly pieces: number;
  readonly thumb_url: string | null;
  readonly colour: string | null;
  /** Of the first piece. */
  readonly width: number | null;
  readonly height: number | null;
  readonly duration_s: number | null;
  readonly starred: boolean;
  readonly expires_time: string | null;
}

/** A file of a task. */
export interface TaskFile {
  readonly file_id: string;
  readonly position: number;
  readonly file_url: string | null;
  readonly media_type: string;
  readonly size_bytes: number;
  readonly sha256: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly duration_s: number | null;
  readonly colour: string | null;
  readonly thumb_url: string | null;
  readonly poster_url: string | null;
  readonly peaks_url: string | null;
  readonly created_time: string;
  readonly expires_time: string;
  readonly gone: boolean;
}

/** One try to have a task made somewhere. */
export interface Attempt {
  readonly attempt_id: string;
  readonly number: number;
  readonly provider: string;
  readonly account: string | null;
  readonly upstream_model: string | null;
  readonly upstream_id: string | null;
  readonly state: string;
  readonly billed: "yes" | "no" | "unknown" | null;
  readonly cost: { readonly amount: string; readonly unit: "usd" | "credits" } | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly troubles: number;
  readonly intent_ms: number;
  readonly accepted_ms: number | null;
  readonly produced_ms: number | null;
  readonly ended_ms: number | null;
  readonly request: unknown;
  readonly response: unknown;
  readonly meta: unknown;
}

/** A happening in a task's life. */
export interface Happening {
  readonly time: string;
  readonly at_ms: number;
  readonly kind: string;
  readonly attempt: number | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** One try to deliver a callback. */
export interface DeliveryTry {
  readonly number: number;
  readonly started_time: string;
  readonly duration_ms: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly answer: string;
}

/** A callback with all its tries. */
export interface Delivery {
  readonly delivery_id: string;
  readonly event_id: string;
  readonly task_id: string;
  readonly callback_url: string;
  readonly state: "waiting" | "delivered" | "refused" | "exhausted";
  readonly reason: string | null;
  readonly next_try_time: string | null;
  readonly created_time: string;
  readonly tries: readonly DeliveryTry[];
}

/** An entry of the ledger. */
export interface LedgerEntry {
  readonly ledger_id: string;
  readonly task_id: string | null;
  readonly kind: "grant" | "hold" | "settle" | "release";
  readonly credits: string;
  /** What it did to the balance. */
  readonly change: string;
  readonly note: string;
  readonly created_time: string;
}

/** A task with all that happened to it. */
export interface TaskDetail extends Omit<TaskItem, "files"> {
  readonly input: Readonly<Record<string, unknown>> | null;
  readonly callback_url: string | null;
  readonly cancel_time: string | null;
  readonly wiped_time: string | null;
  readonly substitute: string | null;
  readonly money: {
    readonly held: string;
    readonly settled: string | null;
    readonly released: string | null;
  };
  readonly seed: number | null;
  readonly results: readonly Readonly<Record<string, unknown>>[];
  readonly files: readonly TaskFile[];
  readonly attempts: readonly Attempt[];
  readonly events: readonly Happening[];
  readonly deliveries: readonly Delivery[];
  readonly ledger: readonly LedgerEntry[];
}

/** One page of the list. */
export interface TaskPage {
  readonly tasks: readonly TaskItem[];
  /** Where the next page begins; `null`: there is none. */
  readonly cursor: string | null;
  readonly newest: string | null;
}

/** How many tasks a filter lets through. */
export interface TaskCounts {
  readonly total: number;
  readonly status: Readonly<Record<TaskStatus, number>>;
  readonly canceled: number;
  readonly unknown: number;
  readonly held: string;
  readonly models: readonly Share[];
  readonly kinds: readonly Share[];
  readonly keys: readonly (Share & { readonly name: string | null })[];
}

interface Share {
  readonly value: string | null;
  readonly count: number;
}

/** By what tasks are narrowed; empty words do not narrow. */
export type TaskFilter = Readonly<Record<FilterName, string>>;

/** The words of {@link TaskFilter}, as the address and the API spell them. */
export const FILTER_NAMES = [
  "status",
  "model",
  "key",
  "provider",
  "kind",
  "mode",
  "from",
  "q",
  "starred",
] as const;

type FilterName = (typeof FILTER_NAMES)[number];

/** One page of tasks. */
export function readTasks(
  filter: Partial<TaskFilter>,
  rest: {
    readonly cursor?: string | null;
    readonly limit?: number;
    readonly signal?: AbortSignal;
  } = {},
): Promise<TaskPage> {
  const { cursor = null, limit = 100, signal } = rest;
  const query = { ...filter, from: sinceOf(filter.from ?? ""), cursor, limit };
  return api<TaskPage>("/api/tasks", { query, ...(signal === undefined ? {} : { signal }) });
}

/** `24h` and `7d` are spans that end now; everything else is a time of its own. */
export function sinceOf(span: string): string {
  const read = /^(\d+)([hd])$/.exec(span);
  if (read === null) return span;
  const hours = Number(read[1]) * (read[2] === "d" ? 24 : 1);
  // Whole minutes: pages of one list must begin at the same moment.
  const nowMs = Math.floor(Date.now() / 60_000) * 60_000;
  return new Date(nowMs - hours * 3_600_000).toISOString();
}

/** The sums beside a list. */
export function countsQuery(project: string, filter: Partial<TaskFilter>) {
  return queryOptions({
    queryKey: ["tasks", project, "counts", filter],
    queryFn: ({ signal }) =>
      api<TaskCounts>("/api/tasks/counts", {
        query: { ...filter, from: sinceOf(filter.from ?? "") },
        signal,
      }),
    refetchInterval: COUNTS_EVERY_MS,
    placeholderData: keepPreviousData,
  });
}

/** Tasks begin to run without an event. */
const COUNTS_EVERY_MS = 5_000;

/** One task; asked again each second and a half while it runs. */
export function taskQuery(project: string, id: string) {
  return queryOptions({
    queryKey: ["tasks", project, "task", id],
    queryFn: ({ signal }) => api<TaskDetail>(`/api/tasks/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state }) =>
      state.data === undefined || isOpen(state.data.status) ? 1_500 : false,
    retry: false,
  });
}

/** Marks a task, to find it again. */
export async function starTask(taskId: string, starred: boolean): Promise<void> {
  await api(`/api/tasks/${taskId}/star`, { body: { starred } });
}

/** Whether a task has not ended. */
export function isOpen(status: TaskStatus): boolean {
  return status === "not_started" || status === "running";
}

/** The name of a key; what a person ran in the console is told by the end of the id. */
export function keyTitle(id: string, name: string | null): string {
  return name ?? (id.startsWith("person_") ? states.inConsole(id.slice(-4)) : id);
}
