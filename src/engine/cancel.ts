import { makeId } from "../core/id.ts";
import { isTerminal, type Task } from "../core/task.ts";
import { CANCELED } from "../core/transition.ts";
import { callbackBody } from "../wire/callback.ts";
import type { EngineContext } from "./context.ts";

/** What `cancelTask` needs of the engine. */
export type CancelContext = Pick<
  EngineContext,
  "store" | "clock" | "random" | "fileUrl" | "settings"
>;

/**
 * Ends a task because its owner wants so: at once and for good, with its hold released and its
 * event written. Its provider is told to stop afterwards, and asked what became of the attempt. A
 * task that has ended stays as it is. Gives it as it stands now; `null` when the project has none.
 */
export async function cancelTask(
  context: CancelContext,
  projectId: string,
  taskId: string,
): Promise<Task | null> {
  const { store, clock, random, settings } = context;
  const known = await store.tasks.find(projectId, taskId);
  if (known === null || isTerminal(known.task.stage)) return known?.task ?? null;
  const { createdAtMs } = known.task;
  const nowMs = clock.nowMs();
  const end = { status: "failed", errorMessage: CANCELED } as const;
  const body = callbackBody({ taskId, createdAtMs, ...end }, context.fileUrl);
  await store.tasks.cancel({
    ...{ projectId, taskId, nowMs, errorMessage: CANCELED },
    expiresAtMs: nowMs + settings.fileLifeMs,
    inquiryUntilMs: nowMs + settings.hardLimitMs,
    ledger: { settleId: makeId("ledger", random), releaseId: makeId("ledger", random) },
    event: {
      id: makeId("event", random),
      deliveryId: makeId("delivery", random),
      body: JSON.stringify(body),
    },
  });
  return (await store.tasks.find(projectId, taskId))?.task ?? null;
}
