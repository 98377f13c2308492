import assert from "node:assert/strict";
import { describe, test } from "node:test";
import OpenAI from "openai";
import { PICTURE } from "../../../test/support/fakes/media.ts";
import { openXai, XAI_KEY } from "../../../test/support/fakes/xai.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import type { Observation } from "../../core/outcome.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import films from "./fixtures/films.json" with { type: "json" };
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { xai } from "./provider.ts";

const TREE = "https://media.example.com/tree.png";
const DATA = `data:image/png;base64,${PICTURE.toString("base64")}`;
const SUBJECT = {
  provider: xai,
  openFake: openXai,
  secret: { key: XAI_KEY },
  files: { [TREE]: PICTURE },
  basePath: "/v1",
};
const FILM = { prompt: "a fox", aspect_ratio: "16:9", duration: 6, mode: "normal" };

const setup = (): Promise<ProviderRig> => openProviderRig(SUBJECT);

testProvider({
  ...SUBJECT,
  refusals,
  samples: {
    film: { model: "grok-imagine", input: FILM },
    "film from a picture": {
      model: "grok-imagine-video-1.5",
      input: { prompt: "leaves move", image_urls: [TREE], resolution: "1080p" },
    },
    picture: { model: "grok-imagine-image", input: { prompt: "a whale", size: "2:3" } },
    edit: { model: "grok-imagine-image", input: { prompt: "linocut", image_urls: [TREE] } },
  },
});

test("the client that the vendor's pages show for pictures completes its flow", async () => {
  await using fake = await openXai();
  const options = { baseURL: `${fake.url}/v1`, maxRetries: 0 };
  const { images } = new OpenAI({ apiKey: XAI_KEY, ...options });
  const wish = { model: "grok-imagine-image", prompt: "a whale" };
  const made = await images.generate({ ...wish, n: 1, response_format: "b64_json" });
  assert.deepEqual(Buffer.from(made.data?.[0]?.b64_json ?? "", "base64"), PICTURE);
  await assert.rejects(images.generate({ ...wish, style: "vivid" }), OpenAI.BadRequestError);
  const stranger = new OpenAI({ apiKey: "xai-other", ...options });
  await assert.rejects(stranger.images.generate(wish), OpenAI.AuthenticationError);
  assert.equal(fake.taken, 1);
});

/** Model and input, and the endpoint and the body that they become. */
const BODIES: readonly (readonly [string, JsonObject, string, JsonObject])[] = [
  [
    "grok-imagine",
    FILM,
    "videos/generations",
    { model: "grok-imagine-video", prompt: "a fox", duration: 6, aspect_ratio: "16:9" },
  ],
  [
    "grok-imagine",
    { prompt: "a fox", mode: "fun", duration: 10, aspect_ratio: "2:3" },
    "videos/generations",
    { model: "grok-imagine-video", prompt: "a fox", duration: 10, aspect_ratio: "2:3" },
  ],
  [
    "grok-imagine-video-1.5",
    { prompt: "x", duration: 15, resolution: "1080p", aspect_ratio: "4:3" },
    "videos/generations",
    {
      model: "grok-imagine-video-1.5",
      prompt: "x",
      duration: 15,
      aspect_ratio: "4:3",
      resolution: "1080p",
    },
  ],
  [
    "grok-imagine-image",
    { prompt: "x", size: "9:16" },
    "images/generations",
    {
      model: "grok-imagine-image",
      prompt: "x",
      n: 1,
      response_format: "b64_json",
      aspect_ratio: "9:16",
    },
  ],
];

describe("prepare()", () => {
  test("maps each model to its endpoint", async () => {
    await using rig = await setup();
    for (const [model, input, endpoint, body] of BODIES) {
      const prepared = rig.ready(model, input);
      assert.equal(member(prepared, "endpoint"), endpoint);
      assert.deepEqual(member(prepared, "body"), body);
    }
  });

  test("says what the upstream decides by itself", async () => {
    await using rig = await setup();
    const fun = rig.prepare("grok-imagine", { ...FILM, mode: "fun" });
    assert.match(fun.kind === "ready" ? fun.notes.join() : "", /mode fun has no equivalent/);
    const framed = rig.prepare("grok-imagine", { ...FILM, image_urls: [TREE] });
    assert.match(framed.kind === "ready" ? framed.notes.join() : "", /follows the picture/);
  });

  test("refuses what the upstream cannot honour, so that another route may", async () => {
    await using rig = await setup();
    const cases: readonly (readonly [JsonObject, RegExp])[] = [
      [{ ...FILM, mode: "spicy" }, /^mode spicy is not supported/],
      [{ ...FILM, duration: 25 }, /^duration 25 .* 1 to 15 seconds$/],
      [{ ...FILM, resolution: "1080p" }, /^resolution 1080p is not supported/],
      [{ ...FILM, aspect_ratio: "21:9" }, /^ratio 21:9 is not supported/],
      [{ ...FILM, style: "anime" }, /^style is not supported/],
      [{ ...FILM, image_urls: [TREE, TREE] }, /one picture/],
    ];
    for (const [input, message] of cases) {
      const preparation = rig.prepare("grok-imagine", FILM, { input });
      assert.ok(preparation.kind === "refused", JSON.stringify(input));
      assert.match(preparation.error.message, message);
      assert.equal(preparation.error.retry, "other-route");
    }
    const size = { width: 2_048, height: 1_024 };
    const exact = rig.prepare("grok-imagine-image", { prompt: "x" }, { input: { size } });
    assert.match(exact.kind === "refused" ? exact.error.message : "", /^ratio 2048x1024 is not/);
    const input = { ...FILM, resolution: "1080p", reference_image_urls: [TREE] };
    const upstreamModel = "grok-imagine-video-1.5";
    const full = rig.prepare("grok-imagine", FILM, { input, upstreamModel });
    assert.match(full.kind === "refused" ? full.error.message : "", /with reference_image/);
    assert.equal(rig.fake.seen.length, 0);
  });
});

describe("submit()", () => {
  test("sends a customer's pictures inside the body, never as their URL", async () => {
    await using rig = await setup();
    const cases: readonly (readonly [string, JsonObject, JsonObject])[] = [
      ["grok-imagine", { prompt: "x", image_urls: [TREE] }, { image: { url: DATA } }],
      [
        "grok-imagine-video-1.5",
        { prompt: "x", reference_image_urls: [TREE, TREE] },
        { reference_images: [{ url: DATA }, { url: DATA }] },
      ],
      [
        "grok-imagine-image",
        { prompt: "x", image_urls: [TREE] },
        { image: { url: DATA, type: "image_url" } },
      ],
    ];
    for (const [model, input, expected] of cases) {
      await rig.submit(rig.ready(model, input));
      const sent = rig.fake.seen.at(-1);
      assert.ok(sent?.json !== undefined);
      for (const [name, value] of Object.entries(expected)) {
        assert.deepEqual(member(sent.json, name), value);
      }
      assert.ok(!sent.body.includes("media.example.com"));
    }
  });

  test("calls a picture that the moderation took away refused, and perhaps paid", async () => {
    await using rig = await setup();
    rig.fake.ending = "blocked";
    const outcome = await rig.submit(rig.ready("grok-imagine-image", { prompt: "x" }));
    assert.ok(outcome.kind === "rejected");
    const { code, stage, billed, retry } = outcome.error;
    assert.deepEqual(
      [code, stage, billed, retry],
      ["content_policy", "output", "unknown", "never"],
    );
  });
});

async function poll(answer: {
  readonly status?: number;
  readonly body: Json;
}): Promise<Observation> {
  await using rig = await setup();
  const outcome = await rig.submit(rig.ready("grok-imagine", FILM));
  assert.ok(outcome.kind === "accepted");
  rig.fake.spoil("poll", { kind: "answer", answer });
  return await rig.poll(outcome.operation);
}

describe("poll()", () => {
  test("is patient with a 202 that has no body", async () => {
    const seen = await poll({ status: 202, body: "" });
    assert.deepEqual(seen, {
      kind: "pending",
      phase: "queued",
      progress: null,
      pollAfterMs: 3_000,
    });
  });

  test("takes a link for the end where no status is told", async () => {
    const seen = await poll({ body: { video: { url: "https://cdn.example.com/1.mp4" } } });
    assert.ok(seen.kind === "completed");
    const [artifact] = seen.production.artifacts;
    assert.deepEqual(artifact?.source, { kind: "url", url: "https://cdn.example.com/1.mp4" });
  });

  test("calls done without a film by moderation a refusal, perhaps paid", async () => {
    const video = { url: "", respect_moderation: false };
    const seen = await poll({ body: { status: "done", video } });
    assert.ok(seen.kind === "failed");
    assert.equal(seen.error.code, "content_policy");
    assert.equal(seen.error.billed, "unknown");
  });

  test("leaves done without any film to the engine, which asks again", async () => {
    const seen = await poll({ body: { status: "done" } });
    assert.deepEqual(seen.kind === "completed" ? seen.production.outputs : null, []);
  });

  for (const { name, body, expected } of films) {
    test(`reads ${name}`, async () => {
      const seen = await poll({ body });
      assert.deepEqual({ ...seen, ...expected }, seen, JSON.stringify(seen));
    });
  }

  test("keeps what it cost for the operator", async () => {
    await using rig = await setup();
    const production = await rig.run(rig.ready("grok-imagine", FILM));
    const meta = { model: "grok-imagine-video", duration: 6, cost_in_usd_ticks: 3_000_000_000 };
    assert.deepEqual(production.meta, meta);
    assert.deepEqual(production.cost, { amount: "0.3", unit: "usd" });
  });

  test("asks for one job by its own id, whatever is in it", async () => {
    await using rig = await setup();
    await rig.poll({ request_id: "../images/../x?y" });
    assert.equal(rig.fake.seen.at(-1)?.path, "/v1/videos/..%2Fimages%2F..%2Fx%3Fy");
  });
});
