import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/lib/clock.ts";
import type { JsonObject } from "../../src/lib/json.ts";
import type { ModelMedia } from "../../src/models/model.ts";
import type { RenderJob } from "../../src/providers/offline/job.ts";
import { type JobEnd, openPool, type Pool } from "../../src/providers/offline/pool.ts";
import { startChild } from "../child.ts";
import type { Figure } from "../gateway/bench.ts";
import { benchEncoder } from "./encoder.ts";

const PROMPTS = [
  "a lighthouse on a cliff at sunset",
  "a fox in a snowy forest",
  "the skyline of a city at night",
  "a sunflower field under a blue sky",
  "a robot in a library",
  "a castle, oil painting",
  "a windmill and tulips, watercolor",
] as const;

/**
 * Measures the offline engine as the gateway runs it: warm worker threads, files written. Beside
 * the time by the clock stands the processor time, which other work on the machine cannot stretch.
 */
export async function benchOffline(): Promise<readonly Figure[]> {
  const stagingDir = await mkdtemp(join(tmpdir(), "vidgo-bench-"));
  const pool = openPool({ workers: 2, stagingDir, clock: systemClock });
  try {
    return [
      ...(await benchPictures(pool)),
      ...(await benchFilm(pool)),
      ...(await benchSongs(pool)),
      ...(await benchEncoder()),
      ...(await benchMemory()),
    ];
  } finally {
    await pool.close();
    await rm(stagingDir, { recursive: true, force: true });
  }
}

interface Cost {
  readonly wallMs: number;
  /** Of all threads of this process, milliseconds. */
  readonly cpuMs: number;
}

async function benchPictures(pool: Pool): Promise<readonly Figure[]> {
  for (const prompt of PROMPTS) await paint(pool, prompt);
  const costs: Cost[] = [];
  for (const prompt of PROMPTS) costs.push(await measure(() => paint(pool, prompt)));
  const walls = costs.map(({ wallMs }) => wallMs);
  const cpus = costs.map(({ cpuMs }) => cpuMs);
  return [
    figure("picture 1024², median of 7 prompts", median(walls), { unit: "ms", bar: "< 400 ms" }),
    figure("picture 1024², processor time", median(cpus), { unit: "ms", bar: "" }),
    figure("slowest picture, processor time", Math.max(...cpus), { unit: "ms", bar: "" }),
  ];
}

async function paint(pool: Pool, prompt: string): Promise<void> {
  await render(pool, { model: "z-image", media: "image", input: { prompt, size: "1:1" } });
}

async function benchFilm(pool: Pool): Promise<readonly Figure[]> {
  const input = {
    prompt: "a lighthouse at dusk, waves below",
    duration: 6,
    resolution: "720p",
    aspect_ratio: "16:9",
  };
  const job = { model: "grok-imagine", media: "video", input } as const;
  await render(pool, { ...job, input: { ...input, resolution: "480p" } });
  const { wallMs, cpuMs } = await measure(() => render(pool, job));
  return [
    figure("film 6 s 720p", wallMs / 1000, { unit: "s", bar: "< 6 s" }),
    figure("film 6 s 720p, processor time", cpuMs / 1000, { unit: "s", bar: "< 12 s" }),
  ];
}

async function benchSongs(pool: Pool): Promise<readonly Figure[]> {
  const song = (prompt: string) =>
    render(pool, { model: "generate-music", media: "music", input: { prompt, ...SONG } });
  await song("a folk tune, 10 seconds");
  const { wallMs, cpuMs } = await measure(() =>
    Promise.all([song("a pop song about rain, 60 seconds"), song("slow jazz, 60 seconds")]),
  );
  // A task of this model makes two tracks.
  return [
    figure("two songs of 60 s", wallMs / 2000, { unit: "s", bar: "< 8 s" }),
    figure("two songs of 60 s, processor time", cpuMs / 2000, { unit: "s", bar: "< 16 s" }),
  ];
}

const SONG: JsonObject = { custom_mode: false, instrumental: false, model_version: "v4" };

/** Two films at the same time in a process of their own, thrice: later rounds show growth. */
async function benchMemory(): Promise<readonly Figure[]> {
  const child = await startChild({
    words: ["--expose-gc", "bench/offline/memory/main.ts"],
    ready: /peaks/,
    timeoutMs: 600_000,
  });
  await child.stop();
  const peaks = child.line.match(/\d+/g)?.map(Number) ?? [];
  const [first = 0, ...later] = peaks;
  const last = Math.max(...later);
  return [
    figure("memory, two films at 1080p", first, { unit: "MiB", bar: "< 700 MiB" }),
    figure("memory, the same twice more", last, { unit: "MiB", bar: "< 700 MiB" }),
  ];
}

interface Work {
  readonly model: string;
  readonly media: ModelMedia;
  readonly input: JsonObject;
}

let started = 0;

async function render(pool: Pool, work: Work): Promise<JobEnd> {
  started += 1;
  const job: RenderJob = {
    ...work,
    marker: `bench-${started}`,
    seed: 7,
    sources: [],
    inputs: {},
  };
  const end = await pool.run(job, {
    signal: new AbortController().signal,
    started: () => undefined,
    progress: () => undefined,
  });
  if (end.kind === "failed") throw new Error(`${work.model}: ${end.error.message}`);
  return end;
}

async function measure(work: () => Promise<unknown>): Promise<Cost> {
  const from = process.cpuUsage();
  const startedMs = performance.now();
  await work();
  const wallMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(from);
  return { wallMs, cpuMs: (user + system) / 1000 };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function figure(
  name: string,
  value: number,
  { unit, bar }: { readonly unit: string; readonly bar: string },
): Figure {
  return { name, value, unit, bar };
}
