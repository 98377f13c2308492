import type { Migration } from "../migrate.ts";

/**
 * What the doors need: counters on the project's row, so that limits and the order of events are
 * decided by the lock that a transaction takes anyway; scopes of keys; endpoints; the audit log.
 */
export const DOORS: Migration = {
  // A program that does not know the counters would leave them behind.
  oldestProgram: 2,
  statements: [
    `ALTER TABLE project ADD COLUMN open_tasks {integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE project ADD COLUMN spent {integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE project ADD COLUMN spent_day {integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE project ADD COLUMN events {integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE project ADD COLUMN webhook_turn {integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE project ADD COLUMN webhook_turned_at {integer}`,
    `ALTER TABLE project ADD COLUMN webhook_body TEXT NOT NULL DEFAULT 'flat'
    CHECK (webhook_body IN ('flat', 'wrapped'))`,
    `ALTER TABLE project ADD COLUMN webhook_retry_4xx {integer} NOT NULL DEFAULT 0`,
    `UPDATE project SET
      open_tasks = (SELECT count(*) FROM task
        WHERE task.project_id = project.id AND task.due_at IS NOT NULL),
      events = (SELECT count(*) FROM event WHERE event.project_id = project.id)`,
    `ALTER TABLE api_key ADD COLUMN scopes TEXT NOT NULL
    DEFAULT 'submit read cancel files webhooks'`,
    `UPDATE api_key SET scopes = 'submit read cancel files webhooks admin' WHERE bootstrap = 1`,
    `ALTER TABLE api_key ADD COLUMN networks TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE api_key ADD COLUMN expires_at {integer}`,
    `ALTER TABLE event ADD COLUMN position {integer} NOT NULL DEFAULT 0`,
    `UPDATE event SET position = numbered.place FROM (
      SELECT id, row_number() OVER (PARTITION BY project_id ORDER BY created_at, id) AS place
        FROM event) AS numbered
    WHERE numbered.id = event.id`,
    `CREATE UNIQUE INDEX event_position ON event(project_id, position)`,
    `ALTER TABLE delivery ADD COLUMN host TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE delivery ADD COLUMN wrapped {integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE delivery ADD COLUMN round_from {integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE delivery ADD COLUMN reason TEXT`,
    `CREATE INDEX delivery_project ON delivery(project_id, created_at, id)`,
    `CREATE INDEX delivery_endpoint ON delivery(project_id, host) WHERE due_at IS NOT NULL`,
    `CREATE TABLE endpoint (
    project_id TEXT NOT NULL REFERENCES project(id),
    host TEXT NOT NULL,
    failing_since {integer},
    disabled_at {integer},
    reason TEXT CHECK (reason IN ('failing', 'gone')),
    PRIMARY KEY (project_id, host),
    CHECK ((disabled_at IS NULL) = (reason IS NULL))
  ) {strict}`,
    `CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project(id),
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at {integer} NOT NULL
  ) {strict}`,
    `CREATE INDEX audit_project ON audit(project_id, created_at, id)`,
    {
      sqlite: `CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`,
      postgres: `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$`,
    },
    {
      sqlite: `CREATE TRIGGER audit_remains BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`,
      postgres: `CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
    },
  ],
};
