import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ElevenLabsClient, ElevenLabsError } from "@elevenlabs/elevenlabs-js";
import fc from "fast-check";
import { ELEVENLABS_KEY, openElevenlabs } from "../../../test/support/fakes/elevenlabs.ts";
import { SOUND } from "../../../test/support/fakes/media.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import { IDEA, SONG_SAMPLES, SUNG } from "../../../test/support/song-samples.ts";
import type { JsonObject } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import { listAt, numberAt, textAt } from "../reading.ts";
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { elevenlabs } from "./provider.ts";

const SUBJECT = {
  provider: elevenlabs,
  openFake: openElevenlabs,
  secret: { key: ELEVENLABS_KEY },
};
const setup = (): Promise<ProviderRig> => openProviderRig(SUBJECT);

testProvider({
  ...SUBJECT,
  refusals,
  samples: SONG_SAMPLES,
});

describe("the fake speaks the protocol", () => {
  test("the vendor's client composes from a prompt and from a plan, and is refused", async () => {
    await using fake = await openElevenlabs();
    const client = new ElevenLabsClient({ apiKey: ELEVENLABS_KEY, environment: fake.url });
    const once = { maxRetries: 0 };
    const made = await client.music.compose({ prompt: "a waltz", modelId: "music_v2_5" }, once);
    assert.deepEqual(Buffer.from(await new Response(made).arrayBuffer()), SOUND);
    const chunk = { text: "[Verse]\nLa la", durationMs: 10_000, positiveStyles: ["folk"] };
    const compositionPlan = { chunks: [chunk] };
    await client.music.compose({ compositionPlan, modelId: "music_v2_5" }, once);
    await assert.rejects(client.music.compose({}, once), ElevenLabsError);
    const stranger = new ElevenLabsClient({ apiKey: "sk_other", environment: fake.url });
    await assert.rejects(stranger.music.compose({ prompt: "x" }, once), ElevenLabsError);
    assert.equal(fake.taken, 2);
  });
});

/** Inputs, and the bodies that they become. */
const BODIES: readonly (readonly [JsonObject, JsonObject])[] = [
  [IDEA, { model_id: "music_v2_5", prompt: "first day at the sea", force_instrumental: false }],
  [
    {
      prompt: "rainy Sunday",
      style: "Lo-fi jazz",
      title: "Second Cup",
      custom_mode: true,
      instrumental: true,
      mv: "V5",
      negative_tags: "metal",
      vocal_gender: "f",
    },
    {
      model_id: "music_v2_5",
      prompt: "Lo-fi jazz. rainy Sunday. Without: metal",
      force_instrumental: true,
    },
  ],
  [
    { ...SUNG, vocal_gender: "f", negative_tags: "drums" },
    {
      model_id: "music_v2_5",
      composition_plan: {
        chunks: [
          {
            text: "[Verse 1]\nThe tide comes in\nThe boats go out",
            duration_ms: 8_000,
            positive_styles: ["folk", "accordion", "female vocals"],
            negative_styles: ["drums"],
          },
          {
            text: "[Chorus]\nOh, the sea",
            duration_ms: 4_000,
            positive_styles: ["folk", "accordion", "female vocals"],
            negative_styles: ["drums"],
          },
        ],
      },
    },
  ],
];

describe("prepare()", () => {
  test("maps an idea to a prompt, and lyrics to a plan that keeps them", async () => {
    await using rig = await setup();
    for (const [input, body] of BODIES) {
      assert.deepEqual(member(rig.ready("generate-music", input), "body"), body);
    }
  });

  test("refuses a voice that only another provider knows, and a song without end", async () => {
    await using rig = await setup();
    const persona = rig.prepare("generate-music", SUNG, { input: { ...SUNG, persona_id: "p" } });
    assert.equal(persona.kind === "refused" ? persona.error.retry : "", "other-route");
    const prompt = Array.from({ length: 400 }, () => "La la").join("\n");
    const endless = rig.prepare("generate-music", { ...SUNG, prompt });
    assert.match(endless.kind === "refused" ? endless.error.message : "", /10 minutes at most/);
  });

  test("says which hints have no place", async () => {
    await using rig = await setup();
    const weighed = rig.prepare("generate-music", { ...SUNG, style_weight: 0.5 });
    assert.deepEqual(weighed.kind === "ready" ? weighed.notes : [], [
      "style_weight has no equivalent and is left out",
    ]);
  });

  test("cuts any lyrics into parts that the endpoint takes, and loses no word", async () => {
    await using rig = await setup();
    const line = fc.oneof(
      fc.constantFrom("", "[Verse 1]", "[Chorus]", "[Outro]", "Oh"),
      fc
        .array(fc.constantFrom("sea", "boat", "tide", "x".repeat(40)), { maxLength: 12 })
        .map((words) => words.join(" ")),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 60 }), (lines) => {
        const prompt = `La\n${lines.join("\n")}`;
        const preparation = rig.prepare("generate-music", { ...SUNG, prompt });
        if (preparation.kind === "refused") return;
        const chunks = listAt(member(preparation.prepared, "body", "composition_plan"), "chunks");
        const texts = chunks.map((chunk) => textAt(chunk, "text") ?? "");
        assert.equal(words(texts.join("\n")), words(prompt));
        for (const chunk of chunks) {
          const durationMs = numberAt(chunk, "duration_ms") ?? 0;
          assert.ok(durationMs >= 3_000 && durationMs <= 120_000);
        }
        for (const text of texts) {
          const sung = text.split("\n").filter((each) => !/^\[.*\]$/.test(each));
          assert.ok(sung.length <= 30 && sung.every((each) => each.length <= 200));
        }
      }),
      { numRuns: 200 },
    );
  });
});

function words(text: string): string {
  return text.split(/\s+/).filter(Boolean).join(" ");
}

describe("submit()", () => {
  test("gives one track with its words, and tells how long it is", async () => {
    await using rig = await setup();
    const production = await rig.run(rig.ready("generate-music", SUNG));
    const [output] = production.outputs;
    assert.ok(output?.kind === "track");
    assert.deepEqual(
      [output.title, output.tags, output.prompt],
      ["Tide", "folk, accordion", SUNG.prompt],
    );
    assert.ok(output.durationS > 0.1 && output.durationS < 60, String(output.durationS));
    assert.deepEqual(production.meta, { song_id: "song-job-1" });
    assert.equal(production.creations[0]?.id, output.audioId);
  });

  test("leaves a song that breaks off unknown, and keeps no half of it", async () => {
    await using rig = await setup();
    rig.fake.spoil("submit", { kind: "truncate" });
    const outcome = await rig.submit(rig.ready("generate-music", IDEA));
    assert.equal(outcome.kind, "unknown");
    assert.equal(rig.fake.taken, 1);
  });
});
