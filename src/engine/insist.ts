import { GatewayError } from "../core/error.ts";
import { retry } from "../lib/retry.ts";
import type { EngineContext } from "./context.ts";
import type { HeldLease } from "./lease.ts";

/**
 * Writes what was copied as soon as the database is back: while our lease lasts, and for no longer
 * than a lease from now. The fence tells whether a try is still ours to write. When the gateway is
 * stopping, one last try follows at once.
 * @throws The last error, when no try succeeded.
 */
export function insist<Result>(
  { clock, settings }: EngineContext,
  lease: HeldLease,
  write: () => Promise<Result>,
): Promise<Result> {
  const untilMs = clock.monotonicMs() + settings.leaseMs;
  const isInTime = (): boolean =>
    lease.isTrusted() && !lease.stopping.aborted && clock.monotonicMs() < untilMs;
  // Joined only when there is something to wait for: nearly every write succeeds.
  const sleep = (delayMs: number): Promise<void> =>
    clock.sleep(delayMs, AbortSignal.any([lease.signal, lease.stopping]));
  return retry(write, {
    ...{ clock: { ...clock, sleep }, attemptsMax: INSIST_TRIES_MAX, delayMaxMs: 500 },
    signal: lease.signal,
    isWorthwhile: (error) => isAway(error) && isInTime(),
  });
}

/**
 * The same for what nobody can ask for again: until another worker has taken the task, its fence
 * lets us, even if the lease is over.
 */
export function insistForGood<Result>(
  { clock }: EngineContext,
  write: () => Promise<Result>,
): Promise<Result> {
  return retry(write, {
    ...{ clock, attemptsMax: INSIST_TRIES_MAX, delayMaxMs: 500 },
    isWorthwhile: isAway,
  });
}

const INSIST_TRIES_MAX = 1_000;

/** Whether the database could not be written just then, and may be soon. */
function isAway(error: unknown): boolean {
  return error instanceof GatewayError && error.code === "unavailable";
}
