import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type EngineBench, openEngineBench } from "../../test/support/engine.ts";
import { type ScriptedProvider, scriptedProvider } from "../../test/support/scripted-provider.ts";
import type { Production } from "../core/outcome.ts";
import type { JsonObject } from "../lib/json.ts";
import { runClaim } from "./attempt.ts";
import { submitTask } from "./submit.ts";

const SONG = { prompt: "rain", custom_mode: false, instrumental: true, mv: "V5" };
const MODELS = ["generate-music", "extend-music", "convert-to-wav", "generate-music-cover"];

interface Scene {
  readonly bench: EngineBench;
  readonly provider: ScriptedProvider;
  submit(model: string, input: JsonObject): Promise<string>;
  /** Works on everything that is due; the provider answers with `production` or fails. */
  work(production: Production | null): Promise<void>;
}

async function setup(): Promise<Scene> {
  const provider = scriptedProvider("upstream", MODELS, {});
  const other = scriptedProvider("other", MODELS, {});
  const bench = await openEngineBench({ providers: [other, provider] });
  const { context, projectId, clock } = bench;
  // The first route would be `other`; the song is made by the second to show the pinning.
  other.prepare = () => ({ kind: "refused", error: ELSEWHERE });
  return {
    bench,
    provider,
    async submit(model, input) {
      const submitter = { projectId, keyId: "key", mode: "live" } as const;
      const command = { model, input, callbackUrl: null, idempotency: null, loopback: false };
      return (await submitTask(context, submitter, command)).task.id;
    },
    async work(production) {
      provider.submit = async () =>
        production === null
          ? { kind: "rejected", error: REFUSED }
          : { kind: "completed", production };
      for (let round = 0; round < 2; round += 1) {
        const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
        for (const due of await context.store.tasks.claimDue(claim)) await runClaim(context, due);
      }
    },
  };
}

const REFUSED = {
  code: "generation_failed",
  message: "It failed",
  retry: "never",
  retryAfterMs: null,
  billed: "no",
} as const;
const ELSEWHERE = { ...REFUSED, code: "model_unavailable", retry: "other-route" } as const;

/** A song whose only file is a picture: the engine asks for the kind that is declared. */
function song(audioId: string, name: string): Production {
  const track = { kind: "track", audioId, image: null, title: "Rain", tags: "calm" } as const;
  return {
    artifacts: [{ source: { kind: "staged", name }, media: "image" }],
    outputs: [{ ...track, audio: 0, durationS: 60, prompt: "" }],
    creations: [{ id: audioId, kind: "audio", file: null, ref: { clip: "up-1" } }],
    meta: null,
  };
}

const TEXT: Production = {
  artifacts: [],
  outputs: [{ kind: "text", fields: { style: "calm" } }],
  creations: [],
  meta: null,
};

describe("lineage", () => {
  test("submitTask() answers 404 for a task or audio that the project does not have", async () => {
    const scene = await setup();
    await using _bench = scene.bench;
    const unknown = { task_id: "task-unified-1-x", audio_id: "none" };
    await assert.rejects(scene.submit("convert-to-wav", unknown), /Task or audio not found/);
    const extend = { default_param_flag: false, audio_id: "none", mv: "V5" };
    await assert.rejects(scene.submit("extend-music", extend), { status: 404 });
  });

  test("submitTask() refuses to build on a task that is not finished", async () => {
    const scene = await setup();
    await using _bench = scene.bench;
    const taskId = await scene.submit("generate-music", SONG);
    const input = { task_id: taskId };
    await assert.rejects(scene.submit("generate-music-cover", input), /not finished yet/);
    await scene.work(null);
    await assert.rejects(scene.submit("generate-music-cover", input), /has failed/);
  });

  test("submitTask() sends what builds on a song to the account that made it", async () => {
    const scene = await setup();
    await using bench = scene.bench;
    const taskId = await scene.submit("generate-music", SONG);
    await scene.work(song("audio-1", await bench.stagePicture()));
    const wavId = await scene.submit("convert-to-wav", { task_id: taskId, audio_id: "audio-1" });
    const view = await bench.context.store.tasks.find(bench.projectId, wavId);
    assert.deepEqual(
      view?.task.routes.map(({ provider, account }) => [provider, account]),
      [["upstream", "upstream-account"]],
    );
    await scene.work(TEXT);
    const sources = scene.provider.requests.at(-1)?.sources ?? [];
    assert.deepEqual(
      sources.map(({ id, ref }) => [id, ref]),
      [["audio-1", { clip: "up-1" }]],
    );
  });

  test("submitTask() answers 409 for a one-shot operation repeated, unless it failed", async () => {
    const scene = await setup();
    await using bench = scene.bench;
    const taskId = await scene.submit("generate-music", SONG);
    await scene.work(song("audio-1", await bench.stagePicture()));
    const input = { task_id: taskId, audio_id: "audio-1" };
    const words = /WAV record already exists for this audio/;
    await scene.submit("convert-to-wav", input);
    await assert.rejects(scene.submit("convert-to-wav", input), words);
    await scene.work(null);
    await scene.submit("convert-to-wav", input);
    await scene.work(TEXT);
    await assert.rejects(scene.submit("convert-to-wav", input), { status: 409 });
  });
});
