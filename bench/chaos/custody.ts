import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { CustodyEntry } from "../../test/support/checker.ts";

/** What a PostgreSQL database notes by itself about who holds which task, and who writes to it. */
export interface Custody {
  /** The URL under which a node's writes are known by its name. */
  urlFor(node: string): string;
  /** Begins to note; the tables must be there. */
  begin(): Promise<void>;
  /** The claims that a node holds now. */
  heldBy(node: string): Promise<readonly Held[]>;
  /** Resolves when another claim of one of them is being worked on, or after `timeoutMs`. */
  takenOver(held: readonly Held[], timeoutMs: number): Promise<void>;
  entries(): Promise<readonly CustodyEntry[]>;
  close(): Promise<void>;
}

/** A claim by its number. */
export interface Held {
  readonly taskId: string;
  readonly fence: number;
}

const LOOK_EVERY_MS = 5;

/** Opens the notes beside the product's own tables; the database itself takes them. */
export function openCustody(databaseUrl: string): Custody {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const rows = async (sql: string, ...values: unknown[]): Promise<readonly Row[]> =>
    (await pool.query<Row>(sql, values)).rows;
  return {
    urlFor(node) {
      const url = new URL(databaseUrl);
      url.searchParams.set("application_name", node);
      return url.href;
    },
    async begin() {
      await pool.query(NOTES);
    },
    async heldBy(node) {
      const held = await rows(HELD, node);
      return held.map((row) => ({ taskId: String(row.task_id), fence: Number(row.fence) }));
    },
    async takenOver(held, timeoutMs) {
      const endMs = performance.now() + timeoutMs;
      while (performance.now() < endMs) {
        if ((await rows(TAKEN_OVER, JSON.stringify(held))).length > 0) return;
        await sleep(LOOK_EVERY_MS);
      }
    },
    async entries() {
      return (await rows(`SELECT * FROM chaos.custody ORDER BY number`)).map((row) => ({
        taskId: String(row.task_id),
        fence: Number(row.fence),
        node: String(row.node),
        kind: row.kind === "claim" ? "claim" : "write",
      }));
    },
    close: () => pool.end(),
  };
}

type Row = Readonly<Record<string, unknown>>;

// A claim raises the fence and takes the lease; a worker's write ends the lease or changes the
// stage. Wishes to cancel and hints to look do neither under a fence that stays.
const NOTES = `
  DROP SCHEMA IF EXISTS chaos CASCADE;
  CREATE SCHEMA chaos;
  CREATE TABLE chaos.custody (
    number BIGSERIAL PRIMARY KEY, task_id TEXT NOT NULL, fence BIGINT NOT NULL, node TEXT NOT NULL,
    kind TEXT NOT NULL
  );
  CREATE INDEX ON chaos.custody (task_id, fence);
  CREATE FUNCTION chaos.note() RETURNS trigger LANGUAGE plpgsql AS $note$
  BEGIN
    IF NEW.fence > OLD.fence AND NEW.leased = 1 THEN
      INSERT INTO chaos.custody (task_id, fence, node, kind)
        VALUES (NEW.id, NEW.fence, current_setting('application_name'), 'claim');
    ELSIF NEW.fence = OLD.fence AND (NEW.leased < OLD.leased OR NEW.stage <> OLD.stage) THEN
      INSERT INTO chaos.custody (task_id, fence, node, kind)
        VALUES (NEW.id, NEW.fence, current_setting('application_name'), 'write');
    END IF;
    RETURN NULL;
  END $note$;
  CREATE TRIGGER chaos_note AFTER UPDATE ON task FOR EACH ROW EXECUTE FUNCTION chaos.note();`;

const HELD = `SELECT custody.task_id, custody.fence FROM chaos.custody
  JOIN task ON task.id = custody.task_id AND task.fence = custody.fence
  WHERE task.leased = 1 AND custody.kind = 'claim' AND custody.node = $1`;

const TAKEN_OVER = `SELECT task.id FROM task
  JOIN json_to_recordset($1) AS held("taskId" TEXT, fence BIGINT) ON held."taskId" = task.id
  WHERE task.leased = 1 AND task.fence > held.fence`;
