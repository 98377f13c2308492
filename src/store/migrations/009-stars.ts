import type { Migration } from "../migrate.ts";

/**
 * What people mark to find it again, and the headers that a try of a callback bore: who looks for
 * why a receiver refused it wants to see what was sent.
 */
export const STARS: Migration = {
  // Programs that write none of it work on beside it.
  oldestProgram: 2,
  statements: [
    `ALTER TABLE task ADD COLUMN starred_at {integer}`,
    `CREATE INDEX task_starred ON task(project_id, created_at, id) WHERE starred_at IS NOT NULL`,
    // JSON; null for tries of programs that did not keep them.
    `ALTER TABLE delivery_try ADD COLUMN headers TEXT`,
  ],
};
