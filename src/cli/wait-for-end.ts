import { GatewayError } from "../core/error.ts";
import type { JsonObject } from "../lib/json.ts";
import type { CommandContext } from "./command.ts";
import type { Operator } from "./operator.ts";
import { startProgress } from "./progress.ts";

/** How the waiting for a task came to its end. */
export type Ended =
  | { readonly kind: "ended"; readonly task: JsonObject }
  | {
      readonly kind: "interrupted";
      readonly taskId: string;
      /** What becomes of the task now that nobody waits. */
      readonly task: "canceled" | "goes on";
    };

const POLL_MS = 250;

/**
 * Shows progress until the task has ended or the person gives up. Another process then goes on with
 * the task. When the gateway is in this process nobody would, so the task is canceled.
 */
export async function waitForEnd(
  context: CommandContext,
  operator: Operator,
  taskId: string,
): Promise<Ended> {
  const { clock, signal, terminal } = context;
  const progress = startProgress(terminal);
  const startedMs = clock.monotonicMs();
  while (!signal.aborted) {
    const task = await statusOf(operator, taskId);
    if (hasEnded(task)) {
      progress.end();
      return { kind: "ended", task };
    }
    progress.show({
      status: String(task.status),
      percent: typeof task.progress === "number" ? task.progress : 0,
      elapsedS: (clock.monotonicMs() - startedMs) / 1000,
    });
    await clock.sleep(pauseMs(operator, task), signal);
  }
  progress.end();
  if (operator.home !== "here") return { kind: "interrupted", taskId, task: "goes on" };
  return giveUp(context, operator, taskId);
}

function statusOf(operator: Operator, taskId: string): Promise<JsonObject> {
  return operator.ask("GET", `/api/generate/status/${taskId}`);
}

function hasEnded({ status }: JsonObject): boolean {
  return status === "finished" || status === "failed";
}

/** A gateway of one's own is asked often, another as often as it says. */
function pauseMs({ home }: Operator, { poll_after_ms }: JsonObject): number {
  return home === "remote" && typeof poll_after_ms === "number" ? poll_after_ms : POLL_MS;
}

async function giveUp(
  { terminal }: CommandContext,
  operator: Operator,
  taskId: string,
): Promise<Ended> {
  terminal.note("Canceling\n");
  const isCanceled = await operator.ask("POST", `/api/generate/cancel/${taskId}`).then(
    () => true,
    (thrown: unknown) => {
      if (thrown instanceof GatewayError && thrown.code === "conflict") return false;
      throw thrown;
    },
  );
  if (isCanceled) return { kind: "interrupted", taskId, task: "canceled" };
  // It ended just before, and is paid.
  return { kind: "ended", task: await statusOf(operator, taskId) };
}
