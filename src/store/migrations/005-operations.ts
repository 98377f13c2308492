import type { Migration } from "../migrate.ts";

/**
 * An operation of a provider's account belongs to one attempt for ever. An upstream that gives one
 * id to two submits is found out by the index, before a task is shown another's result; the attempt
 * that was told it first is contested then.
 */
export const OPERATIONS: Migration = {
  // Programs that do not know the key leave it empty, and are not held to it.
  oldestProgram: 2,
  statements: [
    `ALTER TABLE attempt ADD COLUMN operation_key TEXT`,
    `ALTER TABLE attempt ADD COLUMN contested {integer} NOT NULL DEFAULT 0`,
    `CREATE UNIQUE INDEX attempt_operation ON attempt(operation_key)
    WHERE operation_key IS NOT NULL`,
  ],
};
