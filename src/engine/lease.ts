import type { Claim } from "../store/store.ts";
import type { EngineContext } from "./context.ts";

/** A claim while it is being worked on. */
export interface HeldLease {
  /** Fires when the lease is lost: whatever is done then must not count. */
  readonly signal: AbortSignal;
  /** Fires when the gateway is stopping: what is under way may end, and nothing is waited for. */
  readonly stopping: AbortSignal;
  /**
   * Whether the claim is certainly still ours, by the monotonic clock of this process alone. A
   * process that was frozen learns here, before it sends anything that costs money, that another
   * may have taken over.
   */
  isTrusted(): boolean;
}

/** A claim, and how long it may be kept. */
export interface Tenure {
  readonly claim: Claim;
  /** Monotonic time at which the claim was asked for. */
  readonly askedMs: number;
  /** By the wall clock, when the claim is wanted back: no call keeps a task from being closed. */
  readonly untilMs: number;
  /** See {@link HeldLease}; never, when absent. */
  readonly stopping?: AbortSignal;
}

/** So long after that, an answer may still come: within it most calls have theirs. */
const LATE_MS = 60_000;

/** Does work under a claim and keeps its lease for as long as it takes and may. */
export async function underLease<Result>(
  context: EngineContext,
  { claim, askedMs, untilMs, stopping = new AbortController().signal }: Tenure,
  work: (lease: HeldLease) => Promise<Result>,
): Promise<Result> {
  const lost = new AbortController();
  const done = new AbortController();
  const { clock } = context;
  const trust = { untilMs: trustFrom(context, askedMs) };
  const beating = beat(context, claim, { lost, done: done.signal, trust, untilMs });
  try {
    return await work({
      signal: lost.signal,
      stopping,
      isTrusted: () => !lost.signal.aborted && clock.monotonicMs() < trust.untilMs,
    });
  } finally {
    done.abort();
    await beating;
  }
}

interface Control {
  readonly lost: AbortController;
  readonly done: AbortSignal;
  readonly trust: { untilMs: number };
  readonly untilMs: number;
}

/** A sixth of the lease is left as a margin between our clock and the database's. */
function trustFrom({ settings }: EngineContext, askedMs: number): number {
  return askedMs + settings.leaseMs - settings.leaseMs / 6;
}

async function beat(context: EngineContext, claim: Claim, control: Control): Promise<void> {
  const { clock, store, settings } = context;
  const { leaseMs } = settings;
  while (!control.done.aborted) {
    await clock.sleep(leaseMs / 3, control.done);
    if (control.done.aborted) return;
    if (clock.nowMs() >= control.untilMs + LATE_MS) return control.lost.abort();
    const askedMs = clock.monotonicMs();
    const { task, fence } = claim;
    const lease = { taskId: task.id, fence, nowMs: clock.nowMs(), leaseMs };
    // A database that cannot be reached says nothing about the lease: it is asked again, until our
    // own clock says that another node may have taken over.
    const held = await store.tasks.extendLease(lease).then(
      (isHeld) => isHeld,
      () => null,
    );
    if (held === true) control.trust.untilMs = trustFrom(context, askedMs);
    else if (held === false || clock.monotonicMs() >= control.trust.untilMs) {
      control.lost.abort();
      return;
    }
  }
}
