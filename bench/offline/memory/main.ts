import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../../src/lib/clock.ts";
import { openPool } from "../../../src/providers/offline/pool.ts";

// Shoots two films of 1080p at the same time, again and again, and says how much memory each round
// took at most.
//
//   node bench/offline/memory/main.ts [rounds, 3] [seconds of a film, 4]

const [rounds = 3, seconds = 4] = process.argv.slice(2).map(Number);
const stagingDir = await mkdtemp(join(tmpdir(), "vidgo-memory-"));
const pool = openPool({ workers: 2, stagingDir, clock: systemClock });
const peaks: number[] = [];
let peak = 0;
const timer = setInterval(() => {
  peak = Math.max(peak, residentMib());
}, 50);
try {
  for (let round = 0; round < rounds; round += 1) {
    peak = 0;
    await Promise.all(["a lighthouse at dusk", "a city at night"].map(shoot));
    peaks.push(peak);
    process.stderr.write(`${2 * peaks.length} films: ${peak} MiB\n`);
  }
} finally {
  clearInterval(timer);
  await pool.close();
  await rm(stagingDir, { recursive: true, force: true });
}
process.stdout.write(`peaks ${peaks.join(" ")}\n`);
setInterval(() => undefined, 1000);

async function shoot(prompt: string, index: number): Promise<void> {
  const input = { prompt, duration: seconds, resolution: "1080p", aspect_ratio: "16:9" };
  const job = { model: "wan2.5-text-to-video", media: "video", input } as const;
  const end = await pool.run(
    { ...job, marker: `film-${peaks.length}-${index}`, seed: 3 + index, sources: [], inputs: {} },
    {
      signal: new AbortController().signal,
      started: () => undefined,
      progress: () => undefined,
    },
  );
  if (end.kind === "failed") throw new Error(end.error.message);
}

function residentMib(): number {
  const status = readFileSync("/proc/self/status", "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
