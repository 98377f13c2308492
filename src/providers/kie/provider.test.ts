import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { KIE_KEY, openKie } from "../../../test/support/fakes/kie.ts";
import { SOUND } from "../../../test/support/fakes/media.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import { IDEA, SONG_SAMPLES, SUNG } from "../../../test/support/song-samples.ts";
import type { Json } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { kieProvider } from "./provider.ts";

const SUBJECT = {
  provider: kieProvider({
    models: { "grok-imagine": "grok-imagine", "generate-music": "suno" },
    media: { "grok-imagine": "video", "generate-music": "music", "z-image": "image" },
  }),
  openFake: openKie,
  secret: { key: KIE_KEY },
};
const FILM = { prompt: "a fox", aspect_ratio: "16:9", mode: "spicy", duration: 6 };

const setup = (): Promise<ProviderRig> => openProviderRig(SUBJECT);

testProvider({
  ...SUBJECT,
  refusals,
  samples: { film: { model: "grok-imagine", input: FILM }, ...SONG_SAMPLES },
});

async function accepted(rig: ProviderRig, prepared: Json): Promise<Json> {
  const outcome = await rig.submit(prepared);
  assert.ok(outcome.kind === "accepted", JSON.stringify(outcome));
  return outcome.operation;
}

describe("prepare()", () => {
  test("maps films to the market, with the mode that only it has", async () => {
    await using rig = await setup();
    assert.deepEqual(member(rig.ready("grok-imagine", FILM), "body"), {
      model: "grok-imagine/text-to-video",
      input: { prompt: "a fox", aspect_ratio: "16:9", mode: "spicy", duration: 6 },
    });
  });

  test("maps songs, and calls back nobody where there is no address of ours", async () => {
    await using rig = await setup();
    const common = { customMode: false, instrumental: false, model: "V4" };
    assert.deepEqual(member(rig.ready("generate-music", IDEA), "body"), {
      ...common,
      prompt: IDEA.prompt,
      callBackUrl: "https://callback.invalid/",
    });
    const callbackUrl = "https://gateway.example.com/callbacks/1";
    const input = { ...SUNG, vocal_gender: "f", negative_tags: "drums", style_weight: 0.5 };
    const prepared = rig.ready("generate-music", SUNG, { input, callbackUrl });
    assert.deepEqual(member(prepared, "body"), {
      customMode: true,
      instrumental: false,
      model: "V5",
      prompt: SUNG.prompt,
      style: "folk, accordion",
      title: "Tide",
      vocalGender: "f",
      negativeTags: "drums",
      styleWeight: 0.5,
      callBackUrl: callbackUrl,
    });
  });

  test("refuses what it would have to leave out", async () => {
    await using rig = await setup();
    const strange = rig.prepare("grok-imagine", FILM, { input: { ...FILM, seed: 1 } });
    assert.match(strange.kind === "refused" ? strange.error.message : "", /^seed is not supported/);
    const inside = { ...FILM, image_urls: ["http://10.0.0.2/a.png"] };
    const hidden = rig.prepare("grok-imagine", FILM, { input: inside });
    assert.match(
      hidden.kind === "refused" ? hidden.error.message : "",
      /^image_urls\[0\] must lead/,
    );
    const picture = rig.prepare("grok-imagine", FILM, { model: "z-image" });
    assert.equal(picture.kind, "refused");
  });
});

describe("poll()", () => {
  test("follows songs from their words to the second of them, with covers", async () => {
    await using rig = await setup();
    rig.fake.pollsUntilDone = 3;
    const operation = await accepted(rig, rig.ready("generate-music", SUNG));
    const seen: unknown[] = [];
    for (let poll = 0; poll < 3; poll += 1) {
      const state = await rig.poll(operation);
      assert.ok(state.kind === "pending");
      seen.push([state.phase, state.progress]);
    }
    assert.deepEqual(seen, [
      ["queued", null],
      ["running", 30],
      ["running", 70],
    ]);
    const end = await rig.poll(operation);
    assert.ok(end.kind === "completed");
    const { outputs, artifacts, creations } = end.production;
    assert.deepEqual(
      outputs.map((output) => (output.kind === "track" ? [output.audio, output.image] : [])),
      [
        [0, 2],
        [1, 3],
      ],
    );
    assert.deepEqual(
      artifacts.map(({ media }) => media),
      ["audio", "audio", "image", "image"],
    );
    assert.deepEqual(creations[0]?.ref, { id: "job-1-song-1", task_id: "job-1" });
  });

  test("takes songs for made although the callback did not reach us", async () => {
    await using rig = await setup();
    rig.fake.ending = "CALLBACK_EXCEPTION";
    const { artifacts } = await rig.run(rig.ready("generate-music", IDEA));
    const [artifact] = artifacts;
    assert.ok(artifact !== undefined);
    assert.deepEqual(await rig.read(artifact), SOUND);
  });

  for (const [ending, code] of [
    ["SENSITIVE_WORD_ERROR", "content_policy"],
    ["GENERATE_AUDIO_FAILED", "generation_failed"],
    ["CREATE_TASK_FAILED", "generation_failed"],
  ] as const) {
    test(`reads an end by ${ending}`, async () => {
      await using rig = await setup();
      rig.fake.ending = ending;
      rig.fake.pollsUntilDone = 0;
      const seen = await rig.poll(await accepted(rig, rig.ready("generate-music", IDEA)));
      assert.ok(seen.kind === "failed", JSON.stringify(seen));
      assert.deepEqual([seen.error.code, seen.error.billed], [code, "unknown"]);
    });
  }

  test("gives no job up for a key that is not found", async () => {
    await using rig = await setup();
    const operation = await accepted(rig, rig.ready("grok-imagine", FILM));
    for (const [code, msg] of [
      [401, "The API key does not exist"],
      [500, "Upstream not found"],
    ] as const) {
      rig.fake.spoil("poll", { kind: "answer", answer: { body: { code, msg, data: null } } });
      const seen = await rig.poll(operation);
      assert.equal(seen.kind, "unreachable", msg);
    }
  });

  test("reads a film's result out of its text", async () => {
    await using rig = await setup();
    const production = await rig.run(rig.ready("grok-imagine", FILM));
    assert.equal(production.artifacts.length, 1);
    assert.deepEqual(production.meta, { cost_time: 9 });
  });
});

describe("callback()", () => {
  test("tells the id of songs or of a film, and nothing that would be believed", async () => {
    const { provider } = SUBJECT;
    await using rig = await setup();
    const read = (body: Json) =>
      provider.callback?.(
        {
          headers: new Headers(),
          body: Buffer.from(JSON.stringify(body)),
          url: new URL("https://gateway.example.com/callbacks/1"),
        },
        rig.context,
      );
    for (const callbackType of ["text", "first", "complete", "error"]) {
      const told = await read({ code: 200, data: { callbackType, task_id: "t-1", data: [] } });
      assert.deepEqual(
        [told?.trust, told?.operation, told?.observation],
        ["unsigned", { id: "t-1", kind: "songs" }, null],
      );
    }
    const film = await read({ data: { taskId: "t-2", state: "success" } });
    assert.deepEqual(film?.operation, { id: "t-2", kind: "film" });
    assert.equal((await read({ data: { taskId: "t-3" } }))?.operation, null);
  });
});
