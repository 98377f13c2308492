import type { StatusData } from "../wire/status.ts";
import { failure, type Result, success } from "./result.ts";
import { cutOff, pause } from "./transport.ts";

/** How to wait. */
export interface WaitOptions {
  /** Told at each look, also when nothing changed; `progress` is 0 to 100. */
  readonly onProgress?: (status: StatusData) => void;
  /** Ends the waiting, not the task. */
  readonly signal?: AbortSignal;
  /** Milliseconds; for ever when absent: a task ends by the gateway's own hard limit. */
  readonly timeoutMs?: number;
}

/** Asks for one task. */
export interface StatusReader {
  readonly status: (taskId: string, signal: AbortSignal) => Promise<Result<StatusData>>;
}

const PAUSE_MS = 2_000;

/** Asks for a task, at the pace that the gateway names, until it has ended. */
export async function waitFor(
  { status }: StatusReader,
  taskId: string,
  { onProgress, signal, timeoutMs }: WaitOptions,
): Promise<Result<StatusData>> {
  const stop = cutOff(signal, timeoutMs);
  for (;;) {
    const seen = await status(taskId, stop);
    if (!seen.ok) return failure({ ...seen.error, taskId });
    const { value: task } = seen;
    onProgress?.(task);
    if (task.status === "finished") return success(task);
    if (task.status === "failed") {
      const message = task.error_message ?? "The task failed";
      return failure({ kind: "failed", taskId, code: task.error_code, message });
    }
    if (!(await pause(task.poll_after_ms ?? PAUSE_MS, stop))) {
      return failure({ kind: "stopped", taskId });
    }
  }
}
