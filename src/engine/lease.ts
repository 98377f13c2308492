import type { Claim } from "../store/store.ts";
import type { EngineContext } from "./context.ts";

/**
 * Does work under a claim and keeps its lease for as long as it takes. The signal fires when the
 * lease is lost: whatever the work does then must not count.
 */
export async function underLease<Result>(
  context: EngineContext,
  claim: Claim,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const lost = new AbortController();
  const done = new AbortController();
  const beating = beat(context, claim, { lost, done: done.signal });
  try {
    return await work(lost.signal);
  } finally {
    done.abort();
    await beating;
  }
}

async function beat(
  { clock, store, settings }: EngineContext,
  { task, fence }: Claim,
  control: { readonly lost: AbortController; readonly done: AbortSignal },
): Promise<void> {
  const { leaseMs } = settings;
  while (!control.done.aborted) {
    await clock.sleep(leaseMs / 3, control.done);
    if (control.done.aborted) return;
    const lease = { taskId: task.id, fence, nowMs: clock.nowMs(), leaseMs };
    if (await store.tasks.extendLease(lease)) continue;
    control.lost.abort();
    return;
  }
}
