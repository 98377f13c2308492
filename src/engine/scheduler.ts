import { type Loop, startLoop } from "../lib/loop.ts";
import type { Claim } from "../store/store.ts";
import { runClaim } from "./attempt.ts";
import type { EngineContext } from "./context.ts";

/** The scheduler of this process. */
export interface Scheduler {
  /** Looks for due tasks now; only a hint. */
  wake(): void;
  /** Stops claiming and waits for what is under way, at most `drainMs`. */
  stop(drainMs: number): Promise<void>;
}

const BATCH_MAX = 64;
const NOT_OURS_PAUSE_MS = 50;

/** Claims due tasks and works on them, up to the limit of tasks at a time. */
export function startScheduler(context: EngineContext): Scheduler {
  const { store, clock, log, settings } = context;
  const underWay = new Set<Promise<void>>();

  const start = (claim: Claim, askedMs: number): void => {
    const run = runClaim(context, claim, askedMs)
      // The lease brings the task back by itself; nothing is known to be wrong with it.
      .catch((error: unknown) => log.error({ taskId: claim.task.id, error }, "A step failed"))
      .finally(() => {
        underWay.delete(run);
        loop.wake();
      });
    underWay.add(run);
  };

  const step = async (): Promise<number | null> => {
    const free = settings.concurrencyMax - underWay.size;
    if (free <= 0) return null;
    const limit = Math.min(free, BATCH_MAX);
    const askedMs = clock.monotonicMs();
    const claims = await store.tasks.claimDue({
      nowMs: clock.nowMs(),
      leaseMs: settings.leaseMs,
      limit,
      node: settings.node,
    });
    for (const claim of claims) start(claim, askedMs);
    if (claims.length === limit) return 0;
    const dueMs = await store.tasks.nextDueMs();
    if (dueMs === null) return null;
    // What is due and was not ours to claim belongs to another node for now.
    return Math.max(claims.length === 0 ? NOT_OURS_PAUSE_MS : 0, dueMs - clock.nowMs());
  };

  const loop: Loop = startLoop({ name: "scheduler", clock, log, everyMs: settings.pollMs, step });
  return {
    wake: () => loop.wake(),
    async stop(drainMs) {
      await loop.stop();
      await Promise.race([Promise.allSettled(underWay), clock.sleep(drainMs)]);
    },
  };
}
