import type { Migration } from "../migrate.ts";

/**
 * What became of an attempt after its task ended without its provider's word, and what it cost. An
 * inquiry is a row for as long as its provider is asked; the answer stands on the attempt. What
 * providers charge is a book of its own, beside the ledger of credits.
 */
export const INQUIRIES: Migration = {
  // Programs that ask no further end the attempt with its task, as they did.
  oldestProgram: 5,
  statements: [
    `ALTER TABLE attempt ADD COLUMN cost_amount TEXT`,
    `ALTER TABLE attempt ADD COLUMN cost_unit TEXT CHECK (cost_unit IN ('usd', 'credits'))`,
    `CREATE TABLE inquiry (
    task_id TEXT PRIMARY KEY REFERENCES task(id),
    attempt_id TEXT NOT NULL UNIQUE REFERENCES attempt(id),
    home TEXT,
    -- What the provider said when it was told to stop.
    told TEXT CHECK (told IN ('canceled', 'too-late', 'unsupported')),
    until_at {integer} NOT NULL,
    due_at {integer} NOT NULL,
    leased {integer} NOT NULL,
    woken {integer} NOT NULL DEFAULT 0,
    fence {integer} NOT NULL
  ) {strict}`,
    `CREATE INDEX inquiry_due ON inquiry(due_at)`,
  ],
};
