import type { Clock } from "../lib/clock.ts";

/** A status answer as it is sent. */
export interface PreparedAnswer {
  readonly body: string;
  /** Strong entity tag, quotes included. */
  readonly etag: string;
  /** Seconds until it is worth asking again, or `null` when nothing will change. */
  readonly retryAfterS: number | null;
}

/** An answer with the facts it was made from. */
export interface KeptAnswer {
  readonly answer: PreparedAnswer;
  /**
   * Everything of the open task that the answer depends on and that may change, as text; `null`
   * when the task has ended: then nothing changes but the life of its files, which is hinted.
   */
  readonly pulse: string | null;
  readonly createdAtMs: number;
}

/** The latest status answers, so that none is written twice. */
export interface StatusAnswers {
  get(projectId: string, taskId: string): KeptAnswer | null;
  put(projectId: string, taskId: string, kept: KeptAnswer): void;
  /** Forgets all, and counts up. */
  clear(): void;
  /** How often all was forgotten: what was read before is not to be kept after. */
  readonly era: number;
}

const ENTRIES_MAX = 4_096;

/** How long an ended task may still be answered for after its row was pruned or a hint was lost. */
const LIFE_MS = 60_000;

/** Keeps the latest answers; the oldest goes first. */
export function createStatusAnswers(clock: Clock): StatusAnswers {
  const entries = new Map<string, { readonly kept: KeptAnswer; readonly untilMs: number }>();
  let era = 0;
  // Neither id holds a space, so that no two pairs share a name.
  const nameOf = (projectId: string, taskId: string) => `${projectId} ${taskId}`;
  return {
    get(projectId, taskId) {
      const entry = entries.get(nameOf(projectId, taskId));
      return entry === undefined || entry.untilMs <= clock.monotonicMs() ? null : entry.kept;
    },
    put(projectId, taskId, kept) {
      const name = nameOf(projectId, taskId);
      entries.delete(name);
      entries.set(name, { kept, untilMs: clock.monotonicMs() + LIFE_MS });
      if (entries.size <= ENTRIES_MAX) return;
      const oldest = entries.keys().next();
      if (oldest.done !== true) entries.delete(oldest.value);
    },
    clear() {
      entries.clear();
      era += 1;
    },
    get era() {
      return era;
    },
  };
}
