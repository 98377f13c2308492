import { statfs } from "node:fs/promises";
import type { Clock } from "./clock.ts";

/** Lets work go on by itself; what it throws is reported and nothing more. */
export function inBackground(work: Promise<unknown>, report: (error: unknown) => void): void {
  work.then(undefined, report);
}

/** How long a question may take. */
export interface ProbeOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** Asks a question of health: gives `null` when it was answered in time, else what went wrong. */
export async function probe(
  question: () => Promise<unknown>,
  options: ProbeOptions,
): Promise<{ readonly error: unknown } | null> {
  const giveUp = new AbortController();
  const late = options.clock
    .sleep(options.timeoutMs, giveUp.signal)
    .then(() => ({ error: new Error(`No answer after ${options.timeoutMs} ms`) }));
  try {
    return await Promise.race([question().then(() => null), late]);
  } catch (error) {
    return { error };
  } finally {
    giveUp.abort();
  }
}

/** Bytes that may still be written to the file system of `path`, or `null` when it is gone. */
export async function freeBytes(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    return null;
  }
}
