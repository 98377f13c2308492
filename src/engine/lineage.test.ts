import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type EngineBench, openEngineBench } from "../../test/support/engine.ts";
import { type ScriptedProvider, scriptedProvider } from "../../test/support/scripted-provider.ts";
import type { Mode } from "../core/key.ts";
import type { Production } from "../core/outcome.ts";
import type { JsonObject } from "../lib/json.ts";
import { runClaim } from "./attempt.ts";
import { quoteTask, submitTask } from "./submit.ts";

const SONG = { prompt: "rain", custom_mode: false, instrumental: true, mv: "V5" };
const MODELS = [
  "generate-music",
  "extend-music",
  "convert-to-wav",
  "generate-music-cover",
  "generate-persona",
];

interface Scene {
  readonly bench: EngineBench;
  readonly provider: ScriptedProvider;
  readonly other: ScriptedProvider;
  submit(model: string, input: JsonObject, mode?: Mode): Promise<string>;
  quote(model: string, input: JsonObject, mode?: Mode): Promise<number | null>;
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
    other,
    async submit(model, input, mode = "live") {
      const submitter = { projectId, keyId: "key", mode };
      const command = { model, input, callbackUrl: null, idempotency: null, loopback: false };
      return (await submitTask(context, submitter, command)).task.id;
    },
    quote: (model, input, mode = "live") =>
      quoteTask(context, { projectId, mode }, { model, input, loopback: false }),
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

const PERSONA: Production = {
  artifacts: [],
  outputs: [{ kind: "text", fields: { persona_id: "persona-2" } }],
  creations: [{ id: "persona-2", kind: "persona", file: null, ref: null }],
  meta: null,
};

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

  test("neither submitTask() nor quoteTask() takes a test on to who made a live song", async () => {
    const scene = await setup();
    await using bench = scene.bench;
    const taskId = await scene.submit("generate-music", SONG);
    await scene.work(song("audio-1", await bench.stagePicture()));
    const input = { task_id: taskId, audio_id: "audio-1" };
    for (const ask of [scene.submit, scene.quote]) {
      await assert.rejects(ask("convert-to-wav", input, "test"), {
        code: "invalid_request",
        message: /^a test key builds on what the offline engine made only/,
      });
    }
    assert.equal(await scene.quote("convert-to-wav", input), 1_000);
    const balance = await bench.context.store.tasks.balance(bench.projectId);
    await scene.submit("convert-to-wav", input);
    assert.equal(await bench.context.store.tasks.balance(bench.projectId), balance - 1_000);
  });

  test("submitTask() gives no live task to the offline engine that is to have none", async () => {
    const offline = scriptedProvider("offline", MODELS, {});
    await using bench = await openEngineBench({
      providers: [offline],
      settings: { offline: "never" },
    });
    const { context, projectId, clock } = bench;
    const submit = (mode: Mode, model: string, input: JsonObject) =>
      submitTask(
        context,
        { projectId, keyId: "key", mode },
        { model, input, callbackUrl: null, idempotency: null, loopback: false },
      );
    const { task } = await submit("test", "generate-music", SONG);
    const production = song("audio-1", await bench.stagePicture());
    offline.submit = async () => ({ kind: "completed", production });
    const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
    for (const due of await context.store.tasks.claimDue(claim)) await runClaim(context, due);
    const input = { task_id: task.id, audio_id: "audio-1" };
    await submit("test", "convert-to-wav", input);
    await assert.rejects(submit("live", "convert-to-wav", input), {
      code: "unavailable",
      message: /made by offline, which does not serve it now/,
    });
  });

  test("submitTask() and quoteTask() refuse a persona that another provider made", async () => {
    const scene = await setup();
    await using bench = scene.bench;
    await scene.submit("generate-music", SONG);
    await scene.work(song("audio-1", await bench.stagePicture()));
    scene.other.prepare = () => ({ kind: "ready", prepared: null, notes: [] });
    const elsewhere = song("audio-2", await bench.stagePicture());
    scene.other.submit = async () => ({ kind: "completed", production: elsewhere });
    const otherId = await scene.submit("generate-music", SONG);
    await scene.work(null);
    const words = { name: "n", description: "d" };
    const persona = { task_id: otherId, audio_id: "audio-2", ...words };
    scene.other.submit = async () => ({ kind: "completed", production: PERSONA });
    await scene.submit("generate-persona", persona);
    await scene.work(null);
    const wish = { default_param_flag: false, audio_id: "audio-1", mv: "V5" };
    for (const ask of [scene.submit, scene.quote]) {
      await assert.rejects(ask("extend-music", { ...wish, persona_id: "persona-2" }), {
        code: "invalid_request",
        message: /^persona_id names what another provider or account made/,
      });
    }
    await scene.submit("extend-music", { ...wish, audio_id: "audio-2", persona_id: "persona-2" });
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
