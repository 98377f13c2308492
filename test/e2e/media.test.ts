import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type GatewayProcess, tryGatewayProcess } from "../support/gateway-process.ts";
import { requirePart } from "../support/require.ts";

const DECODER = requirePart("ffmpeg", hasDecoder(), "ffmpeg and ffprobe are not installed");
const MEASURE_LAG = fileURLToPath(new URL("../support/measure-lag.ts", import.meta.url));
const LAG_P99_MAX_MS = 20;

/** What is asked for, and what another decoder must find in the files. */
const WISHES = [
  {
    model: "gpt-4o-image",
    input: { prompt: "a lighthouse at dusk", size: "3:2", n: 2 },
    files: 2,
    streams: ["png"],
    ratio: 3 / 2,
    seconds: null,
  },
  {
    model: "sora-2",
    input: { prompt: "waves roll onto a beach", aspect_ratio: "9:16", duration: 10 },
    files: 1,
    streams: ["h264", "aac"],
    ratio: 9 / 16,
    seconds: 10,
  },
  {
    model: "grok-imagine",
    input: { prompt: "a red fox in snow", aspect_ratio: "1:1", duration: 6 },
    files: 1,
    streams: ["h264", "aac"],
    ratio: 1,
    seconds: 6,
  },
  {
    model: "generate-music",
    input: { prompt: "a quiet evening", custom_mode: false, instrumental: true, mv: "V5" },
    files: 4,
    streams: ["mp3"],
    ratio: null,
    seconds: null,
  },
] as const;

test(
  "files of every kind play in another decoder, and rendering holds up nobody",
  DECODER,
  async (context) => {
    const folder = await mkdtemp(join(tmpdir(), "vidgo-media-"));
    context.after(() => rm(folder, { recursive: true }));
    const lagFile = join(folder, "lag.json");
    const gateway = await tryGatewayProcess(context, {
      nodeArguments: ["--import", MEASURE_LAG],
      environment: { VIDGO_TEST_LAG_FILE: lagFile },
    });
    const taskIds = await Promise.all(WISHES.map((wish) => submit(gateway, wish)));
    for (const [index, wish] of WISHES.entries()) {
      const urls = await finish(gateway, taskIds[index] ?? "");
      assert.equal(urls.length, wish.files, wish.model);
      const path = join(folder, `file-${index}`);
      const response = await fetch(urls[0] ?? "");
      assert.equal(response.status, 200);
      await writeFile(path, Buffer.from(await response.arrayBuffer()));
      assertPlays(path, wish);
    }
    assert.equal(await gateway.stop(), 0, gateway.output);
    const lag = JSON.parse(await readFile(lagFile, "utf8"));
    context.diagnostic(`event loop lag p99 ${lag.p99Ms.toFixed(1)} ms, worst ${lag.maxMs} ms`);
    assert.ok(lag.count > 1_000, `${lag.count} samples`);
    assert.ok(lag.p99Ms < LAG_P99_MAX_MS, `p99 ${lag.p99Ms} ms`);
  },
);

test("a file's link answers 410 when its life is over, and 200 until then", async (context) => {
  const lifeMs = 5_400;
  const gateway = await tryGatewayProcess(context, {
    environment: { VIDGO_FILE_LIFE_HOURS: String(lifeMs / 3_600_000) },
  });
  const input = { prompt: "a red fox in snow", size: "1:1", output_format: "jpg" };
  const taskId = await submit(gateway, { model: "flux-kontext-pro", input });
  const [url = ""] = await finish(gateway, taskId);
  const first = await fetch(url);
  assert.equal(first.status, 200);
  assert.equal(first.headers.get("content-type"), "image/jpeg");
  await first.arrayBuffer();
  let status = 200;
  for (const endMs = Date.now() + 4 * lifeMs; status === 200 && Date.now() < endMs; ) {
    await sleep(100);
    const answer = await fetch(url);
    await answer.arrayBuffer();
    status = answer.status;
  }
  assert.equal(status, 410);
  // The task itself stays finished: what ended is the life of its files.
  assert.equal((await look(gateway, taskId)).status, "finished");
});

/** What a test looks into without naming its shape. */
type Parsed = ReturnType<typeof JSON.parse>;

async function submit(
  gateway: GatewayProcess,
  { model, input }: { readonly model: string; readonly input: unknown },
): Promise<string> {
  const response = await fetch(`${gateway.url}/api/generate/submit`, {
    method: "POST",
    headers: { authorization: `Bearer ${gateway.key}`, "content-type": "application/json" },
    body: JSON.stringify({ model, input }),
  });
  const body: Parsed = await response.json();
  assert.equal(response.status, 200, JSON.stringify(body));
  return body.data.task_id;
}

/** Waits for the end, within the limit of the test, and gives the links. */
async function finish(gateway: GatewayProcess, taskId: string): Promise<readonly string[]> {
  let task = await look(gateway, taskId);
  for (
    ;
    task.status !== "finished" && task.status !== "failed";
    task = await look(gateway, taskId)
  ) {
    await sleep(200);
  }
  assert.equal(task.status, "finished", JSON.stringify(task));
  return task.files.map(({ file_url: url }: { readonly file_url: string }) => url);
}

async function look(gateway: GatewayProcess, taskId: string): Promise<Parsed> {
  const headers = { authorization: `Bearer ${gateway.key}` };
  const response = await fetch(`${gateway.url}/api/generate/status/${taskId}`, { headers });
  const body: Parsed = await response.json();
  return body.data;
}

function assertPlays(path: string, wish: (typeof WISHES)[number]): void {
  const facts = probe(path);
  for (const codec of wish.streams) {
    assert.ok(facts.codecs.includes(codec), `${wish.model}: ${facts.codecs.join(", ")}`);
  }
  if (wish.ratio !== null) {
    const ratio = facts.width / facts.height;
    assert.ok(Math.abs(ratio / wish.ratio - 1) < 0.02, `${wish.model}: ${ratio}`);
  }
  if (wish.seconds !== null) {
    assert.ok(Math.abs(facts.seconds - wish.seconds) < 0.25, `${wish.model}: ${facts.seconds} s`);
  }
  // Decodes every frame and sample; a damaged one is named on stderr.
  const decoded = spawnSync("ffmpeg", ["-v", "error", "-i", path, "-f", "null", "-"]);
  assert.equal(decoded.stderr.toString(), "", wish.model);
  assert.equal(decoded.status, 0);
}

interface Facts {
  readonly codecs: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
}

function probe(path: string): Facts {
  const words = ["-v", "error", "-show_streams", "-show_format", "-of", "json", path];
  const { streams, format } = JSON.parse(execFileSync("ffprobe", words, { encoding: "utf8" }));
  const list: readonly { codec_name: string; width?: number; height?: number }[] = streams;
  const picture = list.find(({ width }) => width !== undefined);
  return {
    codecs: list.map(({ codec_name: name }) => name),
    width: picture?.width ?? 0,
    height: picture?.height ?? 0,
    seconds: Number(format.duration ?? 0),
  };
}

function hasDecoder(): boolean {
  return ["ffmpeg", "ffprobe"].every(
    (program) => spawnSync(program, ["-version"], { stdio: "ignore" }).status === 0,
  );
}
