import { setTimeout as sleep } from "node:timers/promises";

/** Where the program learns the time; handed in, so that tests can drive it. */
export interface Clock {
  /** Wall time in milliseconds since 1970. For rows and people, not for measuring. */
  nowMs(): number;
  /** Monotonic milliseconds; only differences mean anything. */
  monotonicMs(): number;
  /** Resolves after `delayMs`, or at once when the signal is aborted. Never rejects. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  async sleep(delayMs, signal) {
    const options = signal === undefined ? {} : { signal };
    await sleep(delayMs, undefined, options).catch(() => undefined);
  },
};
