import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeTaskId } from "../../src/core/id.ts";
import { systemRandom } from "../../src/lib/random.ts";
import { type Fixture, makeFixture } from "../../src/store/conformance/fixture.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { Figure } from "../gateway/bench.ts";
import { type RunningGateway, runningGateway } from "../gateway/running.ts";

const SMALL = 1_000;
const ROUNDS = 9;
/** As many as are polled at the same time; spread evenly over all tasks there are. */
const POLLED = 1_000;
const BODY = JSON.stringify({
  model: "grok-imagine",
  input: { prompt: "a lighthouse at dusk, waves below", duration: 6, mode: "normal" },
});

/**
 * What a call costs with few tasks and with very many, all of them open, which is the worst case
 * for the search of what is due. Rounds in turn, so that whatever else the machine does slows both;
 * processor time is the measure, wall time is shown.
 */
export async function benchGrowth(tasks = 1_000_000): Promise<readonly Figure[]> {
  const small = await filled(SMALL);
  const large = await filled(tasks);
  try {
    const inStore = await compare([small, large], storeCosts);
    for (const { close } of [small, large]) await close();
    const gateways = [await serve(small), await serve(large)] as const;
    try {
      const overHttp = await compare(gateways, httpCosts);
      return [
        { name: "tasks", value: tasks, unit: "", bar: "" },
        { name: "time to fill", value: large.filledS, unit: "s", bar: "" },
        ...figuresOf("HTTP", overHttp, ["status", "submit"]),
        // A status straight from the database: over HTTP what is polled is known without asking it.
        ...figuresOf("store", inStore, ["submit", "claim"]),
      ];
    } finally {
      for (const { stop } of gateways) await stop();
    }
  } finally {
    for (const { dataDir } of [small, large]) rmSync(dataDir, { recursive: true });
  }
}

interface Filled {
  readonly dataDir: string;
  readonly fixture: Fixture;
  readonly ids: readonly string[];
  readonly filledS: number;
  close(): Promise<void>;
}

async function filled(count: number): Promise<Filled> {
  const dataDir = mkdtempSync(join(tmpdir(), "vidgo-growth-"));
  const store = await openSqliteStore({ dataDir, onFatal: stop });
  const fixture = await makeFixture({ store, look: () => Promise.resolve([]) }, "");
  const ids: string[] = [];
  const every = Math.max(1, Math.floor(count / POLLED));
  const fromMs = performance.now();
  let made = 0;
  const work = async (): Promise<void> => {
    while (made < count) {
      const isPolled = made % every === 0;
      made += 1;
      const submission = submissionFor(fixture);
      if (isPolled) ids.push(submission.task.id);
      await store.tasks.accept(submission);
    }
  };
  await Promise.all(Array.from({ length: 1_000 }, work));
  const filledS = (performance.now() - fromMs) / 1_000;
  return { dataDir, fixture, ids, filledS, close: () => store.close() };
}

function submissionFor(fixture: Fixture): ReturnType<Fixture["submission"]> {
  // Names begin with the time, as those that clients get: the newest stand at the end of the index.
  const id = makeTaskId(Date.now(), systemRandom);
  return fixture.submission({ id, hold: 1 }, { enforceCredits: false });
}

function stop(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Microseconds a call. */
interface Cost {
  readonly cpuUs: number;
  readonly wallUs: number;
}

type Costs = Readonly<Record<string, Cost>>;

/** The median of each cost of two subjects, by name. */
async function compare<Subject>(
  subjects: readonly Subject[],
  measure: (subject: Subject, round: number) => Promise<Costs>,
): Promise<readonly Costs[]> {
  const rounds = subjects.map((): Costs[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      const costs = await measure(subject, round);
      // The first round only warms up.
      if (round > 0) rounds[index]?.push(costs);
    }
  }
  return rounds.map((all) => {
    const names = Object.keys(all[0] ?? {});
    return Object.fromEntries(
      names.map((name) => {
        const costs = all.flatMap((each) => each[name] ?? []);
        const cpuUs = median(costs.map((cost) => cost.cpuUs));
        return [name, { cpuUs, wallUs: median(costs.map((cost) => cost.wallUs)) }];
      }),
    );
  });
}

async function storeCosts({ fixture, ids }: Filled, round: number): Promise<Costs> {
  const { tasks } = fixture.store;
  const cpuMs = (): Promise<number> => {
    const { user, system } = process.cpuUsage();
    return Promise.resolve((user + system) / 1_000);
  };
  const measure = { cpuMs, width: 32 };
  return {
    status: await cost({ ...measure, calls: 4_000 }, (call) =>
      tasks.find(fixture.projectId, pick(ids, round + call)),
    ),
    submit: await cost({ ...measure, calls: 300 }, () => tasks.accept(submissionFor(fixture))),
    // A lease of no length: what was claimed is due again.
    claim: await cost({ ...measure, calls: 200, width: 2 }, () => fixture.claim(20, 0)),
  };
}

function serve({ dataDir, ids }: Filled): Promise<Served> {
  return runningGateway(dataDir, { VIDGO_ROLE: "api" }).then((gateway) => ({ ...gateway, ids }));
}

type Served = RunningGateway & { readonly ids: readonly string[] };

async function httpCosts(gateway: Served, round: number): Promise<Costs> {
  const { cpuMs, ids, key, port } = gateway;
  const headers = { authorization: `Bearer ${key}` };
  const url = `http://127.0.0.1:${port}/api/generate/status/`;
  return {
    status: await cost({ cpuMs, calls: 2_000, width: 32 }, async (call) =>
      good(await fetch(`${url}${pick(ids, round + call)}`, { headers })),
    ),
    submit: await cost({ cpuMs, calls: 300, width: 32 }, async () =>
      good(await gateway.submit(BODY)),
    ),
  };
}

async function good(response: Response): Promise<void> {
  const text = await response.text();
  if (response.status !== 200) throw new Error(`An answer was ${response.status}: ${text}`);
}

/** A step that shares no factor with the count visits rows far from each other. */
function pick(ids: readonly string[], call: number): string {
  return ids[(call * 379) % ids.length] ?? "";
}

interface Run {
  readonly cpuMs: () => Promise<number>;
  readonly calls: number;
  readonly width: number;
}

async function cost(run: Run, call: (number: number) => Promise<unknown>): Promise<Cost> {
  const cpu = await run.cpuMs();
  const fromMs = performance.now();
  let made = 0;
  const work = async (): Promise<void> => {
    while (made < run.calls) {
      made += 1;
      await call(made);
    }
  };
  await Promise.all(Array.from({ length: run.width }, work));
  const wallMs = performance.now() - fromMs;
  const spentMs = (await run.cpuMs()) - cpu;
  return { cpuUs: (spentMs * 1_000) / run.calls, wallUs: (wallMs * 1_000) / run.calls };
}

function figuresOf(
  place: string,
  [small = {}, large = {}]: readonly Costs[],
  bars: readonly string[],
): readonly Figure[] {
  return Object.entries(large).flatMap(([name, { cpuUs, wallUs }]) => {
    const base = small[name] ?? { cpuUs: Number.NaN, wallUs: Number.NaN };
    const title = `${place}: ${name}`;
    return [
      {
        name: `${title}, growth`,
        value: cpuUs / base.cpuUs,
        unit: "×",
        bar: bars.includes(name) ? "≤ 1.2" : "",
      },
      { name: `${title}, with ${SMALL}`, value: base.cpuUs, unit: "µs cpu", bar: "" },
      { name: `${title}, growth of wall time`, value: wallUs / base.wallUs, unit: "×", bar: "" },
    ];
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
