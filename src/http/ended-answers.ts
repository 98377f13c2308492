import type { Clock } from "../lib/clock.ts";

/** A status answer as it is sent. */
export interface PreparedAnswer {
  readonly body: string;
  /** Strong entity tag, quotes included. */
  readonly etag: string;
  /** Seconds until it is worth asking again, or `null` when nothing will change. */
  readonly retryAfterS: number | null;
}

/** Answers about tasks that have ended: they never change, so the database need not be asked. */
export interface EndedAnswers {
  get(projectId: string, taskId: string): PreparedAnswer | null;
  put(projectId: string, taskId: string, answer: PreparedAnswer): void;
}

const ENTRIES_MAX = 4_096;

/** How long a task may still be answered for after its row was pruned. */
const LIFE_MS = 60_000;

/** Keeps the latest answers; the oldest goes first. */
export function createEndedAnswers(clock: Clock): EndedAnswers {
  const entries = new Map<string, { readonly answer: PreparedAnswer; readonly untilMs: number }>();
  // Neither id holds a space, so that no two pairs share a name.
  const nameOf = (projectId: string, taskId: string) => `${projectId} ${taskId}`;
  return {
    get(projectId, taskId) {
      const entry = entries.get(nameOf(projectId, taskId));
      if (entry === undefined || entry.untilMs <= clock.monotonicMs()) return null;
      return entry.answer;
    },
    put(projectId, taskId, answer) {
      const name = nameOf(projectId, taskId);
      entries.delete(name);
      entries.set(name, { answer, untilMs: clock.monotonicMs() + LIFE_MS });
      if (entries.size <= ENTRIES_MAX) return;
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        return;
      }
    },
  };
}
