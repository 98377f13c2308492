import type { DeliveryView } from "../core/delivery.ts";
import type { FileRow } from "../core/file.ts";
import type { Mode } from "../core/key.ts";
import type { Millicredits } from "../core/money.ts";
import type { Cost, Creation, UpstreamError } from "../core/outcome.ts";
import type { Attempt, Task, TaskStage, TaskStatus } from "../core/task.ts";
import type { UsageRow } from "../core/usage.ts";

/** What people look at. Lists and sums, which may take long: none is on the way of a task. */
export interface ViewStore {
  /** A page of the tasks that a filter lets through, newest first. */
  tasks(query: LineQuery): Promise<readonly TaskLine[]>;
  /** How many tasks a filter lets through, by all that a list can be narrowed by. */
  counts(filter: TaskFilter): Promise<readonly TaskCount[]>;
  /** Marks a task or takes the mark away; gives whether the project has it. */
  star(wish: StarWish): Promise<boolean>;
  /** A project's task with all that happened to it, or `null`; another project's is `null` too. */
  dossier(projectId: string, taskId: string): Promise<Dossier | null>;
  /** Sums over tasks that ended. */
  usage(query: UsageQuery): Promise<readonly UsageRow[]>;
  /** What waits, is held and ends before a moment, of all projects. */
  system(endsBeforeMs: number): Promise<SystemSums>;
  /** A page of movements of credits, newest first. */
  ledger(query: LedgerQuery): Promise<readonly LedgerEntry[]>;
}

/** Which tasks are meant; what is absent does not narrow. A list is never empty. */
export interface TaskFilter {
  readonly projectId: string;
  readonly statuses?: readonly TaskStatus[];
  readonly models?: readonly string[];
  /** Ids of keys. */
  readonly keys?: readonly string[];
  /** Names of providers that were asked to make the task. */
  readonly providers?: readonly string[];
  readonly mode?: Mode;
  /** Only those that somebody marked. */
  readonly isStarred?: true;
  readonly ids?: readonly string[];
  /** Made at this moment or later. */
  readonly fromMs?: number;
  /** Made before this moment. */
  readonly toMs?: number;
  /** A part of the id or of the prompt, in small or capital letters alike. */
  readonly search?: string;
}

/** A place in a list that is sorted by time and id. */
export interface ListPlace {
  readonly createdAtMs: number;
  readonly id: string;
}

/** A filter and a page; with neither place it is the first one. */
export interface LineQuery extends TaskFilter {
  readonly limit: number;
  /** Only tasks made before this one. */
  readonly before?: ListPlace;
  /** Only tasks made after this one, those next to it. */
  readonly after?: ListPlace;
}

/** A task in a list: no input, no outputs. */
export interface TaskLine {
  readonly task: LineTask;
  /** The start of its prompt, at most 200 characters; empty when it has none. */
  readonly prompt: string;
  readonly keyName: string | null;
  readonly isStarred: boolean;
  /** The result's files, by position. */
  readonly files: readonly ViewedFile[];
}

/** A file with what its picture is like. */
export interface ViewedFile extends FileRow {
  /** Its main colour, `#rrggbb`, or `null` while nobody has looked. */
  readonly colour: string | null;
}

/** All that is kept of a task. */
export interface Dossier {
  readonly task: Task;
  readonly keyName: string | null;
  /** When prompt and input were taken out, or `null` while they are there. */
  readonly wipedAtMs: number | null;
  readonly isStarred: boolean;
  readonly files: readonly ViewedFile[];
  readonly attempts: readonly ViewedAttempt[];
  readonly deliveries: readonly DeliveryView[];
  readonly ledger: readonly LedgerEntry[];
  readonly creations: readonly (Creation & { readonly taskId: string })[];
}

/** A wish to mark a task for finding it again, or to take the mark away. */
export interface StarWish {
  readonly projectId: string;
  readonly taskId: string;
  /** When it was marked, or `null` to take the mark away. */
  readonly starredAtMs: number | null;
}

/** A wish that the files of a task live longer. */
export interface KeepWish {
  readonly projectId: string;
  readonly taskId: string;
  readonly nowMs: number;
  readonly untilMs: number;
  /** How long a file may live in all. */
  readonly lifeMaxMs: number;
}

/** What became of it; `expiresAtMs` is the latest end. */
export type KeptFiles =
  | { readonly kind: "kept"; readonly files: number; readonly expiresAtMs: number }
  /** No file of the task lives. */
  | { readonly kind: "none"; readonly wasFinished: boolean }
  | { readonly kind: "absent" };

/** An attempt with the times of its stages. */
export interface ViewedAttempt extends Attempt {
  /** When its provider had taken it, as far as we know, or `null`. */
  readonly acceptedAtMs: number | null;
  /** When its result was known, or `null`. */
  readonly producedAtMs: number | null;
  /** Whether the upstream charged for it; `null` while that is open, and for old rows. */
  readonly billed: UpstreamError["billed"] | null;
  /** How much, where it said so. */
  readonly cost: Cost | null;
}

/** A movement of credits. */
export interface LedgerEntry {
  readonly id: string;
  readonly taskId: string | null;
  readonly kind: "grant" | "hold" | "settle" | "release";
  readonly amount: Millicredits;
  readonly note: string;
  readonly createdAtMs: number;
}

/** The members of a task that need no JSON but its routes. */
export type LineTask = Omit<Task, "input" | "outputs" | "callbackUrl">;

/** How many tasks are alike. */
export interface TaskCount {
  readonly stage: TaskStage;
  /** Of open ones. */
  readonly hasStarted: boolean;
  readonly isCanceled: boolean;
  readonly model: string;
  readonly keyId: string | null;
  readonly keyName: string | null;
  readonly mode: Mode;
  readonly count: number;
  /** What they hold while they are open, or were charged. */
  readonly credits: Millicredits;
}

/** What waits and what is held. */
export interface SystemSums {
  /** Open tasks; stages without any are left out. */
  readonly stages: readonly { readonly stage: TaskStage; readonly tasks: number }[];
  /** When the first task that nobody works on is or was due, or `null`. */
  readonly taskDueMs: number | null;
  readonly deliveriesWaiting: number;
  readonly deliveryDueMs: number | null;
  readonly filesKept: number;
  readonly fileBytes: number;
  readonly filesEnding: number;
}

/** How long writes took of late, as their callers saw it; milliseconds. */
export interface WritePace {
  /** In all, since the start. */
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** By what sums are told apart. */
export type UsageDimension = "day" | "model" | "key" | "provider";

/** Which tasks are summed up, and how. */
export interface UsageQuery extends TaskFilter {
  /** Ended at this moment or later. */
  readonly endedFromMs: number;
  /** Ended before this moment. */
  readonly endedToMs: number;
  /** One row for all when empty. */
  readonly by: readonly UsageDimension[];
}

/** Which movements of credits to list. */
export interface LedgerQuery {
  readonly projectId: string;
  readonly limit: number;
  readonly before?: ListPlace;
  readonly kind?: LedgerEntry["kind"];
  readonly fromMs?: number;
}
