import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openEngineBench } from "../../test/support/engine.ts";
import { scriptedProvider } from "../../test/support/scripted-provider.ts";
import { GatewayError } from "../core/error.ts";
import type { Production } from "../core/outcome.ts";
import type { JsonObject } from "../lib/json.ts";
import { createCatalogue } from "../models/catalogue.ts";
import { runClaim } from "./attempt.ts";
import { quoteTask, submitTask } from "./submit.ts";

const MUSIC = createCatalogue().models.filter(({ media }) => media === "music");

const SONG_MAKERS = [
  "generate-music",
  "extend-music",
  "upload-and-cover-audio",
  "upload-and-extend-audio",
  "add-instrumental",
  "add-vocals",
  "replace-section",
];
const OWN_SONGS = ["generate-music", "extend-music"];

/** Which models' tasks each model takes, as the documentation has it. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  "extend-music": SONG_MAKERS,
  "replace-section": SONG_MAKERS,
  "get-timestamped-lyrics": SONG_MAKERS,
  "generate-persona": [...OWN_SONGS, "upload-and-cover-audio", "upload-and-extend-audio"],
  "generate-music-cover": SONG_MAKERS,
  "convert-to-wav": OWN_SONGS,
  "separate-vocals": OWN_SONGS,
  "stem-split": OWN_SONGS,
  "create-music-video": OWN_SONGS,
};

const provider = scriptedProvider(
  "upstream",
  MUSIC.map(({ id }) => id),
  {},
);
const bench = await openEngineBench({ providers: [provider] });
after(() => bench[Symbol.asyncDispose]());
const { context, projectId, clock } = bench;
const base = await finished("generate-music", "base", null);

for (const source of MUSIC) {
  test(`submitTask() builds on a task of ${source.id} what may be built on it`, async () => {
    const made = await finished(source.id, `of ${source.id}`, base);
    for (const [consumer, takes] of Object.entries(TAKES)) {
      const input = inputFor(consumer, made);
      const quoted = quoteTask(
        context,
        { projectId, mode: "live" },
        { model: consumer, input, loopback: false },
      );
      const name = `${consumer} on ${source.id}`;
      if (takes.includes(source.id)) await assert.doesNotReject(quoted, name);
      else await assert.rejects(quoted, (error) => isRefusal(error, source.id, consumer), name);
    }
  });
}

test("the table names every model that builds on an earlier task", () => {
  const builders = MUSIC.filter(({ examples }) =>
    examples.some((input) => "task_id" in input || "audio_id" in input),
  );
  assert.deepEqual(builders.map(({ id }) => id).sort(), Object.keys(TAKES).sort());
});

test("submitTask() takes no persona for a song and no song for a persona", async () => {
  const song = await finished("generate-music", "the song", null);
  const persona = await finished("generate-persona", "the persona", song);
  const idea = { prompt: "rain", custom_mode: false, instrumental: true, mv: "V5" };
  const wishes: readonly (readonly [string, JsonObject])[] = [
    ["extend-music", { default_param_flag: false, audio_id: persona.audioId, mv: "V5" }],
    ["generate-music", { ...idea, persona_id: song.audioId }],
  ];
  for (const [model, input] of wishes) {
    const quoted = quoteTask(
      context,
      { projectId, mode: "live" },
      { model, input, loopback: false },
    );
    await assert.rejects(quoted, { status: 404 }, model);
  }
});

interface Parent {
  readonly taskId: string;
  readonly audioId: string;
}

function isRefusal(error: unknown, source: string, consumer: string): boolean {
  assert.ok(error instanceof GatewayError);
  if (!SONG_MAKERS.includes(source)) return error.status === 404 || error.status === 400;
  const takes = TAKES[consumer]?.join(", ");
  const message = `task_id must name a task of ${takes} for ${consumer} (got one of ${source})`;
  assert.deepEqual([error.status, error.message], [400, message]);
  return true;
}

/** The first documented input, with ids of a task that is there. */
function inputFor(model: string, { taskId, audioId }: Parent): JsonObject {
  const example = MUSIC.find(({ id }) => id === model)?.examples[0] ?? {};
  const ids = Object.entries({ task_id: taskId, audio_id: audioId });
  const named = ids.filter(([name]) => Object.hasOwn(example, name));
  return { ...example, ...Object.fromEntries(named) };
}

/** Lets a task end with what its model makes: a song, or words. */
async function finished(model: string, creationId: string, parent: Parent | null): Promise<Parent> {
  const input = inputFor(model, parent ?? { taskId: "", audioId: "" });
  const submitter = { projectId, keyId: "key", mode: "live" } as const;
  const command = { model, input, callbackUrl: null, idempotency: null, loopback: false };
  const { task } = await submitTask(context, submitter, command);
  const production = await productionOf(model, creationId);
  provider.submit = async () => ({ kind: "completed", production });
  for (let round = 0; round < 2; round += 1) {
    const claim = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
    for (const due of await context.store.tasks.claimDue(claim)) await runClaim(context, due);
  }
  const view = await context.store.tasks.find(projectId, task.id);
  assert.equal(view?.task.stage, "finished", model);
  return { taskId: task.id, audioId: creationId };
}

async function productionOf(model: string, id: string): Promise<Production> {
  if (!SONG_MAKERS.includes(model)) {
    const persona = { id, kind: "persona", file: null, ref: null } as const;
    return {
      artifacts: [],
      outputs: [{ kind: "text", fields: { words: "la" } }],
      creations: model === "generate-persona" ? [persona] : [],
      meta: null,
    };
  }
  const words = { title: "Rain", tags: "calm", prompt: "" };
  return {
    artifacts: [{ source: { kind: "staged", name: await bench.stagePicture() }, media: "image" }],
    outputs: [{ kind: "track", audioId: id, audio: 0, image: null, durationS: 240, ...words }],
    creations: [{ id, kind: "audio", file: 0, ref: null }],
    meta: null,
  };
}
