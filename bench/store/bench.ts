import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Fixture, makeFixture } from "../../src/store/conformance/fixture.ts";
import { openPostgresStore } from "../../src/store/postgres/postgres-store.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import { hasPostgres, startPostgres } from "../../test/support/postgres.ts";
import type { Figure } from "../gateway/bench.ts";

/** How many callers wait at the same time. */
const WIDTH = 64;
const MEASURE_MS = 2_000;

/** What one kind of call costs. */
interface Cost {
  readonly perSecond: number;
  /** Processor time of this process with its threads, microseconds a call. */
  readonly cpuUs: number;
}

/** Durable submits, reads and claims a second on each store, and how they grow with the rows. */
export async function benchStore(tasksMax = 100_000): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const open of hasPostgres() ? [openSqlite, openPostgres] : [openSqlite]) {
    const { name, store, close } = await open();
    const f = await makeFixture({ store, look: () => Promise.resolve([]) }, "");
    const ids = await fill(f, 1_000);
    const small = await measureAll(f, ids);
    ids.push(...(await fill(f, tasksMax - ids.length)));
    const large = await measureAll(f, ids);
    await close();
    for (const work of ["submit", "status", "claim"] as const) {
      figures.push(
        figure(`${name}: ${work}`, small[work].perSecond, "/s"),
        figure(`${name}: ${work}, processor time`, small[work].cpuUs, "µs"),
        figure(`${name}: ${work} with ${tasksMax} tasks`, large[work].perSecond, "/s"),
        {
          ...figure(`${name}: ${work}, growth of processor time`, 0, "×"),
          value: large[work].cpuUs / small[work].cpuUs,
          bar: "<= 1.2",
        },
      );
    }
  }
  return figures;
}

function figure(name: string, value: number, unit: string): Figure {
  return { name, value, unit, bar: "" };
}

interface Opened {
  readonly name: string;
  readonly store: Store;
  close(): Promise<void>;
}

async function openSqlite(): Promise<Opened> {
  const dataDir = mkdtempSync(join(tmpdir(), "vidgo-bench-"));
  const store = await openSqliteStore({ dataDir, onFatal: stop });
  const close = async (): Promise<void> => {
    await store.close();
    rmSync(dataDir, { recursive: true });
  };
  return { name: "SQLite", store, close };
}

async function openPostgres(): Promise<Opened> {
  const server = await startPostgres("disk");
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const store = await openPostgresStore({ url: server.url, log });
  const close = async (): Promise<void> => {
    await store.close();
    await server.stop();
  };
  return { name: "PostgreSQL", store, close };
}

function stop(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

async function fill(f: Fixture, count: number): Promise<string[]> {
  const ids: string[] = [];
  const work = async (): Promise<void> => {
    while (ids.length < count) {
      const made = submission(f);
      ids.push(made.task.id);
      await f.store.tasks.accept(made);
    }
  };
  await Promise.all(Array.from({ length: 1_000 }, work));
  return ids;
}

async function measureAll(
  f: Fixture,
  ids: readonly string[],
): Promise<Readonly<Record<"submit" | "status" | "claim", Cost>>> {
  let next = 0;
  const submit = await measure(async () => {
    await f.store.tasks.accept(submission(f));
    return 1;
  });
  const status = await measure(async () => {
    // A step that shares no factor with the count visits rows far from each other.
    next = (next + 7_919) % ids.length;
    await f.store.tasks.find(f.projectId, ids[next] ?? "");
    return 1;
  });
  const claim = await measure(async () => {
    const claims = await f.claim(20, 0);
    return claims.length;
  }, 2);
  return { submit, status, claim };
}

function submission(f: Fixture): ReturnType<Fixture["submission"]> {
  return f.submission({ hold: 1 }, { enforceCredits: false });
}

async function measure(work: () => Promise<number>, width = WIDTH): Promise<Cost> {
  const cpu = process.cpuUsage();
  const from = performance.now();
  let done = 0;
  const turn = async (): Promise<void> => {
    while (performance.now() - from < MEASURE_MS) {
      const count = await work();
      done += count;
    }
  };
  await Promise.all(Array.from({ length: width }, turn));
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: (done * 1_000) / (performance.now() - from),
    cpuUs: (user + system) / done,
  };
}
