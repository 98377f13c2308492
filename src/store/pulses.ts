import { isJsonObject } from "../lib/json.ts";
import type { TaskPulse } from "./store.ts";
import type { Run } from "./transactions.ts";

/** What is known of open tasks without asking the database. */
export interface Pulses {
  get(projectId: string, taskId: string): TaskPulse | null;
  put(projectId: string, taskId: string, pulse: TaskPulse): void;
  /** Takes away what a write may have changed. */
  forget(taskId: string): void;
}

const ENTRIES_MAX = 10_000;

/**
 * Pulses for a database that no other process writes to. Correct by one rule: whatever was read
 * before a write was committed is forgotten before anybody learns of the write. Reads that run at
 * once on this thread put theirs in the same turn, so none can come late.
 */
export function makePulses(): Pulses {
  const known = new Map<string, { readonly projectId: string; readonly pulse: TaskPulse }>();
  return {
    get(projectId, taskId) {
      const entry = known.get(taskId);
      return entry === undefined || entry.projectId !== projectId ? null : entry.pulse;
    },
    put(projectId, taskId, pulse) {
      known.delete(taskId);
      known.set(taskId, { projectId, pulse });
      if (known.size <= ENTRIES_MAX) return;
      const oldest = known.keys().next();
      if (oldest.done !== true) known.delete(oldest.value);
    },
    forget: (taskId) => known.delete(taskId),
  };
}

/** Pulses for a database that others write to: nothing is known without asking. */
export const NO_PULSES: Pulses = { get: () => null, put: () => undefined, forget: () => undefined };

/** Writes that make the pulses forget the task that they name, done or failed. */
export function forgetting(write: Run, pulses: Pulses): Run {
  return (name, input) => {
    const written = write(name, input);
    if (!isJsonObject(input) || typeof input.taskId !== "string") return written;
    const { taskId } = input;
    return written.finally(() => pulses.forget(taskId));
  };
}
