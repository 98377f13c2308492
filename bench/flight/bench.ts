import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startChild } from "../child.ts";
import type { Figure } from "../gateway/bench.ts";
import { runningGateway } from "../gateway/running.ts";
import type { Figures } from "./upstream.ts";

const POLL_EVERY_MS = 10_000;
const WATCH_MS = 60_000;
const SETTLE_MS = 2 * POLL_EVERY_MS;
const SUBMITS_AT_ONCE = 64;
const BODY = JSON.stringify({ model: "grok-imagine", input: { prompt: "a lighthouse at dusk" } });

/**
 * Lets one gateway hold many tasks that an upstream works on and never ends, and takes the
 * upstream's word for how late each poll is: the pause that it asked for is 10 s.
 */
export async function benchInFlight(tasks = 10_000): Promise<readonly Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "vidgo-flight-"));
  const upstream = await startChild({
    words: ["bench/flight/upstream.ts", String(POLL_EVERY_MS)],
    ready: /port/,
    timeoutMs: 10_000,
  });
  const { port } = JSON.parse(upstream.line);
  const gateway = await runningGateway(dataDir, {
    VIDGO_UPSTREAM_URL: `http://127.0.0.1:${port}`,
    VIDGO_UPSTREAM_KEY: "upstream-key",
    VIDGO_OFFLINE: "never",
  });
  const figures = async (): Promise<Figures> =>
    JSON.parse(await (await fetch(`http://127.0.0.1:${port}/figures`)).text());
  try {
    const fillS = await fill(gateway, tasks);
    const submitS = await until(async () => (await figures()).jobs >= tasks);
    await pause(SETTLE_MS);
    await figures();
    const before = await gateway.cpuMs();
    const memory = await watch(() => gateway.residentMib());
    const cpuMs = (await gateway.cpuMs()) - before;
    const seen = await figures();
    return [
      figure("tasks in flight", seen.jobs, ["", `${tasks}`]),
      figure("accepted in", fillS, ["s"]),
      figure("all at the upstream after another", submitS, ["s"]),
      figure("polls", (seen.polls * 1_000) / WATCH_MS, [
        "/s",
        `≈ ${tasks / (POLL_EVERY_MS / 1_000)}`,
      ]),
      figure("poll lateness p50", seen.p50Ms, ["ms"]),
      figure("poll lateness p99", seen.p99Ms, ["ms", "< 1000 ms"]),
      figure("poll lateness max", seen.maxMs, ["ms"]),
      figure("tasks forgotten", seen.forgotten, ["", "0"]),
      figure("memory, highest", memory, ["MiB", "< 400 MiB"]),
      figure("processor time of the gateway", (100 * cpuMs) / WATCH_MS, ["%", "of one core"]),
    ];
  } finally {
    await gateway.stop("SIGKILL");
    await upstream.stop("SIGKILL");
    await rm(dataDir, { recursive: true });
  }
}

async function fill(
  gateway: Awaited<ReturnType<typeof runningGateway>>,
  tasks: number,
): Promise<number> {
  const fromMs = performance.now();
  let left = tasks;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const response = await gateway.submit(BODY);
      if (response.status !== 200) throw new Error(`A submit was answered ${response.status}`);
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: SUBMITS_AT_ONCE }, work));
  return (performance.now() - fromMs) / 1_000;
}

/** The highest of what a gauge shows while the bench looks on. */
async function watch(gauge: () => Promise<number>): Promise<number> {
  const endMs = performance.now() + WATCH_MS;
  let highest = 0;
  while (performance.now() < endMs) {
    highest = Math.max(highest, await gauge());
    await pause(500);
  }
  return highest;
}

async function until(isSo: () => Promise<boolean>): Promise<number> {
  const fromMs = performance.now();
  while (!(await isSo())) {
    if (performance.now() - fromMs > 120_000) throw new Error("Not all tasks reached the upstream");
    await pause(200);
  }
  return (performance.now() - fromMs) / 1_000;
}

function figure(name: string, value: number, [unit, bar = ""]: readonly [string, string?]): Figure {
  return { name, value, unit, bar };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
