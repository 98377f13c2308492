import { type Loop, startLoop } from "../lib/loop.ts";
import type { Claim } from "../store/store.ts";
import { runClaim } from "./attempt.ts";
import type { EngineContext } from "./context.ts";

/** The scheduler of this process. */
export interface Scheduler {
  /** Looks for due tasks now; only a hint. */
  wake(): void;
  /**
   * Stops claiming and waits for what is under way, at most `drainMs`; for calls whose result
   * nobody could ever ask for again, at most ten minutes.
   */
  stop(drainMs: number): Promise<void>;
}

const BATCH_MAX = 256;
const NOT_OURS_PAUSE_MS = 50;
/** As long as the longest call of a provider that answers at once. */
const LAST_CALLS_MS = 600_000;

/** Claims due tasks and works on them, up to the limit of tasks at a time. */
export function startScheduler(context: EngineContext): Scheduler {
  const { store, clock, log, settings } = context;
  const underWay = new Map<Promise<void>, Claim>();

  const start = (claim: Claim, askedMs: number): void => {
    const run = runClaim(context, claim, askedMs)
      // The lease brings the task back by itself; nothing is known to be wrong with it.
      .catch((error: unknown) => log.error({ taskId: claim.task.id, error }, "A step failed"))
      .finally(() => {
        underWay.delete(run);
        loop.wake();
      });
    underWay.set(run, claim);
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
      await settled(context, [...underWay.keys()], drainMs);
      const last = [...underWay].filter(([, claim]) => isLostWhenCut(context, claim));
      if (last.length === 0) return;
      log.warn({ count: last.length }, "Waiting for paid calls that could not be resumed");
      await settled(
        context,
        last.map(([run]) => run),
        LAST_CALLS_MS,
      );
    },
  };
}

async function settled(
  { clock }: EngineContext,
  runs: readonly Promise<void>[],
  timeoutMs: number,
): Promise<void> {
  const done = new AbortController();
  const all = Promise.allSettled(runs).then(() => done.abort());
  await Promise.race([all, clock.sleep(timeoutMs, done.signal)]);
}

/** Whether the claim may be inside a call that pays for its own answer and for nothing else. */
function isLostWhenCut({ registry }: EngineContext, { task }: Claim): boolean {
  const traits = registry.provider(task.routes[task.routeIndex]?.provider ?? "")?.traits;
  if (task.stage !== "queued" || traits === undefined) return false;
  return traits.resubmit === "blind" && traits.completion.includes("immediate");
}
