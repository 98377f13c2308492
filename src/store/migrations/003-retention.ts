import type { Migration } from "../migrate.ts";

/** What the pruner looks up by age, so that it never walks through a table. */
export const RETENTION: Migration = {
  // Programs that do not prune work on beside it.
  oldestProgram: 2,
  statements: [
    `CREATE INDEX idempotency_age ON idempotency(created_at)`,
    `CREATE INDEX task_unwiped ON task(finished_at)
    WHERE finished_at IS NOT NULL AND wiped_at IS NULL`,
  ],
};
