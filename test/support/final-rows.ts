import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import type { Balance, Booking, TaskEntry } from "./checker.ts";

/** A database that is read past the product, with plain statements of our own. */
export interface FinalRows {
  tasks(): Promise<readonly TaskEntry[]>;
  balances(): Promise<readonly Balance[]>;
  /** About how many attempts upstreams are still asked although their task has ended. */
  inquiries(): Promise<number>;
  /** How many tasks stand at each stage now. */
  stages(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

/** Reads a data folder. The gateway may run: readers and the writer do not hinder each other. */
export function readSqlite(dataDir: string): FinalRows {
  const db = new DatabaseSync(join(dataDir, "vidgo.db"), { readOnly: true, timeout: 5_000 });
  return readRows(
    async (sql) => db.prepare(sql).all(),
    async () => db.close(),
  );
}

/** Reads a PostgreSQL database. */
export async function readPostgres(databaseUrl: string): Promise<FinalRows> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return readRows(
    async (sql) => (await client.query<Row>(sql)).rows,
    () => client.end(),
  );
}

type Row = Readonly<Record<string, unknown>>;
type Query = (sql: string) => Promise<readonly Row[]>;

function readRows(query: Query, close: () => Promise<void>): FinalRows {
  return {
    close,
    async tasks() {
      const files = Map.groupBy(await query(FILES), (row) => String(row.task_id));
      const books = Map.groupBy(await query(BOOK), (row) => String(row.task_id));
      return (await query(TASKS)).map((row) => {
        const id = String(row.id);
        return {
          ...taskOf(row, files.get(id) ?? []),
          booked: (books.get(id) ?? []).map(bookingOf),
        };
      });
    },
    async balances() {
      return (await query(BALANCES)).map((row) => ({
        granted: Number(row.granted),
        balance: Number(row.balance),
        open: Number(row.open),
        settled: Number(row.settled),
      }));
    },
    async inquiries() {
      const [row] = await query("SELECT count(*) AS open FROM inquiry");
      return Number(row?.open);
    },
    async stages() {
      const rows = await query("SELECT stage, count(*) AS tasks FROM task GROUP BY stage");
      return Object.fromEntries(rows.map((row) => [String(row.stage), Number(row.tasks)]));
    },
  };
}

const FILES =
  "SELECT id, task_id, sha256, size_bytes FROM file WHERE task_id IS NOT NULL " +
  "ORDER BY task_id, position";

const TASKS = `SELECT task.id, stage, input, error_code, hold,
    (SELECT count(*) FROM attempt WHERE attempt.task_id = task.id
      AND provider <> 'offline' AND state = 'succeeded') AS bought,
    ${sumOf("settle")} AS settled, ${sumOf("release")} AS released, ${sumOf("hold")} AS held
  FROM task`;

const BALANCES = `SELECT balance,
    (SELECT coalesce(sum(amount), 0) FROM ledger
      WHERE ledger.project_id = project.id AND kind = 'grant') AS granted,
    (SELECT coalesce(sum(amount), 0) FROM ledger
      WHERE ledger.project_id = project.id AND kind = 'settle') AS settled,
    (SELECT coalesce(sum(hold), 0) FROM task
      WHERE task.project_id = project.id AND due_at IS NOT NULL) AS open
  FROM project`;

const BOOK = `SELECT attempt.task_id, billed, attempt.ended_at,
    CASE WHEN task.due_at IS NOT NULL OR EXISTS (
      SELECT 1 FROM inquiry WHERE inquiry.attempt_id = attempt.id) THEN 1 ELSE 0 END AS cared_for
  FROM attempt JOIN task ON task.id = attempt.task_id
  WHERE provider <> 'offline' ORDER BY number`;

function bookingOf(row: Row): Booking {
  if (row.ended_at === null) return Number(row.cared_for) === 1 ? "open" : "forgotten";
  return row.billed === "yes" || row.billed === "no" ? row.billed : "unknown";
}

function sumOf(kind: string): string {
  return `(SELECT coalesce(sum(amount), 0) FROM ledger
    WHERE ledger.task_id = task.id AND kind = '${kind}')`;
}

function taskOf(row: Row, files: readonly Row[]): Omit<TaskEntry, "booked"> {
  return {
    taskId: String(row.id),
    nonce: /\bzq-[0-9a-z]+-[0-9]+\b/.exec(String(row.input))?.[0] ?? "",
    stage: String(row.stage),
    errorCode: row.error_code === null ? null : String(row.error_code),
    bought: Number(row.bought) > 0,
    // What the ledger says, not what the task's own row says.
    hold: Number(row.held),
    settled: Number(row.settled),
    released: Number(row.released),
    files: files.map((file) => ({
      fileId: String(file.id),
      sha256: String(file.sha256),
      sizeBytes: Number(file.size_bytes),
    })),
  };
}
