import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ACE_STEP_KEY, openAceStep } from "../../../test/support/fakes/ace-step.ts";
import { SOUND } from "../../../test/support/fakes/media.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import { IDEA, SONG_SAMPLES, SUNG } from "../../../test/support/song-samples.ts";
import type { Observation } from "../../core/outcome.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import { UpstreamFailure } from "../provider.ts";
import states from "./fixtures/states.json" with { type: "json" };
import { aceStep } from "./provider.ts";

const SUBJECT = { provider: aceStep, openFake: openAceStep, secret: { key: ACE_STEP_KEY } };
const setup = (): Promise<ProviderRig> => openProviderRig(SUBJECT);

testProvider({
  ...SUBJECT,
  samples: SONG_SAMPLES,
});

const COMMON = { audio_format: "mp3", batch_size: 2, thinking: true };

/** Inputs, and the bodies that they become. */
const BODIES: readonly (readonly [JsonObject, JsonObject])[] = [
  [IDEA, { ...COMMON, sample_query: "first day at the sea" }],
  [
    { ...SUNG, vocal_gender: "m", negative_tags: "drums" },
    {
      ...COMMON,
      prompt: "folk, accordion, male vocals, without drums",
      lyrics: SUNG.prompt ?? "",
    },
  ],
  [
    { ...SUNG, instrumental: true, prompt: "rain on a roof", vocal_gender: "f" },
    { ...COMMON, prompt: "folk, accordion, rain on a roof", lyrics: "[Instrumental]" },
  ],
];

describe("prepare()", () => {
  test("maps ideas, lyrics and instrumentals to what the server takes", async () => {
    await using rig = await setup();
    for (const [input, body] of BODIES) {
      assert.deepEqual(member(rig.ready("generate-music", input), "body"), body);
    }
  });

  test("names a model only where a route does", async () => {
    await using rig = await setup();
    const change = { upstreamModel: "acestep-v15-base" };
    const prepared = rig.ready("generate-music", IDEA, change);
    assert.equal(member(prepared, "body", "model"), "acestep-v15-base");
  });

  test("refuses a voice that only another provider knows", async () => {
    await using rig = await setup();
    const input = { ...SUNG, persona_id: "p" };
    const preparation = rig.prepare("generate-music", SUNG, { input });
    assert.equal(preparation.kind === "refused" ? preparation.error.retry : "", "other-route");
  });
});

async function accepted(rig: ProviderRig): Promise<Json> {
  const outcome = await rig.submit(rig.ready("generate-music", SUNG));
  assert.ok(outcome.kind === "accepted", JSON.stringify(outcome));
  return outcome.operation;
}

/** Polls once, with the handle that the last answer gave. */
async function follow(rig: ProviderRig, operation: Json): Promise<[Observation, Json]> {
  const seen = await rig.poll(operation);
  return [seen, (seen.kind === "pending" ? seen.operation : undefined) ?? operation];
}

describe("poll()", () => {
  test("waits in the queue, works, and gives two songs", async () => {
    await using rig = await setup();
    const production = await rig.run(rig.ready("generate-music", SUNG));
    assert.equal(production.outputs.length, 2);
    const [first, second] = production.outputs;
    assert.ok(first?.kind === "track" && second?.kind === "track");
    assert.notEqual(first.audioId, second.audioId);
    assert.deepEqual(
      [first.title, first.durationS, first.prompt],
      ["Tide", 62.5, "[Verse]\nThe tide comes in"],
    );
    const [artifact] = production.artifacts;
    assert.ok(artifact !== undefined);
    assert.deepEqual(await rig.read(artifact), SOUND);
  });

  for (const { name, entry, expected } of states) {
    test(`reads ${name}`, async () => {
      await using rig = await setup();
      const operation = await accepted(rig);
      const body = { data: [{ task_id: "job-1", ...entry }], code: 200, error: null };
      rig.fake.spoil("poll", { kind: "answer", answer: { body } });
      const seen = await rig.poll(operation);
      assert.deepEqual({ ...seen, ...expected }, seen, JSON.stringify(seen));
    });
  }

  test("is patient with an empty list before the work, for five minutes", async () => {
    await using rig = await setup();
    rig.fake.forget();
    let [seen, operation] = await follow(rig, await accepted(rig));
    rig.fake.forget();
    for (const waitedMs of [0, 100_000, 100_000, 99_000]) {
      await rig.clock.advance(waitedMs);
      [seen, operation] = await follow(rig, operation);
      assert.equal(seen.kind, "pending", String(waitedMs));
    }
    await rig.clock.advance(1_000);
    [seen] = await follow(rig, operation);
    assert.equal(seen.kind, "lost");
  });

  test("knows soon that a server has forgotten a job that was at work", async () => {
    await using rig = await setup();
    let operation = await accepted(rig);
    let seen: Observation;
    [seen, operation] = await follow(rig, operation);
    [seen, operation] = await follow(rig, operation);
    assert.equal(seen.kind === "pending" ? seen.phase : "", "running");
    rig.fake.forget();
    [seen, operation] = await follow(rig, operation);
    assert.equal(seen.kind, "pending");
    await rig.clock.advance(30_000);
    [seen] = await follow(rig, operation);
    assert.equal(seen.kind, "lost");
  });
});

describe("open()", () => {
  test("says that a song is gone, so that it is made again", async () => {
    await using rig = await setup();
    const ref = { file: "/v1/audio?path=%2Ftmp%2Fgone-0.mp3" };
    await assert.rejects(
      async () => aceStep.open?.(ref, rig.context),
      (error) => error instanceof UpstreamFailure && error.error.code === "result_expired",
    );
  });

  test("never leaves the server, whatever a result names", async () => {
    await using rig = await setup();
    for (const file of ["https://evil.example.com/a.mp3", "http://127.0.0.1:1/a.mp3"]) {
      await assert.rejects(
        async () => aceStep.open?.({ file }, rig.context),
        (error) => error instanceof UpstreamFailure && error.error.code === "internal",
      );
    }
  });
});
