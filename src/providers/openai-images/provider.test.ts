import assert from "node:assert/strict";
import { describe, test } from "node:test";
import OpenAI from "openai";
import { PICTURE } from "../../../test/support/fakes/media.ts";
import {
  fieldOf,
  MODERATION,
  OPENAI_KEY,
  type OpenaiFakeOptions,
  openOpenaiImages,
} from "../../../test/support/fakes/openai-images.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import type { JsonObject } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import generations from "./fixtures/generations.json" with { type: "json" };
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { openaiImages } from "./provider.ts";

const HOUSE = "https://media.example.com/house.png";
const MASK = "https://media.example.com/mask.png";

function subject(options: OpenaiFakeOptions = {}) {
  return {
    provider: openaiImages,
    openFake: () => openOpenaiImages(options),
    secret: { key: OPENAI_KEY },
    basePath: "/v1",
  };
}

async function setup(options?: OpenaiFakeOptions): Promise<ProviderRig> {
  const rig = await openProviderRig(subject(options));
  rig.serve(HOUSE, PICTURE);
  rig.serve(MASK, PICTURE);
  return rig;
}

testProvider({
  refusals,
  ...subject(),
  samples: {
    generation: { model: "gpt-4o-image", input: { prompt: "a fox", size: "1:1", n: 2 } },
    edit: {
      model: "gpt-image-1.5-edit",
      input: { prompt: "blue door", image_urls: [HOUSE], mask_url: MASK, size: "3:2" },
    },
  },
  files: { [HOUSE]: PICTURE, [MASK]: PICTURE },
});

describe("the fake speaks the protocol", () => {
  test("the vendor's client makes, edits and is refused", async () => {
    await using fake = await openOpenaiImages();
    const client = new OpenAI({ apiKey: OPENAI_KEY, baseURL: `${fake.url}/v1`, maxRetries: 0 });
    const made = await client.images.generate({ model: "gpt-image-2", prompt: "a fox", n: 2 });
    assert.equal(made.data?.length, 2);
    assert.deepEqual(Buffer.from(made.data?.[0]?.b64_json ?? "", "base64"), PICTURE);
    const image = new File([new Uint8Array(PICTURE)], "house.png", { type: "image/png" });
    const edited = await client.images.edit({ model: "gpt-image-2", prompt: "blue", image });
    assert.equal(edited.data?.length, 1);
    fake.spoil("submit", { kind: "answer", answer: MODERATION });
    const refused = await client.images
      .generate({ model: "gpt-image-2", prompt: "x" })
      .catch((error: unknown) => error);
    assert.ok(refused instanceof OpenAI.BadRequestError);
    assert.equal(refused.code, "moderation_blocked");
    const stranger = new OpenAI({ apiKey: "sk-other", baseURL: `${fake.url}/v1`, maxRetries: 0 });
    await assert.rejects(
      stranger.images.generate({ model: "gpt-image-2", prompt: "x" }),
      OpenAI.AuthenticationError,
    );
    assert.equal(fake.taken, 2);
  });
});

/** Model and input, and the body that they become. */
const BODIES: readonly (readonly [string, JsonObject, JsonObject])[] = [
  [
    "gpt-4o-image",
    { prompt: "a fox", size: "2:3", n: 3 },
    { model: "gpt-image-2.5-flare", prompt: "a fox", n: 3, size: "1024x1536" },
  ],
  [
    "gpt-image-1.5",
    { prompt: "a fox" },
    { model: "gpt-image-1.5", prompt: "a fox", n: 1, size: "1024x1024" },
  ],
  [
    "gpt-image-2",
    { prompt: "a fox", size: "16:9", resolution: "2K", quality: "medium" },
    { model: "gpt-image-2", prompt: "a fox", n: 1, size: "2560x1440", quality: "medium" },
  ],
  [
    "gpt-image-2",
    { prompt: "a fox", size: "21:9", resolution: "4K", quality: "high" },
    { model: "gpt-image-2", prompt: "a fox", n: 1, size: "3840x1648", quality: "high" },
  ],
  [
    "gpt-image-2",
    { prompt: "a square has no 4K", size: "1:1", resolution: "4K" },
    { model: "gpt-image-2", prompt: "a square has no 4K", n: 1, size: "2048x2048", quality: "low" },
  ],
  [
    "gpt-image-2",
    { prompt: "a fox", size: "2304x1536", resolution: "2K" },
    { model: "gpt-image-2", prompt: "a fox", n: 1, size: "2304x1536", quality: "low" },
  ],
  [
    "gpt-image-2",
    { prompt: "a fox" },
    { model: "gpt-image-2", prompt: "a fox", n: 1, size: "auto", quality: "low" },
  ],
];

describe("prepare()", () => {
  test("maps ratios, tiers and qualities to what the endpoint takes", async () => {
    await using rig = await setup();
    for (const [model, input, body] of BODIES) {
      assert.deepEqual(member(rig.ready(model, input), "body"), body);
    }
  });

  test("takes pixels in every form of the catalogue", async () => {
    await using rig = await setup();
    for (const size of ["2304x1536", "2304X1536", { width: 2_304, height: 1_536 }]) {
      const input = { prompt: "x", size };
      const prepared = rig.prepare("gpt-image-2", { prompt: "x" }, { input });
      assert.ok(prepared.kind === "ready");
      assert.equal(member(prepared.prepared, "body", "size"), "2304x1536");
    }
  });

  test("gives only sizes that the endpoint takes", async () => {
    await using rig = await setup();
    for (const ratio of "1:1 2:3 3:2 3:4 4:3 4:5 5:4 16:9 9:16 21:9".split(" ")) {
      for (const resolution of ["1K", "2K", "4K"]) {
        const prepared = rig.ready("gpt-image-2", { prompt: "x", size: ratio, resolution });
        const [width = 0, height = 0] = String(member(prepared, "body", "size"))
          .split("x")
          .map(Number);
        const [wide = 0, high = 0] = ratio.split(":").map(Number);
        assert.equal(width % 16, 0, ratio);
        assert.equal(height % 16, 0, ratio);
        assert.ok(width * height <= 3840 * 2160 && width * height >= 655_360, ratio);
        assert.ok(Math.abs(width / height - wide / high) < 0.01, `${ratio}: ${width}x${height}`);
      }
    }
  });

  test("refuses what it would have to leave out, before anything is sent", async () => {
    await using rig = await setup();
    const seeded = rig.prepare("gpt-4o-image", { prompt: "a fox" }, { input: { seed: 7 } });
    assert.equal(seeded.kind === "refused" ? seeded.error.code : "", "unsupported_parameter");
    assert.match(seeded.kind === "refused" ? seeded.error.message : "", /^seed is not supported/);
    const maskOnly = rig.prepare("gpt-4o-image", { prompt: "a fox", mask_url: MASK });
    assert.match(maskOnly.kind === "refused" ? maskOnly.error.message : "", /needs the picture/);
    const many = Array.from({ length: 17 }, () => HOUSE);
    const crowd = rig.prepare("gpt-4o-image-edit", { prompt: "a fox", image_urls: many });
    assert.match(crowd.kind === "refused" ? crowd.error.message : "", /16 pictures or fewer/);
    assert.equal(rig.fake.seen.length, 0);
  });
});

describe("submit()", () => {
  test("sends a customer's media as bytes, never as a URL", async () => {
    await using rig = await setup();
    const input = { prompt: "blue door", image_urls: [HOUSE, HOUSE], mask_url: MASK };
    await rig.run(rig.ready("gpt-4o-image-edit", input));
    const [request] = rig.fake.seen;
    assert.ok(request !== undefined);
    const text = request.body.toString("latin1");
    assert.equal(request.path, "/v1/images/edits");
    assert.equal(text.split('name="image[]"; filename=').length, 3);
    assert.equal(text.split('name="mask"; filename=').length, 2);
    assert.ok(text.includes(PICTURE.toString("latin1")));
    assert.ok(!text.includes("media.example.com"));
    assert.equal(fieldOf(request, "prompt"), "blue door");
  });

  test("refuses an input that cannot be had or is of the wrong kind, unbought", async () => {
    await using rig = await setup();
    const sound = "https://media.example.com/voice.wav";
    rig.serve(sound, Buffer.from("RIFF\x24\x00\x00\x00WAVEfmt ", "latin1"));
    const cases = [
      { url: "https://media.example.com/absent.png", code: "input_unreachable" },
      { url: sound, code: "invalid_request" },
    ];
    for (const { url, code } of cases) {
      const prepared = rig.ready("gpt-4o-image-edit", { prompt: "x", image_urls: [url] });
      const outcome = await rig.submit(prepared);
      assert.equal(outcome.kind === "rejected" ? outcome.error.code : outcome.kind, code);
    }
    assert.equal(rig.fake.taken, 0);
  });

  test("takes pictures of more than 20 MB", async () => {
    const picture = Buffer.concat([PICTURE, Buffer.alloc(22_000_000, 7)]);
    await using rig = await setup({ picture });
    const production = await rig.run(rig.ready("gpt-4o-image", { prompt: "a fox" }));
    const [artifact] = production.artifacts;
    assert.ok(artifact !== undefined);
    assert.equal((await rig.read(artifact)).length, picture.length);
  });

  test("opens links to the server itself, as local servers give them", async () => {
    await using rig = await setup({ links: true });
    const production = await rig.run(rig.ready("gpt-4o-image", { prompt: "a fox" }));
    const [artifact] = production.artifacts;
    assert.equal(artifact?.source.kind, "upstream");
    assert.ok(artifact !== undefined);
    assert.deepEqual(await rig.read(artifact), PICTURE);
  });

  test("calls a picture that is none garbage, not a result", async () => {
    await using rig = await setup({ picture: Buffer.from("no picture") });
    const outcome = await rig.submit(rig.ready("gpt-4o-image", { prompt: "a fox" }));
    assert.equal(outcome.kind, "unknown");
  });

  test("takes the pictures of an answer of which one is none", async () => {
    await using rig = await setup();
    const good = { b64_json: Buffer.from(PICTURE).toString("base64") };
    const bad = { b64_json: Buffer.from("no picture").toString("base64") };
    const body = { data: [good, bad, good] };
    rig.fake.spoil("submit", { kind: "answer", answer: { body } });
    const production = await rig.run(rig.ready("gpt-4o-image", { prompt: "foxes", n: 4 }));
    assert.equal(production.artifacts.length, 2);
    assert.deepEqual(
      production.outputs.map((output) => output.kind === "media" && output.file),
      [0, 1],
    );
  });

  test("keeps what was used for the operator", async () => {
    await using rig = await setup();
    rig.fake.spoil("submit", { kind: "answer", answer: { body: generations } });
    const production = await rig.run(rig.ready("gpt-4o-image", { prompt: "a fox" }));
    assert.deepEqual(production.meta, {
      size: "1024x1024",
      quality: "low",
      output_format: "png",
      usage: generations.usage,
    });
  });
});
