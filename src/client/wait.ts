import type { StatusData } from "../wire/status.ts";
import { failure, type Result, success } from "./result.ts";
import { nowMs, pause } from "./transport.ts";

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
  readonly status: (taskId: string) => Promise<Result<StatusData>>;
}

const PAUSE_MS = 2_000;

/** Asks for a task, at the pace that the gateway names, until it has ended. */
export async function waitFor(
  { status }: StatusReader,
  taskId: string,
  options: WaitOptions,
): Promise<Result<StatusData>> {
  const { onProgress, signal, timeoutMs = Number.POSITIVE_INFINITY } = options;
  const untilMs = nowMs() + timeoutMs;
  for (;;) {
    const seen = await status(taskId);
    if (!seen.ok) return seen;
    const { value: task } = seen;
    onProgress?.(task);
    if (task.status === "finished") return success(task);
    if (task.status === "failed") {
      const message = task.error_message ?? "The task failed";
      return failure({ kind: "failed", taskId, code: task.error_code, message });
    }
    const restMs = untilMs - nowMs();
    const isWhole = await pause(
      Math.max(0, Math.min(task.poll_after_ms ?? PAUSE_MS, restMs)),
      signal,
    );
    if (!isWhole || nowMs() >= untilMs) return failure({ kind: "stopped", taskId });
  }
}
