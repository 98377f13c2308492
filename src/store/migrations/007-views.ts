import type { Migration } from "../migrate.ts";

/**
 * What people want to see: when an attempt was taken and when it was done, whether it was charged,
 * the main colour of a picture, and an index from which sums over ended tasks are read alone.
 */
export const VIEWS: Migration = {
  // Programs that write none of it work on beside it.
  oldestProgram: 2,
  statements: [
    `ALTER TABLE attempt ADD COLUMN accepted_at {integer}`,
    `ALTER TABLE attempt ADD COLUMN produced_at {integer}`,
    `ALTER TABLE attempt ADD COLUMN billed TEXT CHECK (billed IN ('yes', 'no', 'unknown'))`,
    `ALTER TABLE file ADD COLUMN colour TEXT`,
    `CREATE INDEX creation_task ON creation(task_id)`,
    `CREATE INDEX task_ended ON task(project_id, finished_at, model, key_id, mode, stage,
      error_code, charged, created_at, attempt_id)
    WHERE finished_at IS NOT NULL`,
  ],
};
