import { GatewayError } from "../core/error.ts";
import { startDeadline } from "../lib/deadline.ts";

/** What a caller is told when the database does not answer in time or at all. */
export const BUSY = "The server is busy. Please try again later";

/**
 * Waits for work of the database, but not for longer than `timeoutMs`. The work itself goes on.
 * @throws {GatewayError} `unavailable` when the time is up.
 */
export async function within<Result>(timeoutMs: number, work: Promise<Result>): Promise<Result> {
  using deadline = startDeadline(timeoutMs);
  const { promise, reject } = Promise.withResolvers<never>();
  deadline.signal.addEventListener("abort", () => {
    reject(new GatewayError("unavailable", BUSY, { cause: deadline.signal.reason }));
  });
  return await Promise.race([work, promise]);
}
