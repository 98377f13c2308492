import type { Clock } from "./clock.ts";
import type { Logger } from "./log.ts";
import { backoffMs } from "./retry.ts";

/** What a loop does and how often. */
export interface LoopOptions {
  /** Stands in log lines. */
  readonly name: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** The longest pause between two steps, milliseconds. */
  readonly everyMs: number;
  /**
   * One bounded piece of work. Gives the pause in milliseconds until the next (0: more is waiting),
   * or `null` for the longest. Its signal fires when the loop stops.
   */
  readonly step: (signal: AbortSignal) => Promise<number | null>;
}

/** A running loop. */
export interface Loop {
  /** Ends the present pause; a wake during a step makes another step follow at once. */
  wake(): void;
  /** Lets the present step end and resolves when it has. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Runs a step again and again until it is stopped. A step that throws is logged and followed by
 * pauses that double up to 30 s; nothing but `stop` ends the loop.
 */
export function startLoop(options: LoopOptions): Loop {
  const { clock, everyMs } = options;
  const stopping = new AbortController();
  let pause = new AbortController();
  let woken = false;
  let failures = 0;

  const run = async () => {
    while (!stopping.signal.aborted) {
      woken = false;
      const askedMs = await step();
      if (stopping.signal.aborted) return;
      // After a failure a wake must not hurry: the cause is seldom gone a moment later.
      if (failures > 0) await clock.sleep(backoffMs(failures), stopping.signal);
      else if (!woken) await rest(Math.min(Math.max(askedMs ?? everyMs, 0), everyMs));
    }
  };
  const step = async () => {
    try {
      const askedMs = await options.step(stopping.signal);
      failures = 0;
      return askedMs;
    } catch (error) {
      failures += 1;
      options.log.error({ name: options.name, count: failures, error }, "A step of a loop failed");
      return null;
    }
  };
  const rest = async (delayMs: number) => {
    pause = new AbortController();
    await clock.sleep(delayMs, pause.signal);
  };

  const ended = run();
  return {
    wake() {
      woken = true;
      pause.abort();
    },
    async stop() {
      stopping.abort();
      pause.abort();
      await ended;
    },
  };
}
