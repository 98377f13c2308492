// Loaded before the program (`node --import`) by a test: measures how late its main loop is and
// writes the figures where VIDGO_TEST_LAG_FILE says when the program ends.
import { writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

const WARM_UP_MS = 1_500;
const RESOLUTION_MS = 1;
const path = process.env.VIDGO_TEST_LAG_FILE;

if (isMainThread && path !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  // Loading and compiling the program is not what is measured.
  setTimeout(() => delay.enable(), WARM_UP_MS).unref();
  process.once("exit", () => {
    const inMs = (nanoseconds: number): number => nanoseconds / 1e6;
    const { count } = delay;
    const p99Ms = inMs(delay.percentile(99));
    writeFileSync(path, JSON.stringify({ count, p99Ms, maxMs: inMs(delay.max) }));
  });
}
