import type { Migration } from "../migrate.ts";

/**
 * People, their sessions and their places in projects; what a key may spend, and how much it is
 * used. The four tables that begin with `person` are laid out as the sign-in library wants them,
 * under our names; a test compares the two.
 */
export const PEOPLE: Migration = {
  // A program that does not know the caps of a key would let it spend beyond them.
  oldestProgram: 5,
  statements: [
    `CREATE TABLE person (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    email_verified {integer} NOT NULL DEFAULT 0,
    image TEXT,
    created_at {integer} NOT NULL,
    updated_at {integer} NOT NULL
  ) {strict}`,
    `CREATE TABLE person_session (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    -- The SHA-256 of what the cookie holds.
    token TEXT NOT NULL UNIQUE,
    ip_address TEXT,
    user_agent TEXT,
    expires_at {integer} NOT NULL,
    created_at {integer} NOT NULL,
    updated_at {integer} NOT NULL
  ) {strict}`,
    `CREATE INDEX person_session_person ON person_session(person_id)`,
    `CREATE INDEX person_session_end ON person_session(expires_at)`,
    `CREATE TABLE person_login (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    account_id TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    access_token TEXT,
    refresh_token TEXT,
    id_token TEXT,
    access_token_expires_at {integer},
    refresh_token_expires_at {integer},
    scope TEXT,
    password TEXT,
    created_at {integer} NOT NULL,
    updated_at {integer} NOT NULL,
    UNIQUE (provider_id, account_id)
  ) {strict}`,
    `CREATE INDEX person_login_person ON person_login(person_id)`,
    `CREATE TABLE person_proof (
    id TEXT PRIMARY KEY,
    identifier TEXT NOT NULL,
    value TEXT NOT NULL,
    expires_at {integer} NOT NULL,
    created_at {integer} NOT NULL,
    updated_at {integer} NOT NULL
  ) {strict}`,
    `CREATE INDEX person_proof_identifier ON person_proof(identifier)`,
    `CREATE TABLE member (
    project_id TEXT NOT NULL REFERENCES project(id),
    person_id TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('owner', 'member', 'viewer')),
    created_at {integer} NOT NULL,
    PRIMARY KEY (project_id, person_id)
  ) {strict}`,
    `CREATE INDEX member_person ON member(person_id)`,
    `CREATE TABLE invitation (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project(id),
    kind TEXT NOT NULL CHECK (kind IN ('setup', 'invite')),
    role TEXT NOT NULL CHECK (role IN ('owner', 'member', 'viewer')),
    digest TEXT NOT NULL UNIQUE,
    note TEXT NOT NULL,
    made_by TEXT NOT NULL,
    created_at {integer} NOT NULL,
    expires_at {integer} NOT NULL,
    used_at {integer},
    used_by TEXT,
    revoked_at {integer},
    CHECK ((used_at IS NULL) = (used_by IS NULL))
  ) {strict}`,
    `CREATE INDEX invitation_project ON invitation(project_id, created_at, id)`,
    `ALTER TABLE api_key ADD COLUMN made_by TEXT`,
    `ALTER TABLE api_key ADD COLUMN replaced_by TEXT`,
    `ALTER TABLE api_key ADD COLUMN requests_per_minute {integer}`,
    `ALTER TABLE api_key ADD COLUMN spend_day_max {integer}`,
    `ALTER TABLE api_key ADD COLUMN spend_max {integer}`,
    // Counted for keys that have a cap, and only for them.
    `ALTER TABLE api_key ADD COLUMN spent_day {integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE api_key ADD COLUMN spent_today {integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE api_key ADD COLUMN spent {integer} NOT NULL DEFAULT 0`,
    `CREATE TABLE key_use (
    project_id TEXT NOT NULL REFERENCES project(id),
    key_id TEXT NOT NULL REFERENCES api_key(id),
    -- Hours since 1970.
    hour {integer} NOT NULL,
    uses {integer} NOT NULL,
    PRIMARY KEY (project_id, key_id, hour)
  ) {strict}`,
    `CREATE INDEX key_use_hour ON key_use(hour)`,
  ],
};
