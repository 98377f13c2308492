import { assert } from "./assert.ts";
import type { Clock } from "./clock.ts";

/** How often, how fast and whether at all to try again. */
export interface RetryOptions extends Backoff {
  readonly clock: Clock;
  /** All tries, the first included. */
  readonly attemptsMax: number;
  /** Ends the waiting; the last error is thrown then. */
  readonly signal?: AbortSignal;
  /** Whether another try can help; everything is tried again when absent. */
  readonly isWorthwhile?: (error: unknown) => boolean;
}

/** Waits that double from one try to the next. */
export interface Backoff {
  /** Wait after the first failure. 100 when absent. */
  readonly delayMinMs?: number;
  /** No wait is longer. 30,000 when absent. */
  readonly delayMaxMs?: number;
  /** Evenly drawn from 0 to 1; spreads each wait over its upper half. `Math.random` when absent. */
  readonly chance?: () => number;
}

/**
 * Runs a step until it succeeds. Only for steps that may run twice: never for a submit that may
 * cost money.
 *
 * ```ts
 * await retry(() => unlink(path), { clock: systemClock, attemptsMax: 3 });
 * ```
 * @throws The last error, when no try succeeded.
 */
export async function retry<T>(step: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { clock, attemptsMax, signal, isWorthwhile = () => true } = options;

  assert(Number.isInteger(attemptsMax) && attemptsMax >= 1, "attemptsMax must be at least 1");

  for (let failures = 1; ; failures += 1) {
    try {
      return await step();
    } catch (error) {
      if (failures >= attemptsMax || !isWorthwhile(error)) throw error;
      await clock.sleep(backoffMs(failures, options), signal);
      if (signal?.aborted) throw error;
    }
  }
}

/** The wait after so many failures in a row (1 or more), in milliseconds. */
export function backoffMs(failures: number, options: Backoff = {}): number {
  const { delayMinMs = 100, delayMaxMs = 30_000, chance = Math.random } = options;

  assert(failures >= 1, "failures must be at least 1");
  assert(delayMinMs > 0 && delayMaxMs >= delayMinMs, "delayMaxMs must not be below delayMinMs");

  const whole = Math.min(delayMaxMs, delayMinMs * 2 ** Math.min(failures - 1, 50));
  return Math.round(whole * (0.5 + 0.5 * chance()));
}
