import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";

const NAME = "vidgo: one thread at a time loads sharp";
const WAIT_MS = 5_000;

/** Gives the threads that are started from now on, and theirs, one lock of four bytes. */
export function openSharpGate(): void {
  if (gate() === null) setEnvironmentData(NAME, new SharedArrayBuffer(4));
}

/**
 * Lets one thread in at a time. libvips is set up once a process, by whichever thread loads it
 * first; a second that loads it in that moment finds half of its formats missing and fails for
 * good. Without a lock (a test on the main thread) there is nobody to wait for.
 */
export function enterSharpGate(): void {
  const lock = gate();
  if (lock === null) return;
  while (Atomics.compareExchange(lock, 0, 0, 1) !== 0) Atomics.wait(lock, 0, 1, WAIT_MS);
}

/** Lets the next thread in. */
export function leaveSharpGate(): void {
  const lock = gate();
  if (lock === null) return;
  Atomics.store(lock, 0, 0);
  Atomics.notify(lock, 0);
}

function gate(): Int32Array | null {
  const value: unknown = getEnvironmentData(NAME);
  return value instanceof SharedArrayBuffer ? new Int32Array(value) : null;
}
