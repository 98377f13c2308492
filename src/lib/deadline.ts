/** A signal that fires when the time is up or when the caller gives up, whichever comes first. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
  /** Whether the time was up before the caller gave up. */
  readonly expired: boolean;
}

/**
 * Starts a deadline on the monotonic clock. Dispose of it when the work is done, so that neither
 * its timer nor its hold on `parent` outlives the work.
 *
 * ```ts
 * using deadline = startDeadline(30_000, signal);
 * await exchange(deadline.signal);
 * ```
 */
export function startDeadline(timeoutMs: number, parent?: AbortSignal): Deadline {
  const controller = new AbortController();
  let expired = false;
  const expire = () => {
    expired = !controller.signal.aborted;
    controller.abort(new DOMException(`No end after ${timeoutMs} ms`, "TimeoutError"));
  };
  const giveUp = () => controller.abort(parent?.reason);
  const timer = setTimeout(expire, timeoutMs);
  if (parent?.aborted) giveUp();
  else parent?.addEventListener("abort", giveUp, { once: true });
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      parent?.removeEventListener("abort", giveUp);
    },
  };
}
