import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "../child.ts";
import { type LoadResult, runLoad } from "./load.ts";

/** One figure beside its bar. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bar: string;
}

const KEY = "bench-key-that-is-long-enough-to-be-taken";
const BODY = JSON.stringify({
  model: "grok-imagine",
  input: { prompt: "a lighthouse at dusk, waves below", duration: 6, mode: "normal" },
});
const BASELINE = fileURLToPath(new URL("./baseline.ts", import.meta.url));
const ROUNDS = 3;
const ROUND_MS = 3_000;
const CONNECTIONS = 64;

/**
 * Measures the gateway beside bare node:http in the same run: rounds in turn, so that whatever
 * else the machine does slows both. The gateway only accepts and answers (VIDGO_ROLE=api): a
 * renderer on the same two cores would measure the renderer.
 */
export async function benchGateway(): Promise<readonly Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "vidgo-bench-"));
  const figures: Figure[] = [await idleMemory(join(dataDir, "idle"))];
  const gateway = await startGateway(join(dataDir, "busy"), "api");
  try {
    const port = portOf(gateway.line);
    const { taskId, tookMs } = await firstSubmit(port);
    figures.push(
      ms("start to first accepted submit", gateway.readyMs + tookMs, "< 1000 ms"),
      mib("memory after the first submit", await residentMib(gateway), ""),
    );
    const answer = await fetchStatus(port, taskId);
    const baseline = await startBaseline(answer);
    try {
      figures.push(...(await compare({ port, taskId, base: JSON.parse(baseline.line).port })));
    } finally {
      await baseline.stop();
    }
  } finally {
    await gateway.stop();
    await rm(dataDir, { recursive: true });
  }
  return figures;
}

/** A gateway as it starts, that nobody has asked anything yet. */
async function idleMemory(dataDir: string): Promise<Figure> {
  const gateway = await startGateway(dataDir, "all");
  try {
    await new Promise((resolve) => setTimeout(resolve, IDLE_AFTER_MS));
    return mib("idle memory", await residentMib(gateway), "< 120 MiB");
  } finally {
    await gateway.stop();
  }
}

const IDLE_AFTER_MS = 5_000;

function startGateway(dataDir: string, role: string): Promise<Child> {
  return startChild({
    words: ["src/main.ts", "serve"],
    environment: {
      // As npm start does.
      NODE_COMPILE_CACHE: "node_modules/.cache/vidgo",
      PORT: "0",
      VIDGO_DATA_DIR: dataDir,
      VIDGO_BOOTSTRAP_KEY: KEY,
      VIDGO_ROLE: role,
      VIDGO_CREDITS: "off",
      VIDGO_LOG: "error",
    },
    ready: /ready at/,
    timeoutMs: 20_000,
  });
}

function startBaseline(answer: string): Promise<Child> {
  return startChild({
    words: [BASELINE, answer],
    ready: /port/,
    timeoutMs: 10_000,
  });
}

interface Pair {
  readonly port: number;
  readonly base: number;
  readonly taskId: string;
}

/** The rounds of both sides, in turn. */
interface Runs {
  readonly gateway: LoadResult[];
  readonly baseline: LoadResult[];
}

async function compare({ port, base, taskId }: Pair): Promise<readonly Figure[]> {
  const status: Runs = { gateway: [], baseline: [] };
  const submit: Runs = { gateway: [], baseline: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    status.baseline.push(await load(base, getRequest(taskId)));
    status.gateway.push(await load(port, getRequest(taskId)));
    submit.baseline.push(await load(base, postRequest()));
    submit.gateway.push(await load(port, postRequest()));
  }
  // The first is the warm-up of both sides: a gateway runs for weeks, and compiles for seconds.
  for (const runs of [status.gateway, status.baseline, submit.gateway, submit.baseline]) {
    runs.shift();
  }
  return [...rates("status", status, "≥ 0.6"), ...rates("durable submit", submit, "≥ 0.35")];
}

function rates(
  name: string,
  runs: { readonly gateway: readonly LoadResult[]; readonly baseline: readonly LoadResult[] },
  bar: string,
): readonly Figure[] {
  const gateway = median(runs.gateway.map(({ perSecond }) => perSecond));
  const baseline = median(runs.baseline.map(({ perSecond }) => perSecond));
  const bad = runs.gateway.reduce((sum, run) => sum + run.bad, 0);
  return [
    { name: `${name} / bare node:http`, value: gateway / baseline, unit: "×", bar },
    { name, value: gateway, unit: "/s", bar: "" },
    { name: `${name}, bare node:http`, value: baseline, unit: "/s", bar: "" },
    ms(`${name} p99`, median(runs.gateway.map(({ p99Ms }) => p99Ms)), ""),
    { name: `${name}, answers other than 200`, value: bad, unit: "", bar: "0" },
  ];
}

function load(port: number, request: string): Promise<LoadResult> {
  return runLoad({ port, request, connections: CONNECTIONS, durationMs: ROUND_MS });
}

function getRequest(taskId: string): string {
  return (
    `GET /api/generate/status/${taskId} HTTP/1.1\r\nHost: 127.0.0.1\r\n` +
    `Authorization: Bearer ${KEY}\r\n\r\n`
  );
}

function postRequest(): string {
  return (
    "POST /api/generate/submit HTTP/1.1\r\nHost: 127.0.0.1\r\n" +
    `Authorization: Bearer ${KEY}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${Buffer.byteLength(BODY)}\r\n\r\n${BODY}`
  );
}

async function firstSubmit(
  port: number,
): Promise<{ readonly taskId: string; readonly tookMs: number }> {
  const startedMs = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/api/generate/submit`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
    body: BODY,
  });
  const { data } = JSON.parse(await response.text());
  return { taskId: data.task_id, tookMs: performance.now() - startedMs };
}

async function fetchStatus(port: number, taskId: string): Promise<string> {
  const headers = { authorization: `Bearer ${KEY}` };
  const response = await fetch(`http://127.0.0.1:${port}/api/generate/status/${taskId}`, {
    headers,
  });
  return response.text();
}

function portOf(line: string): number {
  return Number(/:(\d+)/.exec(line.replace(/^.*\/\//, ""))?.[1]);
}

async function residentMib({ process: child }: Child): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

function ms(name: string, value: number, bar: string): Figure {
  return { name, value, unit: "ms", bar };
}

function mib(name: string, value: number, bar: string): Figure {
  return { name, value, unit: "MiB", bar };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
