import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type EngineBench, openEngineBench } from "../../test/support/engine.ts";
import {
  makeFolder,
  needsFfmpeg,
  sampleFilm,
  sampleSound,
} from "../../test/support/media-samples.ts";
import { scriptedProvider } from "../../test/support/scripted-provider.ts";
import type { Production } from "../core/outcome.ts";
import type { JsonObject } from "../lib/json.ts";
import { runClaim } from "./attempt.ts";
import { quoteTask, type SubmitCommand, type Submitted, submitTask } from "./submit.ts";

const MODELS = [
  "happy-horse",
  "seedance-2.0/reference-to-video",
  "wan2.6-video-to-video",
  "generate-music",
  "extend-music",
  "replace-section",
  "upload-and-extend-audio",
];

interface Scene {
  readonly bench: EngineBench;
  command(model: string, input: JsonObject): SubmitCommand;
  submit(model: string, input: JsonObject): Promise<Submitted>;
  quote(model: string, input: JsonObject): Promise<number | null>;
  /** Makes a task end with what is said. */
  work(production: Production): Promise<void>;
}

async function setup(): Promise<Scene> {
  const provider = scriptedProvider("upstream", MODELS, {});
  const bench = await openEngineBench({ providers: [provider], grant: 10_000_000 });
  const { context, projectId, clock } = bench;
  const submitter = { projectId, keyId: "key", mode: "live" } as const;
  const command = (model: string, input: JsonObject) => ({
    ...{ model, input, callbackUrl: null, idempotency: null, loopback: true },
  });
  return {
    bench,
    command,
    submit: (model, input) => submitTask(context, submitter, command(model, input)),
    quote: (model, input) => quoteTask(context, submitter, command(model, input)),
    async work(production) {
      provider.submit = async () => ({ kind: "completed", production });
      const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
      for (const due of await context.store.tasks.claimDue(claim)) await runClaim(context, due);
    },
  };
}

/** A server of files by their paths, and how often it was asked. */
async function serve(
  files: Readonly<Record<string, Buffer>>,
): Promise<AsyncDisposable & { readonly url: string; asked: number }> {
  const server = createServer((request, response) => {
    host.asked += 1;
    const bytes = files[request.url ?? ""];
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  const host = {
    url: `http://127.0.0.1:${address.port}`,
    asked: 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return host;
}

function film(seconds: number, words: readonly string[] = []): Buffer {
  using folder = makeFolder();
  const path = join(folder.path, "film.mp4");
  sampleFilm(path, seconds, words);
  return readFileSync(path);
}

/** A song of some seconds that ends a task of `generate-music`. */
async function song({ bench }: Scene, seconds: number): Promise<Production> {
  using folder = makeFolder();
  const made = join(folder.path, "song.mp3");
  sampleSound(made, seconds);
  const { name, path } = await bench.staging.reserve("mp3");
  await writeFile(path, readFileSync(made));
  const track = { kind: "track", audioId: "a1", image: null, title: "Rain", tags: "calm" } as const;
  return {
    artifacts: [{ source: { kind: "staged", name }, media: "audio" }],
    outputs: [{ ...track, audio: 0, durationS: seconds, prompt: "" }],
    creations: [{ id: "a1", kind: "audio", file: 0, ref: { clip: "up-1" } }],
    meta: null,
  };
}

describe("findLengths()", needsFfmpeg(), () => {
  test("measures a stranger's clip before its price is told and held", async () => {
    const scene = await setup();
    await using _bench = scene.bench;
    await using host = await serve({ "/a.mp4": film(4.5), "/b.mp4": film(3) });
    const edit = { prompt: "in oil", video_url: `${host.url}/a.mp4`, resolution: "720p" };
    assert.equal(await scene.quote("happy-horse", edit), 4 * 32_000);
    assert.equal((await scene.submit("happy-horse", edit)).task.hold, 4 * 32_000);
    const clips = [`${host.url}/a.mp4`, `${host.url}/b.mp4`];
    const input = { prompt: "so", duration: 5, resolution: "480p", reference_video_urls: clips };
    const { task } = await scene.submit("seedance-2.0/reference-to-video", input);
    assert.equal(task.hold, (5 + 4 + 3) * 11_500);
  });

  test("refuses a billed clip that is not there, no film, or does not say its length", async () => {
    const scene = await setup();
    await using _bench = scene.bench;
    const sound = film(1, ["-vn"]);
    const endless = film(1, ["-movflags", "empty_moov+frag_keyframe"]);
    await using host = await serve({
      ...{ "/sound.mp4": sound, "/endless.mp4": endless, "/text.mp4": Buffer.from("hello") },
    });
    for (const [path, message] of [
      ["gone", /^video_url must name a file that can be fetched, since its seconds are paid for/],
      ["text", /^video_url must name a file .+ \(An input file is no picture, film or sound/],
      ["sound", /^video_url must name a film of a known type$/],
      ["endless", /^video_url does not say how long it is, and its seconds are paid for/],
    ] as const) {
      const input = { prompt: "in oil", video_url: `${host.url}/${path}.mp4` };
      const code = "invalid_request";
      await assert.rejects(scene.submit("happy-horse", input), { code, message }, path);
      await assert.rejects(scene.quote("happy-horse", input), { code, message }, path);
    }
    assert.deepEqual(
      await scene.bench.context.store.tasks.list({ projectId: scene.bench.projectId, limit: 9 }),
      [],
    );
  });

  test("does not fetch what costs the same however long it is", async () => {
    const scene = await setup();
    await using _bench = scene.bench;
    await using host = await serve({});
    const input = { prompt: "in oil", video_urls: [`${host.url}/a.mp4`] };
    await scene.submit("wan2.6-video-to-video", input);
    assert.equal(host.asked, 0);
  });

  test("answers a repeated submit although the clip has gone meanwhile", async () => {
    const scene = await setup();
    await using _bench = scene.bench;
    const files: Record<string, Buffer> = { "/a.mp4": film(3) };
    await using host = await serve(files);
    const { context, projectId } = scene.bench;
    const submitter = { projectId, keyId: "key", mode: "live" } as const;
    const idempotency = { key: "k", fingerprint: "f" };
    const input = { prompt: "in oil", video_url: `${host.url}/a.mp4` };
    const command = { ...scene.command("happy-horse", input), idempotency };
    const { task } = await submitTask(context, submitter, command);
    delete files["/a.mp4"];
    const again = await submitTask(context, submitter, command);
    assert.deepEqual([again.replayed, again.task.id], [true, task.id]);
    const other = { ...command, idempotency: { ...idempotency, fingerprint: "g" } };
    await assert.rejects(submitTask(context, submitter, other), { code: "idempotency_mismatch" });
  });

  test("keeps sections and continuations within the track", async () => {
    const scene = await setup();
    await using _bench = scene.bench;
    const wish = { prompt: "rain", custom_mode: false, instrumental: true, mv: "V5" };
    const { task } = await scene.submit("generate-music", wish);
    await scene.work(await song(scene, 8));
    const words = { prompt: "a bridge", tags: "piano", title: "Rain" };
    const section = { task_id: task.id, audio_id: "a1", ...words };
    const custom = { default_param_flag: true, audio_id: "a1", mv: "V5" };
    const extension = { ...custom, prompt: "on", style: "calm", title: "Rain" };
    for (const [model, input, message] of [
      [
        "replace-section",
        { ...section, infill_start_s: 4, infill_end_s: 8.01 },
        /^infill_end_s must be between 0 and 8, the seconds of the track \(got 8.01\)$/,
      ],
      [
        "replace-section",
        { ...section, infill_start_s: 20, infill_end_s: 30 },
        /^infill_start_s must be between 0 and 8, the seconds of the track \(got 20\)$/,
      ],
      [
        "extend-music",
        { ...extension, continue_at: 8.01 },
        /^continue_at must be between 0 and 8, the seconds of the track \(got 8.01\)$/,
      ],
    ] as const) {
      await assert.rejects(scene.submit(model, input), { code: "invalid_request", message });
      await assert.rejects(scene.quote(model, input), { code: "invalid_request", message });
    }
    await scene.submit("replace-section", { ...section, infill_start_s: 4, infill_end_s: 8 });
    await scene.submit("extend-music", { ...extension, continue_at: 8 });
  });

  test("keeps a continuation within a recording of ours", async () => {
    const scene = await setup();
    await using _bench = scene.bench;
    const { context } = scene.bench;
    await scene.submit("generate-music", {
      ...{ prompt: "rain", custom_mode: false, instrumental: true, mv: "V5" },
    });
    await scene.work(await song(scene, 8));
    const [row] = await context.store.tasks.creations(scene.bench.projectId, ["a1"]);
    assert.ok(row?.fileRow);
    const wish = { default_param_flag: false, instrumental: true, mv: "V5" };
    const input = { ...wish, upload_url: context.fileUrl(row.fileRow) };
    await scene.submit("upload-and-extend-audio", { ...input, continue_at: 5 });
    await assert.rejects(scene.submit("upload-and-extend-audio", { ...input, continue_at: 60 }), {
      message: /^continue_at must be between 0 and 8, the seconds of the track \(got 60\)$/,
    });
  });
});
