import { GatewayError } from "../core/error.ts";

/**
 * Tells whether a text could be a task id at all. What could not never reaches the database: some
 * texts (NUL) would make it fail instead of finding nothing.
 */
export function isTaskId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/.test(text);
}

/** The one answer for tasks that do not exist and for those of others. */
export function taskNotFound(): GatewayError {
  return new GatewayError("not_found", "Task not found");
}
