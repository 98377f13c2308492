import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DASHSCOPE_KEY, openDashscope } from "../../../test/support/fakes/dashscope.ts";
import { PICTURE } from "../../../test/support/fakes/media.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import type { JsonObject } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { dashscope } from "./provider.ts";

const DAWN = "https://media.example.com/dawn.png";
const DUSK = "https://media.example.com/dusk.png";
const CLIP = "https://media.example.com/clip.mp4";
const DATA = `data:image/png;base64,${PICTURE.toString("base64")}`;
const SUBJECT = {
  provider: dashscope,
  openFake: openDashscope,
  secret: { key: DASHSCOPE_KEY },
  files: { [DAWN]: PICTURE, [DUSK]: PICTURE },
};
const FOX = { prompt: "a fox", duration: 5, resolution: "720p" };
const QWEN = "qwen-image-3.0/text-to-image";

const setup = (): Promise<ProviderRig> => openProviderRig(SUBJECT);

testProvider({
  ...SUBJECT,
  refusals,
  samples: {
    film: { model: "wan2.6-text-to-video", input: FOX },
    "film from a picture": {
      model: "wan2.6-image-to-video",
      input: { ...FOX, image_urls: [DAWN], multi_shots: true },
    },
    "character in a clip": {
      model: "wan-animate-replace",
      input: { video_url: CLIP, image_urls: [DAWN], resolution: "720p" },
    },
    "film of horses": { model: "happy-horse", input: { prompt: "they run" } },
    picture: { model: QWEN, input: { prompt: "a shop" } },
    "edited picture": {
      model: "qwen-image-3.0-pro/edit",
      input: { prompt: "at night", image_urls: [DAWN, DUSK], resolution: "2K", size: "21:9" },
    },
    "quick picture": { model: "z-image", input: { prompt: "a robot", size: "4:3" } },
  },
});

/** Model and input, then the model, its input and its parameters as they are sent. */
const BODIES: readonly (readonly [string, JsonObject, string, JsonObject, JsonObject])[] = [
  [
    "wan2.6-text-to-video",
    { ...FOX, resolution: "1080p", duration: 15, multi_shots: true },
    "wan2.6-t2v",
    { prompt: "a fox" },
    {
      size: "1920*1080",
      duration: 15,
      shot_type: "multi",
      prompt_extend: true,
      watermark: false,
    },
  ],
  [
    "wan2.6-image-to-video",
    { ...FOX, image_urls: [DAWN] },
    "wan2.6-i2v",
    { prompt: "a fox", img_url: DATA },
    { resolution: "720P", duration: 5, shot_type: "single", watermark: false },
  ],
  [
    "wan2.6-video-to-video",
    { ...FOX, duration: 10, video_urls: [CLIP], multi_shots: true },
    "wan2.6-r2v",
    { prompt: "a fox", reference_urls: [CLIP] },
    { size: "1280*720", duration: 10, shot_type: "multi", watermark: false },
  ],
  [
    "wan2.5-text-to-video",
    { prompt: "a fox", aspect_ratio: "480*832", negative_prompt: "rain", seed: 7 },
    "wan2.5-t2v-preview",
    { prompt: "a fox", negative_prompt: "rain" },
    { size: "480*832", duration: 5, watermark: false, seed: 7 },
  ],
  [
    "wan2.5-image-to-video",
    { prompt: "a fox", image_urls: [DAWN], resolution: "480p", duration: 10 },
    "wan2.5-i2v-preview",
    { prompt: "a fox", img_url: DATA },
    { resolution: "480P", duration: 10, watermark: false },
  ],
  [
    "wan2.2-image-to-video-fast",
    { prompt: "a fox", image_urls: [DAWN], resolution: "720p", seed: 1 },
    "wan2.2-i2v-flash",
    { prompt: "a fox", img_url: DATA },
    { resolution: "720P", watermark: false, seed: 1 },
  ],
  [
    "wan2.2-image-to-video-fast",
    { prompt: "a fox", image_urls: [DAWN, DUSK] },
    "wan2.2-kf2v-flash",
    { prompt: "a fox", first_frame_url: DATA, last_frame_url: DATA },
    { resolution: "480P", watermark: false },
  ],
  [
    "wan-animate-move",
    { video_url: CLIP, image_urls: [DAWN], resolution: "720p" },
    "wan2.2-animate-move",
    { image_url: DAWN, video_url: CLIP },
    { mode: "wan-std" },
  ],
  [
    "happy-horse",
    { prompt: "they run", aspect_ratio: "9:16", duration: 7, seed: 3 },
    "happyhorse-1.0-t2v",
    { prompt: "they run" },
    { resolution: "1080P", duration: 7, watermark: false, seed: 3, ratio: "9:16" },
  ],
  [
    "happy-horse",
    { image_urls: [DAWN], resolution: "720p" },
    "happyhorse-1.0-i2v",
    { media: [{ type: "first_frame", url: DATA }] },
    { resolution: "720P", duration: 5, watermark: false },
  ],
  [
    "happy-horse",
    { prompt: "they meet", reference_image_urls: [DAWN, DUSK] },
    "happyhorse-1.0-r2v",
    {
      prompt: "they meet",
      media: [
        { type: "reference_image", url: DATA },
        { type: "reference_image", url: DATA },
      ],
    },
    { resolution: "1080P", duration: 5, watermark: false, ratio: "16:9" },
  ],
  [
    "happy-horse",
    { prompt: "repaint", video_url: CLIP, reference_image_urls: [DAWN], audio_setting: "origin" },
    "happyhorse-1.0-video-edit",
    {
      prompt: "repaint",
      media: [
        { type: "video", url: CLIP },
        { type: "reference_image", url: DATA },
      ],
    },
    { resolution: "1080P", audio_setting: "origin", watermark: false },
  ],
  [
    QWEN,
    {
      prompt: "a shop",
      size: "3:2",
      output_format: "png",
      prompt_extend: false,
      negative_prompt: "rain",
      seed: 9,
    },
    "qwen-image-3.0",
    { messages: [{ role: "user", content: [{ text: "a shop" }] }] },
    {
      size: "1536*1024",
      n: 1,
      watermark: false,
      negative_prompt: "rain",
      prompt_extend: false,
      seed: 9,
    },
  ],
  [
    "qwen-image-3.0-pro/edit",
    { prompt: "at night", image_urls: [DAWN, DUSK], resolution: "2K" },
    "qwen-image-3.0-pro",
    {
      messages: [
        { role: "user", content: [{ image: DATA }, { image: DATA }, { text: "at night" }] },
      ],
    },
    { size: "2048*2048", n: 1, watermark: false },
  ],
  [
    "z-image",
    { prompt: "a robot", size: "9:16" },
    "z-image-turbo",
    { messages: [{ role: "user", content: [{ text: "a robot" }] }] },
    { size: "864*1536" },
  ],
];

describe("submit()", () => {
  test("sends what the input asks for, and pictures as bytes", async () => {
    for (const [model, given, upstreamModel, input, parameters] of BODIES) {
      await using rig = await setup();
      const outcome = await rig.submit(rig.ready(model, given));
      assert.notEqual(outcome.kind, "rejected", `${model}: ${JSON.stringify(outcome)}`);
      assert.deepEqual(rig.fake.seen[0]?.json, { model: upstreamModel, input, parameters });
    }
  });

  test("asks for a job where only jobs are taken, and for none where none is", async () => {
    await using rig = await setup();
    await rig.submit(rig.ready("wan2.6-text-to-video", FOX));
    await rig.submit(rig.ready(QWEN, { prompt: "a shop" }));
    assert.deepEqual(
      rig.fake.seen.map(({ headers }) => headers["x-dashscope-async"]),
      ["enable", undefined],
    );
    const url = `${rig.fake.url}/api/v1/services/aigc/video-generation/video-synthesis`;
    const headers = {
      authorization: `Bearer ${DASHSCOPE_KEY}`,
      "content-type": "application/json",
    };
    const refusal = await fetch(url, { method: "POST", headers, body: "{}" });
    assert.equal(refusal.status, 403, "as strict as the real one");
  });

  test("takes the finer mode of an animation from the route", async () => {
    await using rig = await setup();
    const input = { video_url: CLIP, image_urls: [DAWN], resolution: "720p" };
    const upstreamModel = "wan2.2-animate-mix@wan-pro";
    await rig.submit(rig.ready("wan-animate-replace", input, { upstreamModel }));
    assert.deepEqual(member(rig.fake.seen[0]?.json ?? null, "parameters"), { mode: "wan-pro" });
  });
});

describe("prepare()", () => {
  test("refuses what it would have to leave out", async () => {
    await using rig = await setup();
    const cases: readonly (readonly [string, JsonObject, RegExp])[] = [
      ["wan2.6-text-to-video", { prompt: "x".repeat(1_501) }, /^prompt must be 1500 characters/],
      ["wan2.6-text-to-video", { ...FOX, cfg: 1 }, /^cfg is not supported/],
      ["wan2.5-text-to-video", { prompt: "x", audio: "background_music" }, /^audio is not supp/],
      ["wan2.5-text-to-video", { prompt: "x", seed: -1 }, /^seed must be 0 to 2147483647/],
      [
        "wan2.5-text-to-video",
        { prompt: "x", negative_prompt: "x".repeat(501) },
        /^negative_prompt must be 500/,
      ],
      ["wan2.6-image-to-video", { ...FOX, image_urls: [DAWN, DUSK] }, /^image_urls must have one/],
      [
        "wan2.6-video-to-video",
        { ...FOX, video_urls: [CLIP, "http://127.0.0.1:8787/files/a.mp4"] },
        /^video_urls\[1\] must lead to a public address/,
      ],
      [
        "wan-animate-move",
        { video_url: CLIP, image_urls: ["http://10.0.0.2/a.png"], resolution: "720p" },
        /^image_urls\[0\] must lead to a public address/,
      ],
      ["wan-animate-move", { video_url: CLIP, resolution: "580p" }, /^resolution 580p .* 720p$/],
      ["happy-horse", { prompt: "x", image_urls: [DAWN, DUSK] }, /^image_urls must have one/],
      ["happy-horse", { prompt: "马".repeat(2_501) }, /^prompt must be 5000 characters/],
      [
        "happy-horse",
        { prompt: "x", enable_safety_checker: false },
        /^enable_safety_checker false/,
      ],
      [QWEN, { prompt: "x", size: { width: 1_000, height: 700 } }, /^size 1000x700 is not/],
      [QWEN, { prompt: "x", output_format: "jpeg" }, /^output_format jpeg is not supported/],
      ["z-image", { prompt: "x".repeat(801), size: "1:1" }, /^prompt must be 800 characters/],
    ];
    for (const [model, input, message] of cases) {
      const change = { input, upstreamModel: dashscope.models[model] ?? "" };
      const preparation = rig.prepare("generate-lyrics", { prompt: "x" }, change);
      assert.ok(preparation.kind === "refused", model);
      assert.match(preparation.error.message, message);
      assert.equal(preparation.error.retry, "other-route");
    }
    const strange = rig.prepare("wan2.6-text-to-video", FOX, { upstreamModel: "wan2.2-t2v-plus" });
    assert.match(strange.kind === "refused" ? strange.error.message : "", /^upstream_model wan2.2/);
  });

  test("makes the ratio of another model into pixels, or refuses it", async () => {
    await using rig = await setup();
    for (const [ratio, resolution, size] of [
      ["9:16", "720p", "720*1280"],
      ["16:9", "1080p", "1920*1080"],
      ["1:1", "720p", "960*960"],
      ["21:9", "720p", null],
    ] as const) {
      const input = { prompt: "a fox", duration: 10, aspect_ratio: ratio, resolution };
      const upstreamModel = "wan2.6-t2v";
      const preparation = rig.prepare("sora-2", { prompt: "x" }, { input, upstreamModel });
      if (size === null) {
        assert.match(
          preparation.kind === "refused" ? preparation.error.message : "",
          /^aspect_ratio 21:9 at 720p is not supported/,
        );
      } else {
        assert.ok(preparation.kind === "ready", JSON.stringify(preparation));
        assert.equal(member(preparation.prepared, "body", "parameters", "size"), size);
      }
    }
  });

  test("says that a long clip is cut", async () => {
    await using rig = await setup();
    const input = { prompt: "repaint", video_url: CLIP };
    const preparation = rig.prepare("happy-horse", input);
    assert.match(preparation.kind === "ready" ? preparation.notes.join() : "", /15 seconds/);
  });
});

/** How a job ends, and what it is. */
const ENDINGS: readonly (readonly [string, string, string])[] = [
  ["DataInspectionFailed: Input data may contain inappropriate content", "content_policy", "input"],
  [
    "DataInspectionFailed: Output data may contain inappropriate content",
    "content_policy",
    "output",
  ],
  ["IPInfringementSuspect: Suspected", "content_policy", "input"],
  ["InvalidParameter.DataInspection: Unable to download the media", "invalid_request", ""],
  ["InternalError.Algo: It failed", "generation_failed", ""],
];

describe("poll()", () => {
  test("reads how a job failed, although the question went well", async () => {
    for (const [ending, code, stage] of ENDINGS) {
      await using rig = await setup();
      rig.fake.pollsUntilDone = 0;
      rig.fake.ending = ending;
      await rig.submit(rig.ready("wan2.6-text-to-video", FOX));
      const seen = await rig.poll({ id: "job-1" });
      assert.ok(seen.kind === "failed", ending);
      assert.deepEqual([seen.error.code, seen.error.stage ?? ""], [code, stage], ending);
    }
  });

  test("takes a job that is told as unknown for one that is gone", async () => {
    await using rig = await setup();
    assert.deepEqual(await rig.poll({ id: "of-the-day-before-yesterday" }), { kind: "lost" });
  });

  test("keeps what a film took", async () => {
    await using rig = await setup();
    const { meta } = await rig.run(rig.ready("wan2.6-text-to-video", FOX));
    assert.equal(member(meta, "usage", "duration"), 5);
  });
});

describe("cancel()", () => {
  test("stops a job that waits, and none that runs", async () => {
    await using rig = await setup();
    await rig.submit(rig.ready("wan2.6-text-to-video", FOX));
    await rig.submit(rig.ready("wan2.6-text-to-video", FOX));
    await rig.poll({ id: "job-2" });
    assert.equal(await dashscope.cancel?.({ id: "job-1" }, rig.context), "canceled");
    assert.equal(await dashscope.cancel?.({ id: "job-2" }, rig.context), "too-late");
    assert.equal((await rig.poll({ id: "job-1" })).kind, "failed");
  });
});
