import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { makeTaskId } from "../../src/core/id.ts";
import { silentLog } from "../../src/lib/log.ts";
import { systemRandom } from "../../src/lib/random.ts";
import { type Fixture, makeFixture } from "../../src/store/conformance/fixture.ts";
import { openPostgresStore } from "../../src/store/postgres/postgres-store.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import { makeSchema, startPostgres } from "../../test/support/postgres.ts";

/** Databases to be filled, and the processor time of whoever keeps them beside ourselves. */
export interface Ground {
  open(name: string): Promise<Opened>;
  serverCpuMs(): Promise<number>;
  close(): Promise<void>;
}

/** A store on an empty database, and what a gateway must be told to use the same. */
export interface Opened {
  readonly store: Store;
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A database with its open tasks. */
export interface Filled extends Opened {
  readonly fixture: Fixture;
  /** A thousand tasks, spread evenly over all there are. */
  readonly spread: readonly string[];
  /** The thousand newest. */
  readonly newest: readonly string[];
  readonly filledS: number;
}

const POLLED = 1_000;

/** Makes `count` tasks in an empty database, all of them open. */
export async function fill(opened: Opened, count: number): Promise<Filled> {
  const fixture = await makeFixture({ ...opened, look: () => Promise.resolve([]) }, "");
  const spread: string[] = [];
  const newest: string[] = [];
  const every = Math.max(1, Math.floor(count / POLLED));
  const fromMs = performance.now();
  let made = 0;
  const work = async (): Promise<void> => {
    while (made < count) {
      const number = made;
      made += 1;
      const submission = submissionFor(fixture);
      if (number % every === 0) spread.push(submission.task.id);
      if (number >= count - POLLED) newest.push(submission.task.id);
      await opened.store.tasks.accept(submission);
    }
  };
  await Promise.all(Array.from({ length: 1_000 }, work));
  const filledS = (performance.now() - fromMs) / 1_000;
  return { ...opened, fixture, spread, newest, filledS };
}

/** One more task. */
export function submissionFor(fixture: Fixture): ReturnType<Fixture["submission"]> {
  // Names begin with the time, as those that clients get: the newest stand at the end of the index.
  const id = makeTaskId(Date.now(), systemRandom);
  return fixture.submission({ id, hold: 1 }, { enforceCredits: false });
}

/** Folders, a database file in each; whoever uses it keeps it. */
export async function sqliteGround(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), "vidgo-growth-"));
  return {
    async open(name) {
      const dataDir = join(folder, name);
      return { store: await openSqliteStore({ dataDir, onFatal: stop }), dataDir, environment: {} };
    },
    serverCpuMs: () => Promise.resolve(0),
    close: () => Promise.resolve(rmSync(folder, { recursive: true })),
  };
}

/** A server of its own with a schema for each; its connections' time counts as ours. */
export async function postgresGround(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), "vidgo-growth-"));
  const server = await startPostgres("disk");
  const pool = new pg.Pool({ connectionString: server.url, max: 1 });
  return {
    async open(name) {
      const url = await makeSchema(server.url, name);
      const environment = { DATABASE_URL: url, VIDGO_SECRET: "s".repeat(32) };
      const dataDir = join(folder, name);
      return { store: await openPostgresStore({ url, log: silentLog }), dataDir, environment };
    },
    async serverCpuMs() {
      const backends = await pool.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'`,
      );
      const times = backends.rows.map(({ pid }) => readFile(`/proc/${pid}/schedstat`, "utf8"));
      const spentNs = (await Promise.all(times)).map((text) => Number(text.split(" ")[0]));
      return spentNs.reduce((sum, each) => sum + each, 0) / 1e6;
    },
    async close() {
      await pool.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function stop(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
