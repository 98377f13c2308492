import type { Migration } from "../migrate.ts";

/**
 * The first schema. Times are integer milliseconds since 1970, amounts integer millicredits, both
 * below 2^53. `{strict}`, `{integer}`, `{real}` and TEXT are spelled by each dialect.
 *
 * Wrong states cannot be stored: a finished task has a charge and an end, an attempt in
 * `submitting` is the only one of its task, a task has one event.
 */
export const FIRST: Migration = {
  oldestProgram: 1,
  statements: [
    `CREATE TABLE project (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    balance {integer} NOT NULL,
    created_at {integer} NOT NULL
  ) {strict}`,
    `CREATE TABLE api_key (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project(id),
    name TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('live', 'test')),
    digest TEXT NOT NULL UNIQUE,
    prefix TEXT NOT NULL,
    last4 TEXT NOT NULL,
    bootstrap {integer} NOT NULL DEFAULT 0,
    created_at {integer} NOT NULL,
    last_used_at {integer},
    revoked_at {integer}
  ) {strict}`,
    `CREATE INDEX api_key_project ON api_key(project_id, created_at)`,
    `CREATE TABLE task (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project(id),
    key_id TEXT,
    mode TEXT NOT NULL CHECK (mode IN ('live', 'test')),
    model TEXT NOT NULL,
    input TEXT NOT NULL,
    callback_url TEXT,
    loopback {integer} NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN
      ('queued', 'submitting', 'unknown', 'polling', 'collecting', 'finished', 'failed')),
    progress {integer} NOT NULL CHECK (progress BETWEEN 0 AND 100),
    routes TEXT NOT NULL,
    route_index {integer} NOT NULL,
    attempts {integer} NOT NULL,
    attempt_id TEXT,
    -- The node inside which the open attempt runs, when no other can ask about it.
    home TEXT,
    hold {integer} NOT NULL CHECK (hold >= 0),
    charged {integer} CHECK (charged BETWEEN 0 AND hold),
    outputs TEXT NOT NULL,
    error_code TEXT,
    error_message TEXT,
    cancel_at {integer},
    created_at {integer} NOT NULL,
    started_at {integer},
    soft_limit_at {integer} NOT NULL,
    hard_limit_at {integer} NOT NULL,
    finished_at {integer},
    expires_at {integer},
    wiped_at {integer},
    due_at {integer},
    leased {integer} NOT NULL DEFAULT 0,
    woken {integer} NOT NULL DEFAULT 0,
    fence {integer} NOT NULL DEFAULT 0,
    CHECK ((stage IN ('finished', 'failed')) = (due_at IS NULL)),
    CHECK ((stage IN ('finished', 'failed')) = (finished_at IS NOT NULL)),
    CHECK ((stage IN ('finished', 'failed')) = (charged IS NOT NULL)),
    CHECK ((stage = 'failed') = (error_message IS NOT NULL)),
    CHECK ((stage = 'finished') = (progress = 100))
  ) {strict}`,
    `CREATE INDEX task_due ON task(due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX task_project ON task(project_id, created_at, id)`,
    `CREATE INDEX task_attempt ON task(attempt_id)
    WHERE due_at IS NOT NULL AND attempt_id IS NOT NULL`,
    `CREATE TABLE attempt (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    task_id TEXT NOT NULL REFERENCES task(id),
    number {integer} NOT NULL,
    provider TEXT NOT NULL,
    account TEXT NOT NULL,
    upstream_model TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('submitting', 'unknown', 'running', 'produced', 'rejected',
      'succeeded', 'failed', 'lost', 'unresolved', 'canceled')),
    prepared TEXT NOT NULL,
    operation TEXT NOT NULL,
    production TEXT NOT NULL,
    troubles {integer} NOT NULL,
    error_code TEXT,
    error_message TEXT,
    intent_at {integer} NOT NULL,
    ended_at {integer},
    UNIQUE (task_id, number)
  ) {strict}`,
    `CREATE UNIQUE INDEX attempt_open ON attempt(task_id) WHERE ended_at IS NULL`,
    `CREATE TABLE file (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project(id),
    task_id TEXT REFERENCES task(id),
    position {integer} NOT NULL,
    storage_key TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL,
    extension TEXT NOT NULL,
    size_bytes {integer} NOT NULL CHECK (size_bytes > 0),
    sha256 TEXT NOT NULL,
    width {integer},
    height {integer},
    duration_s {real},
    created_at {integer} NOT NULL,
    expires_at {integer} NOT NULL,
    deleted_at {integer},
    UNIQUE (task_id, position)
  ) {strict}`,
    `CREATE INDEX file_expiry ON file(expires_at) WHERE deleted_at IS NULL`,
    `CREATE TABLE creation (
    project_id TEXT NOT NULL REFERENCES project(id),
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('audio', 'persona')),
    task_id TEXT NOT NULL REFERENCES task(id),
    provider TEXT NOT NULL,
    account TEXT NOT NULL,
    position {integer},
    ref TEXT NOT NULL,
    created_at {integer} NOT NULL,
    PRIMARY KEY (project_id, id)
  ) {strict}`,
    `CREATE TABLE event (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project(id),
    task_id TEXT NOT NULL UNIQUE REFERENCES task(id),
    body TEXT NOT NULL,
    created_at {integer} NOT NULL
  ) {strict}`,
    `CREATE TABLE delivery (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project(id),
    event_id TEXT NOT NULL REFERENCES event(id),
    task_id TEXT NOT NULL REFERENCES task(id),
    url TEXT NOT NULL,
    loopback {integer} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'refused', 'exhausted')),
    tries {integer} NOT NULL,
    due_at {integer},
    fence {integer} NOT NULL DEFAULT 0,
    created_at {integer} NOT NULL,
    CHECK ((state = 'waiting') = (due_at IS NOT NULL))
  ) {strict}`,
    `CREATE INDEX delivery_due ON delivery(due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX delivery_task ON delivery(task_id)`,
    `CREATE TABLE delivery_try (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    delivery_id TEXT NOT NULL REFERENCES delivery(id),
    number {integer} NOT NULL,
    started_at {integer} NOT NULL,
    duration_ms {integer} NOT NULL,
    status {integer},
    error_class TEXT,
    excerpt TEXT NOT NULL,
    UNIQUE (delivery_id, number)
  ) {strict}`,
    // Entries of a task are unique by task and kind, whose index grows at its end. An index
    // on the random ids would touch a page of its own for each entry.
    `CREATE TABLE ledger (
    id TEXT NOT NULL,
    project_id TEXT NOT NULL REFERENCES project(id),
    task_id TEXT REFERENCES task(id),
    kind TEXT NOT NULL CHECK (kind IN ('grant', 'hold', 'settle', 'release')),
    amount {integer} NOT NULL CHECK (amount > 0),
    note TEXT NOT NULL,
    created_at {integer} NOT NULL
  ) {strict}`,
    `CREATE UNIQUE INDEX ledger_once ON ledger(task_id, kind) WHERE task_id IS NOT NULL`,
    `CREATE UNIQUE INDEX ledger_grant ON ledger(id) WHERE task_id IS NULL`,
    `CREATE INDEX ledger_project ON ledger(project_id, created_at)`,
    `CREATE TABLE idempotency (
    project_id TEXT NOT NULL REFERENCES project(id),
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    task_id TEXT NOT NULL REFERENCES task(id),
    created_at {integer} NOT NULL,
    PRIMARY KEY (project_id, key)
  ) {strict}`,
    `CREATE TABLE one_shot (
    project_id TEXT NOT NULL REFERENCES project(id),
    operation TEXT NOT NULL,
    source_id TEXT NOT NULL,
    task_id TEXT NOT NULL,
    PRIMARY KEY (project_id, operation, source_id)
  ) {strict}`,
    `CREATE INDEX one_shot_task ON one_shot(task_id)`,
  ],
};
