import type { Migration } from "../migrate.ts";

/**
 * What people want to see: when an attempt was taken and when it was done, whether it was charged,
 * the main colour of a picture, and an index from which sums over ended tasks are read alone. And
 * keys of providers, encrypted, that are added while the gateway runs.
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
    // Of the whole installation; the project is that of who added it.
    `CREATE TABLE provider_key (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project(id),
    provider TEXT NOT NULL,
    account TEXT NOT NULL,
    base_url TEXT NOT NULL,
    sealed TEXT NOT NULL,
    last4 TEXT NOT NULL,
    created_at {integer} NOT NULL,
    UNIQUE (provider, account)
  ) {strict}`,
  ],
};
