import { GatewayError } from "../../core/error.ts";
import { AssertionError } from "../../lib/assert.ts";
import { BUSY } from "../within.ts";

/**
 * The five characters by which PostgreSQL names an error, or `null`: then it came from the
 * connection, and what became of the statement is not known.
 */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  return typeof error.code === "string" && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
}

/**
 * Whether the whole transaction may go better when it is run again: serialisation, deadlock, a
 * unique key that another transaction took between our look and our write, or an older schema.
 */
export function isRace(error: unknown): boolean {
  return isOutdated(error) || ["40001", "40P01", "23505"].includes(sqlState(error) ?? "");
}

/** Whether a statement was prepared before the schema changed; it has done nothing then. */
export function isOutdated(error: unknown): boolean {
  return sqlState(error) === "0A000";
}

/** Whether the statement itself was refused: its values, a constraint, its text. */
export function isRefusal(error: unknown): boolean {
  return error instanceof AssertionError || /^(22|23|42)/.test(sqlState(error) ?? "");
}

/** What the caller is told. Trouble with the database passes; a refusal is a fault of ours. */
export function toGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  return isRefusal(error)
    ? new GatewayError("internal", "The server failed. Please try again later", { cause: error })
    : new GatewayError("unavailable", BUSY, { cause: error });
}
