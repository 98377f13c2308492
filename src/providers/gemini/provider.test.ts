import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApiError, GoogleGenAI } from "@google/genai";
import { GEMINI_KEY, MOVED_FILE, openGemini } from "../../../test/support/fakes/gemini.ts";
import { FILM, PICTURE, SOUND } from "../../../test/support/fakes/media.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import { IDEA, SONG_SAMPLES } from "../../../test/support/song-samples.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { gemini } from "./provider.ts";

const LAKE = "https://media.example.com/lake.png";
const SUBJECT = {
  provider: gemini,
  openFake: openGemini,
  secret: { key: GEMINI_KEY },
  basePath: "/v1beta",
  // No model of the catalogue is Omni's own: it stands in where the operator allows it.
  upstreamModels: { "sora-2": "gemini-omni-1.2-flash", "seedance-2": "gemini-omni-1.1-flash" },
};
const WAVES = { prompt: "waves", duration: 10, aspect_ratio: "9:16" };

async function setup(): Promise<ProviderRig> {
  const rig = await openProviderRig(SUBJECT);
  rig.serve(LAKE, PICTURE);
  return rig;
}

testProvider({
  ...SUBJECT,
  refusals,
  samples: {
    picture: { model: "nano-banana", input: { prompt: "a lake", size: "16:9" } },
    edit: { model: "nano-banana-2-edit", input: { prompt: "winter", image_urls: [LAKE] } },
    film: { model: "sora-2", input: WAVES },
    "film from a picture": { model: "sora-2", input: { ...WAVES, image_urls: [LAKE] } },
    ...SONG_SAMPLES,
  },
  files: { [LAKE]: PICTURE },
});

describe("the fake speaks the protocol", () => {
  test("the vendor's client makes a picture and is refused", async () => {
    await using fake = await openGemini();
    const client = (apiKey: string) =>
      new GoogleGenAI({ apiKey, httpOptions: { baseUrl: fake.url } }).models;
    const model = "gemini-nano-banana-2.1";
    const made = await client(GEMINI_KEY).generateContent({
      model,
      contents: "a lake",
      config: { responseModalities: ["IMAGE"], imageConfig: { aspectRatio: "16:9" } },
    });
    const part = made.candidates?.[0]?.content?.parts?.at(-1);
    assert.deepEqual(Buffer.from(part?.inlineData?.data ?? "", "base64"), PICTURE);
    const refused = await client("AIzaOther")
      .generateContent({ model, contents: "x" })
      .catch((error: unknown) => error);
    assert.ok(refused instanceof ApiError && refused.status === 401, String(refused));
    assert.equal(fake.taken, 1);
  });

  test("the vendor's client makes a film and a song, and stops a film", async () => {
    await using fake = await openGemini();
    const options = { apiKey: GEMINI_KEY, httpOptions: { baseUrl: fake.url } };
    const { interactions } = new GoogleGenAI(options);
    const wish = { model: "gemini-omni-1.1-flash", input: "waves", background: true } as const;
    const begun = await interactions.create({
      ...wish,
      response_format: { type: "video", duration: "8s", aspect_ratio: "16:9", delivery: "uri" },
    });
    assert.equal(begun.status, "in_progress");
    assert.equal((await interactions.get(begun.id)).status, "queued");
    assert.equal((await interactions.get(begun.id)).status, "in_progress");
    const film = (await interactions.get(begun.id)).output_video;
    assert.match(film?.uri ?? "", /\/v1beta\/files\/job-1:download\?alt=media$/);
    const song = await interactions.create({ model: "lyria-3.5", input: "waves" });
    assert.deepEqual(Buffer.from(song.output_audio?.data ?? "", "base64"), SOUND);
    assert.equal(song.output_text, "[Verse]\nWaves come in");
    const other = await interactions.create(wish);
    assert.equal((await interactions.cancel(other.id)).status, "cancelled");
    const long = { type: "video", duration: "11s" } as const;
    for (const wrong of [
      interactions.create({ ...wish, response_format: long }),
      interactions.get("job-99"),
    ]) {
      const error = await wrong.catch((thrown: unknown) => thrown);
      assert.equal(Reflect.get(Object(error), "status"), 400, String(error));
    }
  });
});

/** Model and input, and what they become. */
const BODIES: readonly (readonly [string, JsonObject, string, JsonObject])[] = [
  [
    "nano-banana",
    { prompt: "a lake", size: "21:9" },
    "gemini-nano-banana-2.1",
    {
      generationConfig: { responseModalities: ["IMAGE"], imageConfig: { aspectRatio: "21:9" } },
    },
  ],
  [
    "nano-banana-2",
    { prompt: "a lake", resolution: "4K" },
    "gemini-3-pro-image",
    {
      generationConfig: {
        responseModalities: ["IMAGE"],
        imageConfig: { aspectRatio: "1:1", imageSize: "4K" },
      },
    },
  ],
  [
    "nano-banana-2-new",
    { prompt: "a lake", google_search: true },
    "gemini-3.1-flash-image",
    {
      generationConfig: {
        responseModalities: ["IMAGE"],
        imageConfig: { aspectRatio: "1:1", imageSize: "1K" },
      },
      tools: [{ googleSearch: {} }],
    },
  ],
];

describe("prepare()", () => {
  test("maps ratio, tier and search", async () => {
    await using rig = await setup();
    for (const [model, input, upstream, body] of BODIES) {
      const prepared = rig.ready(model, input);
      assert.equal(member(prepared, "model"), upstream);
      assert.deepEqual(member(prepared, "body"), body);
    }
  });

  test("refuses what it would have to leave out", async () => {
    await using rig = await setup();
    const crowd = Array.from({ length: 15 }, () => LAKE);
    const cases: readonly (readonly [JsonObject, RegExp])[] = [
      [{ prompt: "x", seed: 1 }, /^seed is not supported by this provider$/],
      [{ prompt: "x", size: "5:1" }, /^size 5:1 is not supported/],
      [{ prompt: "x", size: { width: 2_048, height: 1_024 } }, /^size 2048x1024 is not supported/],
      [{ prompt: "x", image_urls: crowd }, /^more than 14 image_urls/],
    ];
    for (const [input, message] of cases) {
      const preparation = rig.prepare("nano-banana", { prompt: "x" }, { input });
      assert.match(preparation.kind === "refused" ? preparation.error.message : "", message);
    }
  });
});

/** How the upstream ends it with a success, and what that is. */
const ENDINGS: readonly (readonly [string, string, string])[] = [
  ["block:PROHIBITED_CONTENT", "content_policy", "input"],
  ["SAFETY", "content_policy", "output"],
  ["IMAGE_SAFETY", "content_policy", "output"],
  ["IMAGE_PROHIBITED_CONTENT", "content_policy", "output"],
  ["RECITATION", "content_policy", "output"],
  ["IMAGE_RECITATION", "content_policy", "output"],
  ["NO_IMAGE", "generation_failed", ""],
  ["IMAGE_OTHER", "generation_failed", ""],
  ["STOP", "generation_failed", ""],
];

describe("submit()", () => {
  test("reads a refusal that comes as a success", async () => {
    for (const [ending, code, stage] of ENDINGS) {
      await using rig = await setup();
      rig.fake.ending = ending;
      const outcome = await rig.submit(rig.ready("nano-banana", { prompt: "x" }));
      assert.ok(outcome.kind === "rejected", ending);
      assert.deepEqual([outcome.error.code, outcome.error.stage ?? ""], [code, stage], ending);
      assert.equal(outcome.error.retry, "never");
    }
  });

  test("takes the picture, not the sketches on the way to it", async () => {
    await using rig = await setup();
    const { artifacts } = await rig.run(rig.ready("nano-banana", { prompt: "x" }));
    assert.equal(artifacts.length, 1);
    const [artifact] = artifacts;
    assert.ok(artifact !== undefined);
    assert.deepEqual(await rig.read(artifact), PICTURE);
  });

  test("sends a customer's pictures inside the body, never as their URL", async () => {
    await using rig = await setup();
    await rig.run(rig.ready("nano-banana-edit", { prompt: "winter", image_urls: [LAKE] }));
    const [sent] = rig.fake.seen;
    assert.ok(sent !== undefined);
    assert.ok(sent.body.includes(PICTURE.toString("base64")));
    assert.ok(!sent.body.includes("media.example.com"));
    assert.equal(sent.query.size, 0, "the key is no part of the address");
  });
});

/** What a film's body has beside the rest. */
function filmBody(task: string, format: JsonObject): JsonObject {
  return {
    ...{ model: "gemini-omni-1.2-flash", background: true },
    response_format: { type: "video", delivery: "uri", ...format },
    generation_config: { video_config: { task } },
  };
}

describe("films", () => {
  test("are asked for in the background, with pictures as bytes", async () => {
    await using rig = await setup();
    const format = { aspect_ratio: "9:16", duration: "10s" };
    await rig.submit(rig.ready("sora-2", WAVES));
    assert.deepEqual(rig.fake.seen.at(-1)?.json, {
      ...filmBody("text_to_video", format),
      input: "waves",
    });
    await rig.submit(rig.ready("sora-2", { ...WAVES, image_urls: [LAKE] }));
    const data = PICTURE.toString("base64");
    assert.deepEqual(rig.fake.seen.at(-1)?.json, {
      ...filmBody("image_to_video", format),
      input: [
        { type: "image", data, mime_type: "image/png" },
        { type: "text", text: "waves" },
      ],
    });
  });

  test("refuse what they would have to leave out", async () => {
    await using rig = await setup();
    const cases: readonly (readonly [JsonObject, RegExp])[] = [
      [{ ...WAVES, duration: 25 }, /^duration 25 is not .* 3 to 15 seconds$/],
      [{ ...WAVES, aspect_ratio: "1:1" }, /^aspect_ratio 1:1 is not/],
      [{ ...WAVES, resolution: "1024p" }, /^resolution 1024p is not/],
      [{ ...WAVES, style: "anime" }, /^style is not supported/],
      [{ ...WAVES, sound: false }, /^a film without sound is not/],
      [{ ...WAVES, mode: "spicy" }, /^mode spicy is not/],
      [{ ...WAVES, image_urls: [LAKE, LAKE] }, /^image_urls must have one/],
      [{ ...WAVES, reference_image_urls: [LAKE, LAKE, LAKE, LAKE] }, /^reference_image_urls/],
    ];
    for (const [input, message] of cases) {
      const preparation = rig.prepare("sora-2", { prompt: "x" }, { input });
      assert.match(preparation.kind === "refused" ? preparation.error.message : "", message);
    }
    const long = { prompt: "x", duration: 11, resolution: "720p" };
    const first = rig.prepare("seedance-2", long);
    assert.match(first.kind === "refused" ? first.error.message : "", /3 to 10 seconds$/);
  });

  test("are told as refused, failed or made, whatever their answer looks like", async () => {
    const endings: readonly (readonly [string, string])[] = [
      ["words", "content_policy output"],
      ["tokens", "generation_failed "],
      ["SAFETY", "content_policy input"],
      ["internal_error", "generation_failed "],
      ["incomplete", "generation_failed "],
      ["budget_exceeded", "generation_failed "],
      ["requires_action", "generation_failed "],
    ];
    for (const [ending, expected] of endings) {
      await using rig = await setup();
      rig.fake.pollsUntilDone = 0;
      rig.fake.ending = ending;
      await rig.submit(rig.ready("sora-2", WAVES));
      const seen = await rig.poll({ id: "job-1", song: null });
      assert.ok(seen.kind === "failed", `${ending} ${JSON.stringify(seen)}`);
      assert.equal(`${seen.error.code} ${seen.error.stage ?? ""}`, expected, ending);
    }
    for (const ending of ["inline", "moved"]) {
      await using rig = await setup();
      rig.serve(MOVED_FILE, FILM);
      rig.fake.ending = ending;
      const { artifacts } = await rig.run(rig.ready("sora-2", WAVES));
      assert.deepEqual(await rig.read(artifacts[0] ?? assert.fail(ending)), FILM, ending);
    }
  });

  test("are lost only when their name is not known, not on any other wrong argument", async () => {
    await using rig = await setup();
    assert.equal((await rig.poll({ id: "job-9" })).kind, "lost");
    const body: Json = [{ error: { code: 400, message: "API key not valid", status: "INVALID" } }];
    rig.fake.spoil("poll", { kind: "answer", answer: { status: 400, body } });
    assert.equal((await rig.poll({ id: "job-9" })).kind, "unreachable");
  });

  test("are asked for at the account's own host alone", async () => {
    await using rig = await setup();
    const uri = "https://evil.example.com/v1beta/files/abc:download?alt=media";
    const output = [{ type: "video", uri }];
    const steps: Json = [{ type: "model_output", content: output }];
    const answer = { body: { id: "job-1", status: "completed", steps } };
    rig.fake.spoil("poll", { kind: "answer", answer });
    const seen = await rig.poll({ id: "job-1", song: null });
    assert.ok(seen.kind === "completed");
    await rig.read(seen.production.artifacts[0] ?? assert.fail("no film"));
    assert.equal(rig.fake.seen.at(-1)?.path, "/v1beta/files/abc:download");
  });
});

describe("songs", () => {
  test("keep lyrics to the letter and say the rest in words", async () => {
    await using rig = await setup();
    const input = {
      ...{ custom_mode: true, instrumental: false, mv: "V5", title: "Sea", style: "Folk" },
      ...{ prompt: "[Verse]\nLa la", vocal_gender: "f", negative_tags: "drums" },
    };
    const { outputs } = await rig.run(rig.ready("generate-music", input));
    const text =
      "Style: Folk\n\nSung by a female voice.\n\nWithout: drums\n\n" +
      "Lyrics, to be sung as they are:\n[Verse]\nLa la";
    assert.deepEqual(rig.fake.seen.at(-1)?.json, { model: "lyria-3.5", input: text });
    assert.partialDeepStrictEqual(outputs[0], {
      ...{ kind: "track", title: "Sea", tags: "Folk", prompt: "[Verse]\nLa la" },
    });
  });

  test("tell the words that the service wrote, and how long they last", async () => {
    await using rig = await setup();
    const { outputs } = await rig.run(rig.ready("generate-music", IDEA));
    const [track] = outputs;
    assert.ok(track?.kind === "track");
    assert.equal(track.prompt, "[Verse]\nWaves come in");
    assert.ok(track.durationS > 0);
  });

  test("are not made for a voice that the service does not know", async () => {
    await using rig = await setup();
    const preparation = rig.prepare("generate-music", IDEA, {
      input: { ...IDEA, persona_id: "p" },
    });
    assert.match(preparation.kind === "refused" ? preparation.error.message : "", /^persona_id/);
  });

  test("that are refused come as a success with words alone", async () => {
    await using rig = await setup();
    rig.fake.ending = "words";
    const outcome = await rig.submit(rig.ready("generate-music", IDEA));
    assert.equal(outcome.kind === "rejected" ? outcome.error.code : "", "content_policy");
  });
});
