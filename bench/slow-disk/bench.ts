import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figure } from "../gateway/bench.ts";
import { type LoadResult, runLoad } from "../gateway/load.ts";
import { type RunningGateway, runningGateway } from "../gateway/running.ts";

const ROUNDS = 3;
const ROUND_MS = 3_000;
const BODY = JSON.stringify({
  model: "grok-imagine",
  input: { prompt: "a lighthouse at dusk, waves below", duration: 6, mode: "normal" },
});

/**
 * A gateway whose every fsync takes 2 ms longer beside one on the same disk as it is, rounds in
 * turn. The delay is a library of a few lines that stands between the program and libc; it is
 * built on the spot by the system's C compiler.
 */
export async function benchSlowDisk(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "vidgo-slow-"));
  const library = join(folder, "slow-fsync.so");
  const source = join(import.meta.dirname, "slow-fsync.c");
  execFileSync("cc", ["-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"]);
  const api = { VIDGO_ROLE: "api" };
  const plain = await runningGateway(join(folder, "plain"), api);
  const slow = await runningGateway(join(folder, "slow"), { ...api, LD_PRELOAD: library });
  try {
    return await measure(plain, slow);
  } finally {
    for (const { stop } of [plain, slow]) await stop();
    rmSync(folder, { recursive: true });
  }
}

interface Round {
  readonly single: LoadResult;
  readonly submit: LoadResult;
  readonly status: LoadResult;
  readonly statusAmidSubmits: LoadResult;
}

async function measure(plain: RunningGateway, slow: RunningGateway): Promise<readonly Figure[]> {
  const rounds: Readonly<Record<"plain" | "slow", Round[]>> = { plain: [], slow: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.plain.push(await oneRound(plain));
    rounds.slow.push(await oneRound(slow));
  }
  const of = (disk: keyof typeof rounds, name: keyof Round, field: keyof LoadResult): number =>
    median(rounds[disk].map((round) => round[name][field]));
  const ratio = (name: keyof Round): number =>
    of("slow", name, "perSecond") / of("plain", name, "perSecond");
  const bad = [...rounds.plain, ...rounds.slow].flatMap((round) => Object.values(round));
  return [
    // The proof that the delay is there: one submit at a time waits for at least one fsync.
    figure("one submit at a time, as it is", of("plain", "single", "p50Ms"), ["ms"]),
    figure("one submit at a time, slow disk", of("slow", "single", "p50Ms"), ["ms", "≥ 2 ms"]),
    figure("submit p99, slow disk", of("slow", "submit", "p99Ms"), ["ms", "< 50 ms"]),
    figure("submit p99, as it is", of("plain", "submit", "p99Ms"), ["ms"]),
    figure("submit, slow disk", of("slow", "submit", "perSecond"), ["/s"]),
    figure("submit, as it is", of("plain", "submit", "perSecond"), ["/s"]),
    figure("status, slow / as it is", ratio("status"), ["×", "≥ 0.5"]),
    figure("the same amid submits", ratio("statusAmidSubmits"), ["×", "≥ 0.5"]),
    figure("status amid submits, slow disk", of("slow", "statusAmidSubmits", "perSecond"), ["/s"]),
    figure(
      "answers other than 200",
      bad.reduce((sum, { bad }) => sum + bad, 0),
      ["", "0"],
    ),
  ];
}

async function oneRound(gateway: RunningGateway): Promise<Round> {
  const post = postRequest(gateway);
  const { data } = JSON.parse(await (await gateway.submit(BODY)).text());
  const get = getRequest(gateway, data.task_id);
  const load = (request: string, connections: number): Promise<LoadResult> =>
    runLoad({ port: gateway.port, request, connections, durationMs: ROUND_MS });
  const single = await load(post, 1);
  const submit = await load(post, 64);
  const status = await load(get, 64);
  const [statusAmidSubmits] = await Promise.all([load(get, 48), load(post, 16)]);
  return { single, submit, status, statusAmidSubmits };
}

function getRequest({ key }: RunningGateway, taskId: string): string {
  return (
    `GET /api/generate/status/${taskId} HTTP/1.1\r\nHost: 127.0.0.1\r\n` +
    `Authorization: Bearer ${key}\r\n\r\n`
  );
}

function postRequest({ key }: RunningGateway): string {
  return (
    "POST /api/generate/submit HTTP/1.1\r\nHost: 127.0.0.1\r\n" +
    `Authorization: Bearer ${key}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${Buffer.byteLength(BODY)}\r\n\r\n${BODY}`
  );
}

function figure(name: string, value: number, [unit, bar = ""]: readonly [string, string?]): Figure {
  return { name, value, unit, bar };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
