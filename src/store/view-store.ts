import type { FileRow } from "../core/file.ts";
import type { Mode } from "../core/key.ts";
import type { Millicredits } from "../core/money.ts";
import type { Task, TaskStage, TaskStatus } from "../core/task.ts";

/** What people look at. Lists and sums, which may take long: none is on the way of a task. */
export interface ViewStore {
  /** A page of the tasks that a filter lets through, newest first. */
  tasks(query: LineQuery): Promise<readonly TaskLine[]>;
  /** How many tasks a filter lets through, by all that a list can be narrowed by. */
  counts(filter: TaskFilter): Promise<readonly TaskCount[]>;
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
  /** The result's files, by position. */
  readonly files: readonly FileRow[];
}

/** The members of a task that need no JSON but its routes. */
export type LineTask = Omit<Task, "input" | "outputs" | "callbackUrl">;

/** How many tasks are alike. */
export interface TaskCount {
  readonly stage: TaskStage;
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
