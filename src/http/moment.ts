import { GatewayError } from "../core/error.ts";

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,3})?)?Z?$/;

/**
 * Reads a moment as our answers write it, or a day, which is its first moment: UTC.
 * @throws {GatewayError} `invalid_request`, naming the member; also for a day that no calendar has.
 */
export function readMoment(name: string, value: unknown): number {
  if (typeof value === "string" && MOMENT.test(value)) {
    const bare = value.replace(/Z$/, "");
    const time = new Date(bare.includes("T") ? `${bare}Z` : bare);
    const day = Number.isNaN(time.getTime()) ? null : time.toISOString().slice(0, 10);
    // JavaScript takes 31 February for 3 March.
    if (day !== null && bare.startsWith(day)) return time.getTime();
  }
  throw new GatewayError(
    "invalid_request",
    `${name} must be a time such as 2026-01-31T12:00:00Z or a day such as 2026-01-31`,
  );
}
