import assert from "node:assert/strict";
import { describe, test } from "node:test";
import OpenAI from "openai";
import { BYTEPLUS_KEY, openByteplus } from "../../../test/support/fakes/byteplus.ts";
import { PICTURE, SOUND } from "../../../test/support/fakes/media.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { byteplus } from "./provider.ts";

const DAWN = "https://media.example.com/dawn.png";
const DUSK = "https://media.example.com/dusk.png";
const RIDE = "https://media.example.com/ride.mp4";
const BEAT = "https://media.example.com/beat.mp3";
const PNG = `data:image/png;base64,${PICTURE.toString("base64")}`;
const MP3 = `data:audio/mp3;base64,${SOUND.toString("base64")}`;
const FILES = { [DAWN]: PICTURE, [DUSK]: PICTURE, [BEAT]: SOUND };
const SUBJECT = {
  provider: byteplus,
  openFake: openByteplus,
  secret: { key: BYTEPLUS_KEY },
  basePath: "/api/v3",
  files: FILES,
};
const TEXT_FILM = "seedance-2.0/text-to-video";
const SHORT = { prompt: "a fox", duration: 5, resolution: "720p" };

function setup(): Promise<ProviderRig> {
  return openProviderRig(SUBJECT);
}

testProvider({
  ...SUBJECT,
  refusals,
  samples: {
    picture: { model: "seedream-4", input: { prompt: "a fox", size: "16:9", resolution: "4K" } },
    pictures: { model: "seedream-4.5-edit", input: { prompt: "x", image_urls: [DAWN], n: 3 } },
    "exact picture": { model: "seedream-5.0-lite", input: { prompt: "x", size: "2304X1728" } },
    "best picture": { model: "seedream-v5.0-pro", input: { prompt: "x", output_format: "png" } },
    film: { model: TEXT_FILM, input: { ...SHORT, aspect_ratio: "auto", return_last_frame: true } },
    "film between frames": {
      model: "seedance-2.5/image-to-video",
      input: { ...SHORT, image_urls: [DAWN, DUSK], aspect_ratio: "16:9" },
    },
    "film from references": {
      model: "seedance-2.5/reference-to-video",
      input: { ...SHORT, reference_video_urls: [RIDE], reference_audio_urls: [BEAT] },
    },
    "film of the first generation": {
      model: "seedance-1.0-pro",
      input: { prompt: "x", image_urls: [DAWN], resolution: "1080p", duration: 10 },
    },
  },
});

test("the client that the vendor's pages show for pictures completes its flow", async () => {
  await using fake = await openByteplus();
  const client = new OpenAI({
    apiKey: BYTEPLUS_KEY,
    baseURL: `${fake.url}/api/v3`,
    maxRetries: 0,
  });
  const wish = { model: "seedream-4-5-251128", prompt: "a fox", response_format: "url" } as const;
  const made = await client.images.generate({ ...wish, size: "2048x2048" });
  const picture = await fetch(made.data?.[0]?.url ?? "");
  assert.deepEqual(Buffer.from(await picture.arrayBuffer()), PICTURE);
  await assert.rejects(
    client.images.generate({ ...wish, size: "1024x1024" }).asResponse(),
    (error) => error instanceof OpenAI.BadRequestError && error.code === "InvalidParameter",
    "as strict as the real one",
  );
});

/** What every picture's body has beside the rest. */
const PLAIN = { response_format: "url", watermark: false };

/** Model and input, and the body that they become. */
const PICTURES: readonly (readonly [string, JsonObject, JsonObject])[] = [
  [
    "seedream-4",
    { prompt: "x", size: "21:9", resolution: "1K" },
    { model: "seedream-4-0-20260415", prompt: "x", size: "1512x648" },
  ],
  [
    "seedream-4-edit",
    { prompt: "x", size: "2:3", resolution: "4K", n: 4, image_urls: [DAWN, DUSK] },
    {
      ...{ model: "seedream-4-0-20260415", prompt: "x", size: "3328x4992", image: [PNG, PNG] },
      sequential_image_generation: "auto",
      sequential_image_generation_options: { max_images: 4 },
    },
  ],
  [
    "seedream-4.5",
    { prompt: "x", size: "4K" },
    { model: "seedream-4-5-251128", prompt: "x", size: "4K" },
  ],
  [
    "seedream-5.0-lite-edit",
    { prompt: "x", size: { width: 2304, height: 1728 }, image_urls: [DAWN] },
    { model: "seedream-5-0-lite-260128", prompt: "x", size: "2304x1728", image: PNG },
  ],
  [
    "seedream-v5.0-pro",
    { prompt: "x", size: "9:16", output_format: "jpeg", enable_safety_checker: true },
    {
      ...{ model: "dola-seedream-5-0-pro-260628", prompt: "x", size: "720x1280" },
      output_format: "jpeg",
    },
  ],
];

function part(kind: string, role: string, url: string): JsonObject {
  return { type: `${kind}_url`, [`${kind}_url`]: { url }, role };
}

const WORDS = { type: "text", text: "a fox" };

const FILMS: readonly (readonly [string, JsonObject, JsonObject])[] = [
  [
    TEXT_FILM,
    { ...SHORT, resolution: "4k", aspect_ratio: "auto", generate_audio: false, web_search: true },
    {
      ...{ model: "dreamina-seedance-2-0-260128", content: [WORDS], ratio: "adaptive" },
      ...{ resolution: "4k", duration: 5, generate_audio: false, watermark: false },
      tools: [{ type: "web_search" }],
    },
  ],
  [
    "seedance-2.0-mini/image-to-video",
    { prompt: "a fox", duration: 4, image_urls: [DAWN, DUSK], return_last_frame: true },
    {
      model: "dreamina-seedance-2-0-mini-260615",
      content: [WORDS, part("image", "first_frame", PNG), part("image", "last_frame", PNG)],
      ...{ ratio: "adaptive", resolution: "720p", duration: 4 },
      ...{ return_last_frame: true, watermark: false },
    },
  ],
  [
    "seedance-2.5/reference-to-video",
    {
      ...{ ...SHORT, duration: 30, aspect_ratio: "9:16", reference_image_urls: [DAWN] },
      ...{ reference_video_urls: [RIDE], reference_audio_urls: [BEAT] },
    },
    {
      model: "dreamina-seedance-2-5-260628",
      content: [
        WORDS,
        part("image", "reference_image", PNG),
        part("video", "reference_video", RIDE),
        part("audio", "reference_audio", MP3),
      ],
      ...{ ratio: "9:16", resolution: "720p", duration: 30, watermark: false },
      omni_reference_task_type: "reference",
    },
  ],
  [
    "seedance-1.0-pro",
    { prompt: "a fox" },
    {
      ...{ model: "seedance-1-0-pro-250528", content: [WORDS] },
      ...{ resolution: "720p", duration: 5, watermark: false },
    },
  ],
];

describe("submit()", () => {
  test("sends what the input of a picture asks for, and pictures as bytes", async () => {
    await using rig = await setup();
    for (const [model, input, body] of PICTURES) {
      await rig.submit(rig.ready(model, input));
      assert.deepEqual(rig.fake.seen.at(-1)?.json, { ...PLAIN, ...body });
    }
  });

  test("sends what the input of a film asks for, and a clip by its address", async () => {
    await using rig = await setup();
    for (const [model, input, body] of FILMS) {
      await rig.submit(rig.ready(model, input));
      assert.deepEqual(rig.fake.seen.at(-1)?.json, body);
    }
  });

  test("takes the pictures that were made where some were not", async () => {
    await using rig = await setup();
    const one = { url: `${rig.fake.url}/results/1.png` };
    const error = { code: "OutputImageSensitiveContentDetected", message: "Not this one" };
    const answer = { body: { data: [{ error }, one] } };
    rig.fake.spoil("submit", { kind: "answer", answer });
    const prepared = rig.ready("seedream-4", { prompt: "x", n: 2 });
    assert.equal((await rig.run(prepared)).outputs.length, 1);
  });

  test("reads a success without any picture as the refusal that it is", async () => {
    await using rig = await setup();
    rig.fake.ending = "OutputImageSensitiveContentDetected";
    const outcome = await rig.submit(rig.ready("seedream-4", { prompt: "x" }));
    assert.ok(outcome.kind === "rejected", JSON.stringify(outcome));
    const { code, stage, billed, retry } = outcome.error;
    assert.deepEqual([code, stage, billed, retry], ["content_policy", "output", "no", "never"]);
  });

  test("buys nothing when the files are too large together", async () => {
    await using rig = await setup();
    const large = Buffer.concat([PICTURE, Buffer.alloc(24 * 1024 * 1024)]);
    for (const url of [DAWN, DUSK]) rig.serve(url, large);
    const prepared = rig.ready("seedance-2.0/image-to-video", {
      ...{ ...SHORT, image_urls: [DAWN, DUSK] },
    });
    const outcome = await rig.submit(prepared);
    const error = outcome.kind === "rejected" ? outcome.error : null;
    assert.match(error?.message ?? "", /too large together .* 45 MiB$/);
    assert.equal(rig.fake.seen.length, 0);
  });
});

describe("prepare()", () => {
  test("refuses what it would have to leave out or could not do", async () => {
    await using rig = await setup();
    const links = (count: number): readonly string[] => Array.from({ length: count }, () => DAWN);
    const cases: readonly (readonly [string, JsonObject, RegExp])[] = [
      ["seedream-4", { prompt: "x", seed: 1 }, /^seed is not supported by this provider$/],
      ["seedream-4.5", { prompt: "x", n: 10, image_urls: links(6) }, /^n and the number of image/],
      ["seedream-4.5", { prompt: "x", size: "1:1", resolution: "1K" }, /^resolution 1K is not/],
      ["seedream-5.0-lite", { prompt: "x", size: "1024x1024" }, /^size 1024x1024 is not/],
      ["seedream-5.0-lite", { prompt: "x", size: "8192x450" }, /^size 8192x450 is not/],
      ["seedream-v5.0-pro", { prompt: "x", n: 2 }, /^n must be 1/],
      ["seedream-v5.0-pro", { prompt: "x", image_urls: links(11) }, /^image_urls must have 10/],
      ["seedream-v5.0-pro", { prompt: "x", enable_safety_checker: false }, /^enable_safety_check/],
      ["seedream-4", { prompt: "x", output_format: "png" }, /^output_format png is not/],
      [TEXT_FILM, { ...SHORT, seed: 1 }, /^seed is not supported by this provider$/],
      [TEXT_FILM, { ...SHORT, duration: 16 }, /^duration 16 is not .* 4 to 15 seconds$/],
      [TEXT_FILM, { ...SHORT, aspect_ratio: "3:2" }, /^aspect_ratio 3:2 is not/],
      [TEXT_FILM, { ...SHORT, fixed_lens: true }, /^fixed_lens is not/],
      [TEXT_FILM, { ...SHORT, prompt: "a fox --dur 15" }, /^prompt must not contain --dur /],
      [
        TEXT_FILM,
        { ...SHORT, image_urls: [DAWN], reference_image_urls: [DUSK] },
        /^image_urls and/,
      ],
      [TEXT_FILM, { ...SHORT, image_urls: links(3) }, /^image_urls must have 2 or fewer/],
      [
        TEXT_FILM,
        { ...SHORT, reference_image_urls: links(10) },
        /^reference_image_urls must have 9/,
      ],
      ["seedance-2.0-fast/text-to-video", { ...SHORT, resolution: "1080p" }, /^resolution 1080p/],
      [
        "seedance-2.5/image-to-video",
        { ...SHORT, image_urls: [DAWN], aspect_ratio: "1:1" },
        /^aspect_ratio 1:1 is not/,
      ],
      ["seedance-1.0-pro", { prompt: "x", generate_audio: true }, /^generate_audio is not/],
      ["seedance-1.0-pro", { prompt: "x", aspect_ratio: "auto" }, /^aspect_ratio auto is not/],
      ["seedance-1.0-pro", { prompt: "x", reference_image_urls: [DAWN] }, /^reference_image_urls/],
      [
        TEXT_FILM,
        { ...SHORT, reference_video_urls: ["http://127.0.0.1:8787/files/a.mp4"] },
        /^reference_video_urls\[0\] must lead to a public address/,
      ],
    ];
    for (const [model, input, message] of cases) {
      const preparation = rig.prepare(model, exampleOf(model), { input });
      assert.ok(preparation.kind === "refused", `${model} ${JSON.stringify(input)}`);
      assert.match(preparation.error.message, message);
      assert.equal(preparation.error.retry, "other-route");
    }
  });

  test("knows an endpoint of the account's own by the model that it stands for", async () => {
    await using rig = await setup();
    const change = { upstreamModel: "ep-20261001-abcde" };
    const prepared = rig.ready(TEXT_FILM, SHORT, change);
    assert.equal(member(prepared, "body", "model"), "ep-20261001-abcde");
    const unknown = rig.prepare("grok-imagine", { prompt: "x" }, change);
    assert.match(unknown.kind === "refused" ? unknown.error.message : "", /ep-2026.* is not known/);
  });
});

/** An input that the catalogue takes. */
function exampleOf(model: string): JsonObject {
  if (model.endsWith("image-to-video")) return { ...SHORT, image_urls: [DAWN] };
  return model.startsWith("seedance-2") ? SHORT : { prompt: "x" };
}

/** The code of a failed film, and what it is. */
const ENDINGS: readonly (readonly [string, string, string])[] = [
  ["InputVideoSensitiveContentDetected.PolicyViolation", "content_policy", "input"],
  ["OutputVideoSensitiveContentDetected.PolicyViolation", "content_policy", "output"],
  ["InvalidParameter.TaskTypeMismatch", "invalid_request", ""],
  ["InternalServiceError", "generation_failed", ""],
  ["expired", "generation_failed", ""],
  ["cancelled", "generation_failed", ""],
];

describe("poll()", () => {
  test("reads a failure that comes as a success", async () => {
    for (const [ending, code, stage] of ENDINGS) {
      await using rig = await setup();
      rig.fake.pollsUntilDone = 0;
      rig.fake.ending = ending;
      await rig.submit(rig.ready(TEXT_FILM, SHORT));
      const seen = await rig.poll({ id: "job-1" });
      assert.ok(seen.kind === "failed", ending);
      assert.deepEqual([seen.error.code, seen.error.stage ?? ""], [code, stage], ending);
    }
  });

  test("gives the last frame beside the film", async () => {
    await using rig = await setup();
    const { outputs, artifacts } = await rig.run(
      rig.ready(TEXT_FILM, { ...SHORT, return_last_frame: true }),
    );
    const kinds = outputs.map((output) => (output.kind === "media" ? output.media : ""));
    assert.deepEqual(kinds, ["video", "image"]);
    assert.deepEqual(await rig.read(artifacts[1] ?? assert.fail("no frame")), PICTURE);
  });
});

test("callback() tells a task's name and nothing else", async () => {
  await using rig = await setup();
  const told = (json: Json): Parameters<NonNullable<typeof byteplus.callback>>[0] => ({
    headers: new Headers(),
    body: Buffer.from(JSON.stringify(json)),
    url: new URL("https://gateway.example.com/callback"),
  });
  const early = await byteplus.callback?.(told({ id: "cgt-1", status: "running" }), rig.context);
  assert.deepEqual(early?.operation, { id: "cgt-1" });
  const forged = await byteplus.callback?.(told({ status: "succeeded" }), rig.context);
  assert.deepEqual([forged?.operation, forged?.observation], [null, null]);
  const prepared = rig.ready(TEXT_FILM, SHORT, { callbackUrl: "https://gateway.example.com/c" });
  assert.equal(member(prepared, "body", "callback_url"), "https://gateway.example.com/c");
});

test("cancel() takes back a task that waits, and leaves one that runs", async () => {
  await using rig = await setup();
  await rig.submit(rig.ready(TEXT_FILM, SHORT));
  await rig.submit(rig.ready(TEXT_FILM, SHORT));
  await rig.poll({ id: "job-2" });
  assert.equal(await byteplus.cancel?.({ id: "job-1" }, rig.context), "canceled");
  assert.equal(await byteplus.cancel?.({ id: "job-2" }, rig.context), "too-late");
});
