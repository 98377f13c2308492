// Loaded before the program (`node --import`) by tests that run it as a process: when the test is
// gone, however it went, its gateway goes too.
import { isMainThread } from "node:worker_threads";

const LOOK_MS = 1_000;
const parent = process.ppid;

if (isMainThread) {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
  }, LOOK_MS).unref();
}
