import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PICTURE } from "../../../test/support/fakes/media.ts";
import { openSdServer, SD_KEY } from "../../../test/support/fakes/sd-server.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import type { JsonObject } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { sdServerProvider } from "./provider.ts";

const LAKE = "https://media.example.com/lake.png";
const MASK = "https://media.example.com/mask.png";
const SUBJECT = {
  provider: sdServerProvider({
    models: { "z-image": "z-image-turbo", "gpt-4o-image-edit": "qwen", "grok-imagine": "wan-2.2" },
    media: { "z-image": "image", "gpt-4o-image-edit": "image", "grok-imagine": "video" },
  }),
  openFake: openSdServer,
  secret: { key: SD_KEY },
  files: { [LAKE]: PICTURE, [MASK]: PICTURE },
};
const PICTURE_INPUT = { prompt: "a lake", size: "16:9" };
const FILM = { prompt: "rain", duration: 6, aspect_ratio: "16:9", mode: "normal" };

const setup = (): Promise<ProviderRig> => openProviderRig(SUBJECT);

testProvider({
  ...SUBJECT,
  refusals,
  samples: {
    picture: { model: "z-image", input: PICTURE_INPUT },
    edit: { model: "gpt-4o-image-edit", input: { prompt: "winter", image_urls: [LAKE] } },
    film: { model: "grok-imagine", input: FILM },
    "film from a picture": { model: "grok-imagine", input: { prompt: "go", image_urls: [LAKE] } },
  },
});

/** Model, input, and the endpoint and body that they become. */
const BODIES: readonly (readonly [string, JsonObject, string, JsonObject])[] = [
  [
    "z-image",
    PICTURE_INPUT,
    "img_gen",
    { prompt: "a lake", width: 1536, height: 864, batch_count: 1, output_format: "png" },
  ],
  [
    "grok-imagine",
    FILM,
    "vid_gen",
    {
      prompt: "rain",
      width: 1280,
      height: 720,
      video_frames: 97,
      fps: 16,
      output_format: "webm",
    },
  ],
];

describe("prepare()", () => {
  test("maps pictures to pixels and films to frames", async () => {
    await using rig = await setup();
    for (const [model, input, kind, body] of BODIES) {
      const prepared = rig.ready(model, input);
      assert.equal(member(prepared, "kind"), kind);
      assert.deepEqual(member(prepared, "body"), body);
    }
  });

  test("refuses what it would have to leave out, and hidden settings in a prompt", async () => {
    await using rig = await setup();
    const hidden = '<sd_cpp_extra_args>{"seed":1}</sd_cpp_extra_args>';
    const cases: readonly (readonly [string, JsonObject, RegExp])[] = [
      ["z-image", { prompt: `a ${hidden}`, size: "1:1" }, /must not contain/],
      ["z-image", { prompt: "a", mask_url: LAKE }, /^mask_url needs the picture/],
      [
        "z-image",
        { prompt: "a", mask_url: LAKE, image_urls: [LAKE, LAKE] },
        /^image_urls must have one picture with mask_url/,
      ],
      ["z-image", { prompt: "a", google_search: true }, /^google_search is not supported/],
      ["grok-imagine", { prompt: "a", mode: "spicy" }, /^mode spicy is not supported/],
      [
        "grok-imagine",
        { prompt: "a", aspect_ratio: "16:9", resolution: "8k" },
        /^resolution 8k is not supported/,
      ],
      ["grok-imagine", { prompt: "a", sound: true }, /^sound is not supported/],
    ];
    for (const [model, input, message] of cases) {
      const base = model === "z-image" ? PICTURE_INPUT : FILM;
      const preparation = rig.prepare(model, base, { input });
      assert.match(preparation.kind === "refused" ? preparation.error.message : "", message);
    }
  });
});

describe("submit()", () => {
  test("sends a customer's media as bytes, never as a URL", async () => {
    await using rig = await setup();
    const input = { prompt: "winter", image_urls: [LAKE], mask_url: MASK };
    await rig.submit(
      rig.ready("gpt-4o-image-edit", { prompt: "w", image_urls: [LAKE] }, { input }),
    );
    const [sent] = rig.fake.seen;
    assert.deepEqual(Object.keys(Object(sent?.json)).toSorted(), [
      "batch_count",
      "init_image",
      "mask_image",
      "output_format",
      "prompt",
    ]);
    assert.ok(!sent?.body.includes("media.example.com"));
  });
});

describe("poll()", () => {
  test("copies the result with the poll that sees it: ten minutes later it is gone", async () => {
    await using rig = await setup();
    const outcome = await rig.submit(rig.ready("grok-imagine", FILM));
    assert.ok(outcome.kind === "accepted");
    rig.fake.pollsUntilDone = 0;
    const seen = await rig.poll(outcome.operation);
    assert.ok(seen.kind === "completed");
    assert.equal(seen.production.artifacts[0]?.source.kind, "staged");
    assert.deepEqual(member(seen.production.meta, "frames"), 97);
    rig.fake.ending = "expired";
    assert.equal((await rig.poll(outcome.operation)).kind, "lost");
  });

  test("lets a run that failed be tried again: it cost nothing", async () => {
    await using rig = await setup();
    rig.fake.ending = "generate_image returned empty results";
    rig.fake.pollsUntilDone = 0;
    const outcome = await rig.submit(rig.ready("z-image", PICTURE_INPUT));
    assert.ok(outcome.kind === "accepted");
    const seen = await rig.poll(outcome.operation);
    const { code, billed, retry } = seen.kind === "failed" ? seen.error : Object(null);
    assert.deepEqual([code, billed, retry], ["generation_failed", "no", "same-route"]);
  });
});

describe("cancel()", () => {
  test("stops a run that waits, and says that one at work goes on", async () => {
    await using rig = await setup();
    const { provider, context } = rig;
    for (const [polls, expected] of [
      [0, "canceled"],
      [2, "too-late"],
    ] as const) {
      const outcome = await rig.submit(rig.ready("z-image", PICTURE_INPUT));
      assert.ok(outcome.kind === "accepted");
      for (let poll = 0; poll < polls; poll += 1) await rig.poll(outcome.operation);
      assert.equal(await provider.cancel?.(outcome.operation, context), expected);
    }
  });
});
