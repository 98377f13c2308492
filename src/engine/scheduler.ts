import { type Loop, startLoop } from "../lib/loop.ts";
import type { Claim, TaskClaimRequest } from "../store/store.ts";
import { runClaim } from "./attempt.ts";
import type { EngineContext } from "./context.ts";
import { runInquiry } from "./inquire.ts";

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
  const runs = makeRuns(context, () => loop.wake());
  const ending = new AbortController();
  const stopping = ending.signal;

  const step = async (): Promise<number | null> => {
    const free = settings.concurrencyMax - runs.underWay.size;
    if (free <= 0) return null;
    const limit = Math.min(free, BATCH_MAX);
    const askedMs = clock.monotonicMs();
    const claims = await store.tasks.claimDue(claimOf(context, limit));
    for (const claim of claims) runs.start(claim, runClaim(context, claim, { askedMs, stopping }));
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
      ending.abort();
      await loop.stop();
      await settled(context, [...runs.underWay.keys()], drainMs);
      const last = [...runs.underWay].filter(([, claim]) => isLostWhenCut(context, claim));
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

/** Inquiries worked on at a time: they wait for upstreams, and nobody waits for them. */
const INQUIRIES_MAX = 32;

/**
 * Asks providers what became of attempts whose tasks have ended. A loop beside that of the tasks:
 * neither keeps the other waiting, and while there is nothing to ask about it costs one read.
 */
export function startInquiries(context: EngineContext): Scheduler {
  const { store, clock, log, settings } = context;
  const runs = makeRuns(context, () => loop.wake());

  const step = async (): Promise<number | null> => {
    const limit = INQUIRIES_MAX - runs.underWay.size;
    const dueMs = limit > 0 ? await store.inquiries.nextDueMs() : null;
    if (dueMs === null) return null;
    const waitMs = dueMs - clock.nowMs();
    if (waitMs > 0) return waitMs;
    const askedMs = clock.monotonicMs();
    const claims = await store.inquiries.claimDue(claimOf(context, limit));
    for (const inquiry of claims) runs.start(inquiry, runInquiry(context, inquiry, askedMs));
    return claims.length === 0 ? NOT_OURS_PAUSE_MS : 0;
  };

  const loop: Loop = startLoop({ name: "inquiries", clock, log, everyMs: settings.pollMs, step });
  return {
    wake: () => loop.wake(),
    async stop(drainMs) {
      await loop.stop();
      // What was canceled just now is told to its provider before this process is gone.
      await Promise.allSettled([step()]);
      await settled(context, [...runs.underWay.keys()], drainMs);
    },
  };
}

function claimOf({ clock, settings }: EngineContext, limit: number): TaskClaimRequest {
  return { nowMs: clock.nowMs(), leaseMs: settings.leaseMs, limit, node: settings.node };
}

/** What is worked on now, each with its claim. */
interface Runs {
  readonly underWay: ReadonlyMap<Promise<void>, Claim>;
  start(claim: Claim, work: Promise<void>): void;
}

function makeRuns({ log }: EngineContext, onEnd: () => void): Runs {
  const underWay = new Map<Promise<void>, Claim>();
  return {
    underWay,
    start(claim, work) {
      const run = work
        // The lease brings the task back by itself; nothing is known to be wrong with it.
        .catch((error: unknown) => log.error({ taskId: claim.task.id, error }, "A step failed"))
        .finally(() => {
          underWay.delete(run);
          onEnd();
        });
      underWay.set(run, claim);
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
