import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FILM, PICTURE, SOUND } from "../../../test/support/fakes/media.ts";
import { MINIMAX_KEY, openMinimax } from "../../../test/support/fakes/minimax.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import { IDEA, SONG_SAMPLES, SUNG } from "../../../test/support/song-samples.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import type { CallbackReading } from "../provider.ts";
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { minimax } from "./provider.ts";

const DAWN = "https://media.example.com/dawn.png";
const DUSK = "https://media.example.com/dusk.png";
const CLIP = "https://media.example.com/clip.mp4";
const TUNE = "https://media.example.com/tune.mp3";
const DATA = `data:image/png;base64,${PICTURE.toString("base64")}`;
const SUBJECT = {
  provider: minimax,
  openFake: openMinimax,
  secret: { key: MINIMAX_KEY },
  files: { [DAWN]: PICTURE, [DUSK]: PICTURE, [TUNE]: SOUND },
};
const FOX = { prompt: "a fox", duration: 6, resolution: "768p" };
const COVER = { ...SUNG, upload_url: TUNE };

const setup = (): Promise<ProviderRig> => openProviderRig(SUBJECT);

testProvider({
  ...SUBJECT,
  refusals,
  samples: {
    film: { model: "hailuo-2.3", input: FOX },
    "film between frames": {
      model: "hailuo-02",
      input: { prompt: "it grows", image_urls: [DAWN], end_image_url: DUSK, duration: 10 },
    },
    "film of the second version": {
      model: "minimax/h3/image-to-video",
      input: { prompt: "it moves", image_urls: [DAWN] },
    },
    ...SONG_SAMPLES,
    cover: { model: "upload-and-cover-audio", input: COVER },
    words: { model: "generate-lyrics", input: { prompt: "bees" } },
  },
});

const SOUND_SETTING = { sample_rate: 44_100, bitrate: 256_000, format: "mp3" };
const AS_LINK = { output_format: "url", audio_setting: SOUND_SETTING };

/** Model and input, and the endpoint and the body that they become. */
const BODIES: readonly (readonly [string, JsonObject, string, JsonObject])[] = [
  [
    "hailuo-2.3",
    { ...FOX, resolution: "1080p", start_image_url: DAWN, prompt_optimizer: false },
    "/v1/video_generation",
    {
      model: "MiniMax-Hailuo-2.3",
      prompt: "a fox",
      duration: 6,
      resolution: "1080P",
      prompt_optimizer: false,
      first_frame_image: DATA,
    },
  ],
  [
    "hailuo-02-pro",
    { prompt: "a tide", image_urls: [DAWN], end_image_url: DUSK },
    "/v1/video_generation",
    {
      model: "MiniMax-Hailuo-02",
      prompt: "a tide",
      duration: 6,
      resolution: "1080P",
      first_frame_image: DATA,
      last_frame_image: DATA,
    },
  ],
  [
    "minimax/h3/text-to-video",
    { prompt: "a tide", duration: 15, aspect_ratio: "21:9" },
    "/v2/video_generation",
    {
      model: "MiniMax-H3",
      content: [{ type: "text", text: "a tide" }],
      duration: 15,
      resolution: "2K",
      ratio: "21:9",
    },
  ],
  [
    "minimax/h3/image-to-video",
    { prompt: "a tide", image_urls: [DAWN, DUSK] },
    "/v2/video_generation",
    {
      model: "MiniMax-H3",
      content: [
        { type: "text", text: "a tide" },
        { type: "image_url", image_url: { url: DATA }, role: "first_frame" },
        { type: "image_url", image_url: { url: DATA }, role: "last_frame" },
      ],
      duration: 5,
      resolution: "2K",
    },
  ],
  [
    "minimax/h3/reference-to-video",
    {
      prompt: "they meet",
      aspect_ratio: "adaptive",
      reference_image_urls: [DAWN],
      reference_video_urls: [CLIP],
      reference_audio_urls: [TUNE],
    },
    "/v2/video_generation",
    {
      model: "MiniMax-H3",
      content: [
        { type: "text", text: "they meet" },
        { type: "image_url", image_url: { url: DATA }, role: "reference_image" },
        {
          type: "audio_url",
          audio_url: { url: `data:audio/mpeg;base64,${SOUND.toString("base64")}` },
          role: "reference_audio",
        },
        { type: "video_url", video_url: { url: CLIP }, role: "reference_video" },
      ],
      duration: 5,
      resolution: "2K",
      ratio: "adaptive",
    },
  ],
  [
    "generate-music",
    { ...SUNG, vocal_gender: "f", negative_tags: "drums" },
    "/v1/music_generation",
    {
      model: "music-2.6",
      prompt: "folk, accordion. female vocals. Without: drums",
      lyrics: SUNG.prompt ?? null,
      ...AS_LINK,
    },
  ],
  [
    "generate-music",
    { ...SUNG, instrumental: true },
    "/v1/music_generation",
    {
      model: "music-2.6",
      prompt: `folk, accordion. ${SUNG.prompt}`,
      is_instrumental: true,
      ...AS_LINK,
    },
  ],
  [
    "generate-music",
    IDEA,
    "/v1/music_generation",
    { model: "music-2.6", prompt: IDEA.prompt ?? null, lyrics_optimizer: true, ...AS_LINK },
  ],
  [
    "upload-and-cover-audio",
    COVER,
    "/v1/music_generation",
    {
      model: "music-cover",
      prompt: "folk, accordion",
      lyrics: SUNG.prompt ?? null,
      ...AS_LINK,
      audio_base64: SOUND.toString("base64"),
    },
  ],
  [
    "generate-lyrics",
    { prompt: "bees" },
    "/v1/lyrics_generation",
    { mode: "write_full_song", prompt: "bees" },
  ],
];

describe("submit()", () => {
  test("sends what the input asks for, and files as bytes", async () => {
    for (const [model, input, path, body] of BODIES) {
      await using rig = await setup();
      const outcome = await rig.submit(rig.ready(model, input));
      assert.notEqual(outcome.kind, "rejected", `${model}: ${JSON.stringify(outcome)}`);
      const [sent] = rig.fake.seen;
      assert.equal(sent?.path, path);
      assert.deepEqual(sent?.json, body);
    }
  });

  test("reads a failure inside an HTTP 200 as an unknown outcome, not as a refusal", async () => {
    await using rig = await setup();
    for (const status_code of [1000, 1001, 1024, 1033]) {
      const body = { base_resp: { status_code, status_msg: "unknown error" } };
      rig.fake.spoil("submit", { kind: "answer", answer: { body } });
      const outcome = await rig.submit(rig.ready("hailuo-2.3", FOX));
      assert.equal(outcome.kind, "unknown", String(status_code));
    }
  });

  test("gives a song with its length, and lyrics as words", async () => {
    await using rig = await setup();
    const song = await rig.run(rig.ready("generate-music", SUNG));
    const [track] = song.outputs;
    assert.ok(track?.kind === "track");
    assert.deepEqual([track.title, track.tags, track.durationS], ["Tide", "folk, accordion", 62.5]);
    const words = await rig.run(rig.ready("generate-lyrics", { prompt: "bees" }));
    assert.deepEqual(words.outputs, [
      { kind: "text", fields: { title: "Tide", text: "[Verse]\nThe tide comes in" } },
    ]);
  });
});

describe("prepare()", () => {
  test("tells where to call back, where that is an address of ours", async () => {
    await using rig = await setup();
    const callbackUrl = "https://gateway.example.com/callbacks/1";
    const prepared = rig.ready("hailuo-2.3", FOX, { callbackUrl });
    assert.equal(member(prepared, "body", "callback_url"), callbackUrl);
    const second = rig.ready("minimax/h3/text-to-video", { prompt: "x" }, { callbackUrl });
    assert.equal(member(second, "body", "callback_url"), `${callbackUrl}?api=v2`);
  });

  test("chooses a shape where the second version has to be told one, and says so", async () => {
    await using rig = await setup();
    const preparation = rig.prepare("minimax/h3/text-to-video", { prompt: "x" });
    assert.ok(preparation.kind === "ready");
    assert.equal(member(preparation.prepared, "body", "ratio"), "16:9");
    assert.deepEqual(preparation.notes, ["aspect_ratio is 16:9 unless said"]);
  });

  test("refuses what it would have to leave out", async () => {
    await using rig = await setup();
    const cases: readonly (readonly [string, JsonObject, RegExp])[] = [
      ["hailuo-02", { ...FOX, resolution: "512P" }, /^resolution 512P is supported .* image_urls/],
      [
        "hailuo-02",
        { ...FOX, resolution: "512P", image_urls: [DAWN], end_image_url: DUSK },
        /^end_image_url is not supported at 512P/,
      ],
      ["hailuo-2.3", { ...FOX, resolution: "1080p", duration: 10 }, /^duration 10 is not/],
      ["hailuo-2.3", { ...FOX, prompt: "x".repeat(2_001) }, /^prompt must be 2000 characters/],
      ["hailuo-2.3", { ...FOX, seed: 1 }, /^seed is not supported/],
      ["hailuo-2.3", { ...FOX, duration: 8 }, /^duration 8 is not supported; .* 6 or 10 seconds$/],
      ["hailuo-2.3", { ...FOX, resolution: "720p" }, /^resolution 720P is not supported/],
      ["hailuo-2.3", { ...FOX, image_urls: [DAWN, DUSK] }, /^image_urls must have one picture/],
      ["minimax/h3/text-to-video", { prompt: "x", duration: 4 }, /^duration 4 .* 5 to 15 seconds$/],
      ["minimax/h3/text-to-video", { prompt: "x", resolution: "720p" }, /^resolution 720p is not/],
      [
        "minimax/h3/image-to-video",
        { prompt: "x", image_urls: [DAWN, DUSK, DAWN] },
        /^image_urls must have two frames/,
      ],
      ["minimax/h3/text-to-video", { prompt: "x", seed: 1 }, /^seed is not supported/],
      [
        "minimax/h3/reference-to-video",
        { prompt: "x", reference_video_urls: ["http://127.0.0.1:8787/files/a.mp4"] },
        /^reference_video_urls\[0\] must lead to a public address/,
      ],
      ["generate-music", { ...SUNG, prompt: "x".repeat(3_501) }, /^prompt must be 3500 .* lyrics/],
      ["generate-music", { ...SUNG, persona_id: "p" }, /^persona_id is not supported/],
      ["generate-music", { ...IDEA, prompt: "x".repeat(2_001) }, /^prompt and style must be 2000/],
      ["upload-and-cover-audio", { ...COVER, instrumental: true }, /^instrumental is not/],
      ["upload-and-cover-audio", { ...COVER, style: "folk" }, /^prompt and style must have 10 to/],
    ];
    for (const [model, input, message] of cases) {
      const change = { input, upstreamModel: minimax.models[model] ?? "" };
      const preparation = rig.prepare("generate-lyrics", { prompt: "x" }, change);
      assert.ok(preparation.kind === "refused", model);
      assert.match(preparation.error.message, message);
      assert.equal(preparation.error.retry, "other-route");
    }
    const strange = rig.prepare("hailuo-2.3", FOX, { upstreamModel: "T2V-01" });
    assert.match(strange.kind === "refused" ? strange.error.message : "", /^upstream_model T2V-01/);
  });
});

test("prepare() says that a film has the shape of its first frame", async () => {
  await using rig = await setup();
  const input = { prompt: "x", image_urls: [DAWN], aspect_ratio: "9:16" };
  const upstreamModel = "MiniMax-H3";
  const preparation = rig.prepare("generate-lyrics", { prompt: "x" }, { input, upstreamModel });
  const notes = preparation.kind === "ready" ? preparation.notes : [];
  assert.deepEqual(notes, ["aspect_ratio follows the first picture"]);
});

/** A model, how its job ends, and what it is. */
const ENDINGS: readonly (readonly [string, string, string, string])[] = [
  ["hailuo-2.3", "1027", "content_policy", "output"],
  ["hailuo-2.3", "1026", "content_policy", "input"],
  ["hailuo-2.3", "1000", "generation_failed", ""],
  ["minimax/h3/text-to-video", "1027", "content_policy", "output"],
  ["minimax/h3/text-to-video", "cancelled", "generation_failed", ""],
  ["minimax/h3/text-to-video", "expired", "generation_failed", ""],
];

describe("poll()", () => {
  test("asks for the file when the film is made", async () => {
    await using rig = await setup();
    const { artifacts } = await rig.run(rig.ready("hailuo-2.3", FOX));
    const [artifact] = artifacts;
    assert.ok(artifact !== undefined);
    assert.deepEqual(await rig.read(artifact), FILM);
    const { path, query } = rig.fake.seen.at(-2) ?? {};
    assert.deepEqual([path, query?.get("file_id")], ["/v1/files/retrieve", "f-job-1"]);
  });

  test("keeps what a film of the second version took", async () => {
    await using rig = await setup();
    const { meta } = await rig.run(rig.ready("minimax/h3/text-to-video", { prompt: "x" }));
    assert.equal(member(meta, "usage", "total_seconds"), 5);
  });

  test("reads how a job failed, although the question went well", async () => {
    for (const [model, ending, code, stage] of ENDINGS) {
      await using rig = await setup();
      rig.fake.pollsUntilDone = 0;
      rig.fake.ending = ending;
      const input = model === "hailuo-2.3" ? FOX : { prompt: "x" };
      const outcome = await rig.submit(rig.ready(model, input));
      assert.ok(outcome.kind === "accepted");
      const seen = await rig.poll(outcome.operation);
      assert.ok(seen.kind === "failed", `${ending}: ${JSON.stringify(seen)}`);
      assert.deepEqual([seen.error.code, seen.error.stage ?? ""], [code, stage], ending);
    }
  });
});

describe("callback()", () => {
  const read = async (
    rig: ProviderRig,
    body: Json,
    query = "",
  ): Promise<CallbackReading | undefined> =>
    minimax.callback?.(
      {
        headers: new Headers(),
        body: Buffer.from(JSON.stringify(body)),
        url: new URL(`https://gateway.example.com/callbacks/1${query}`),
      },
      rig.context,
    );

  test("gives a challenge back, and takes it for nothing else", async () => {
    await using rig = await setup();
    assert.deepEqual(await read(rig, { challenge: "1a3cs1j-601a-118y-ch52-o48911eabc3u" }), {
      trust: "unsigned",
      operation: null,
      observation: null,
      reply: { status: 200, body: '{"challenge":"1a3cs1j-601a-118y-ch52-o48911eabc3u"}' },
    });
  });

  test("tells the id of a job as its submit does, and nothing that would be believed", async () => {
    await using rig = await setup();
    const outcome = await rig.submit(rig.ready("hailuo-2.3", FOX));
    assert.ok(outcome.kind === "accepted");
    for (const status of ["processing", "success", "failed"]) {
      const told = await read(rig, { task_id: "job-1", status, file_id: "f", base_resp: {} });
      assert.deepEqual(told?.operation, outcome.operation);
      assert.deepEqual([told?.trust, told?.observation, told?.reply], ["unsigned", null, null]);
    }
    assert.equal((await read(rig, { hello: 1 }))?.operation, null);
    const second = await rig.submit(rig.ready("minimax/h3/text-to-video", { prompt: "x" }));
    assert.ok(second.kind === "accepted");
    for (const body of [{ task_id: "job-2" }, { task: { id: "job-2", status: "running" } }]) {
      assert.deepEqual((await read(rig, body, "?api=v2"))?.operation, second.operation);
    }
  });
});
