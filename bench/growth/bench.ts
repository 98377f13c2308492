import type { Figure } from "../gateway/bench.ts";
import { type RunningGateway, runningGateway } from "../gateway/running.ts";
import { type Costs, compare, cost } from "./cost.ts";
import {
  type Filled,
  fill,
  type Ground,
  postgresGround,
  sqliteGround,
  submissionFor,
} from "./filled.ts";

const SMALL = 1_000;
const BODY = JSON.stringify({
  model: "grok-imagine",
  input: { prompt: "a lighthouse at dusk, waves below", duration: 6, mode: "normal" },
});

/** Which store, and how many tasks are very many. */
export interface GrowthOptions {
  readonly store: "sqlite" | "postgres";
  readonly tasks: number;
}

/**
 * What a call costs with few tasks and with very many, all of them open, which is the worst case
 * for the search of what is due.
 */
export async function benchGrowth(options: GrowthOptions): Promise<readonly Figure[]> {
  const ground = await (options.store === "sqlite" ? sqliteGround() : postgresGround());
  try {
    const small = await fill(await ground.open("small"), SMALL);
    const large = await fill(await ground.open("large"), options.tasks);
    const inStore = await compare([small, large], (each, round) => storeCosts(ground, each, round));
    for (const { store } of [small, large]) await store.close();
    const overHttp = await benchHttp(ground, [small, large]);
    return [
      { name: "tasks", value: options.tasks, unit: "", bar: "" },
      { name: "time to fill", value: large.filledS, unit: "s", bar: "" },
      ...figuresOf("HTTP", overHttp, ["status", "submit"]),
      ...figuresOf("store", inStore, ["status", "submit", "claim"]),
    ];
  } finally {
    await ground.close();
  }
}

async function storeCosts(
  ground: Ground,
  { fixture, newest, spread }: Filled,
  round: number,
): Promise<Costs> {
  const { tasks } = fixture.store;
  const cpuMs = async (): Promise<number> => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000 + (await ground.serverCpuMs());
  };
  const measure = { cpuMs, width: 32 };
  const status = (ids: readonly string[]): ReturnType<typeof cost> =>
    cost({ ...measure, calls: 4_000 }, (call) =>
      tasks.find(fixture.projectId, pick(ids, round + call)),
    );
  return {
    // Straight from the database: over HTTP what is polled is known without asking it. Tasks that
    // came about the same time lie side by side, as those that are polled at the same time do.
    status: await status(newest),
    // The same search in as many rows; they only lie so far apart that no processor's cache has
    // them, as a million tasks polled at random would.
    "status, far apart": await status(spread),
    "status, always one": await status(newest.slice(0, 1)),
    submit: await cost({ ...measure, calls: 300 }, () => tasks.accept(submissionFor(fixture))),
    // A lease of no length: what was claimed is due again.
    claim: await cost({ ...measure, calls: 200, width: 2 }, () => fixture.claim(20, 0)),
  };
}

type Served = RunningGateway & Pick<Filled, "spread">;

async function benchHttp(ground: Ground, filled: readonly Filled[]): Promise<readonly Costs[]> {
  const gateways: Served[] = [];
  try {
    for (const { dataDir, environment, spread } of filled) {
      const gateway = await runningGateway(dataDir, { VIDGO_ROLE: "api", ...environment });
      gateways.push({ ...gateway, spread });
    }
    return await compare(gateways, (each, round) => httpCosts(ground, each, round));
  } finally {
    for (const { stop } of gateways) await stop();
  }
}

async function httpCosts(ground: Ground, gateway: Served, round: number): Promise<Costs> {
  const { spread, key, port } = gateway;
  const cpuMs = async (): Promise<number> => (await gateway.cpuMs()) + (await ground.serverCpuMs());
  const headers = { authorization: `Bearer ${key}` };
  const url = `http://127.0.0.1:${port}/api/generate/status/`;
  return {
    status: await cost({ cpuMs, calls: 2_000, width: 32 }, async (call) =>
      good(await fetch(`${url}${pick(spread, round + call)}`, { headers })),
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
