import type { Clock } from "../../src/lib/clock.ts";

/** A clock that only moves when a test moves it. */
export interface HandClock extends Clock {
  /** Moves both times forward and ends the sleeps that are over. */
  advance(byMs: number): Promise<void>;
  /** The sleeps asked for so far, in milliseconds. */
  readonly slept: readonly number[];
  /** Resolves when at least `count` sleepers wait. */
  sleepers(count: number): Promise<void>;
}

/** Makes a clock that stands at `startMs` (wall time). */
export function makeHandClock(startMs = 1_790_000_000_000): HandClock {
  let passedMs = 0;
  const slept: number[] = [];
  const waiting = new Set<{ readonly dueMs: number; readonly end: () => void }>();
  const watching = new Set<() => void>();
  return {
    slept,
    nowMs: () => startMs + passedMs,
    monotonicMs: () => passedMs,
    sleep(delayMs, signal) {
      slept.push(delayMs);
      if (signal?.aborted || delayMs <= 0) return Promise.resolve();
      return new Promise((resolve) => {
        const sleeper = { dueMs: passedMs + delayMs, end: () => end() };
        const end = () => {
          waiting.delete(sleeper);
          signal?.removeEventListener("abort", end);
          resolve();
        };
        signal?.addEventListener("abort", end, { once: true });
        waiting.add(sleeper);
        for (const look of watching) look();
      });
    },
    async advance(byMs) {
      passedMs += byMs;
      for (const sleeper of [...waiting]) if (sleeper.dueMs <= passedMs) sleeper.end();
      await new Promise((resolve) => setImmediate(resolve));
    },
    sleepers(count) {
      return new Promise((resolve) => {
        const look = () => {
          if (waiting.size < count) return;
          watching.delete(look);
          resolve();
        };
        watching.add(look);
        look();
      });
    },
  };
}
