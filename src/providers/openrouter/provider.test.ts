import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FILM, PICTURE } from "../../../test/support/fakes/media.ts";
import { OPENROUTER_KEY, openOpenrouter } from "../../../test/support/fakes/openrouter.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import type { JsonObject } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { openrouter } from "./provider.ts";

const LAKE = "https://media.example.com/lake.png";
const SUBJECT = {
  provider: openrouter,
  openFake: openOpenrouter,
  secret: { key: OPENROUTER_KEY },
  files: { [LAKE]: PICTURE },
  basePath: "/api/v1",
};
const VEO = { prompt: "rain", duration: 8, resolution: "1080p", aspect_ratio: "16:9", sound: true };
const SEEDANCE = { prompt: "go", duration: 5, resolution: "480p", image_urls: [LAKE] };

const setup = (): Promise<ProviderRig> => openProviderRig(SUBJECT);

testProvider({
  ...SUBJECT,
  refusals,
  samples: {
    film: { model: "veo3.1-quality-official", input: VEO },
    "film from a picture": { model: "seedance-2.0/image-to-video", input: SEEDANCE },
  },
});

describe("prepare()", () => {
  test("maps what films have, and refuses what the endpoint has no word for", async () => {
    await using rig = await setup();
    const prepared = rig.ready("veo3.1-quality-official", VEO);
    assert.deepEqual(member(prepared, "body"), {
      model: "google/veo-3.1",
      prompt: "rain",
      duration: 8,
      resolution: "1080p",
      aspect_ratio: "16:9",
      generate_audio: true,
    });
    const cases: readonly (readonly [JsonObject, RegExp])[] = [
      [{ ...VEO, web_search: true }, /^web_search is not supported/],
      [{ ...VEO, image_urls: [LAKE, LAKE, LAKE] }, /^image_urls must have two frames/],
    ];
    for (const [input, message] of cases) {
      const preparation = rig.prepare("veo3.1-quality-official", VEO, { input });
      assert.match(preparation.kind === "refused" ? preparation.error.message : "", message);
    }
  });
});

test("prepare() takes what stands for sora-2", async () => {
  await using rig = await setup();
  const input = { prompt: "a fox", duration: 10, aspect_ratio: "9:16" };
  const prepared = rig.ready("sora-2", input, { upstreamModel: "alibaba/wan-2.6" });
  assert.equal(member(prepared, "body", "model"), "alibaba/wan-2.6");
});

describe("submit()", () => {
  test("sends frames and references inside the body, never as a customer's URL", async () => {
    await using rig = await setup();
    const url = `data:image/png;base64,${PICTURE.toString("base64")}`;
    const image = { type: "image_url", image_url: { url } };
    const model = "veo3.1-quality-official";
    const framed = { ...VEO, image_urls: [LAKE, LAKE], generation_type: "frame" };
    const referring = { ...VEO, image_urls: [LAKE, LAKE, LAKE], generation_type: "reference" };
    for (const input of [framed, referring]) await rig.submit(rig.ready(model, input));
    const [frames, references] = rig.fake.seen.map(({ json }) => Object(json));
    assert.deepEqual(frames.frame_images, [
      { ...image, frame_type: "first_frame" },
      { ...image, frame_type: "last_frame" },
    ]);
    assert.deepEqual(references.input_references, [image, image, image]);
    assert.equal(references.frame_images, undefined);
  });
});

describe("poll()", () => {
  test("takes the signed link, else the account's own, and keeps what it cost", async () => {
    for (const [ending, kind] of [
      [null, /\/signed\//],
      ["unsigned", /\/content\?index=0/],
    ] as const) {
      await using rig = await setup();
      rig.fake.ending = ending;
      const { artifacts, cost, meta } = await rig.run(rig.ready("veo3.1-quality-official", VEO));
      const [artifact] = artifacts;
      assert.ok(artifact !== undefined);
      assert.match(JSON.stringify(artifact.source), kind);
      assert.deepEqual(await rig.read(artifact), FILM);
      assert.deepEqual(member(meta, "usage"), { cost: 1.6, is_byok: false });
      assert.deepEqual(cost, { amount: "1.6", unit: "usd" });
    }
  });

  test("asks the account's own address for a film, whatever host its link names", async () => {
    await using rig = await setup();
    const outcome = await rig.submit(rig.ready("veo3.1-quality-official", VEO));
    assert.ok(outcome.kind === "accepted");
    const unsigned_urls = ["https://openrouter.ai/api/v1/videos/job-1/content?index=0"];
    const body = { id: "job-1", status: "completed", unsigned_urls };
    rig.fake.spoil("poll", { kind: "answer", answer: { body } });
    const seen = await rig.poll(outcome.operation);
    assert.ok(seen.kind === "completed", JSON.stringify(seen));
    const [artifact] = seen.production.artifacts;
    assert.ok(artifact?.source.kind === "upstream", JSON.stringify(artifact));
    assert.deepEqual(await rig.read(artifact), FILM);
  });

  test("tells a refusal of the result from a failure", async () => {
    for (const [ending, code] of [
      ["Blocked by the content policy of the provider", "content_policy"],
      ["Upstream error", "generation_failed"],
    ] as const) {
      await using rig = await setup();
      rig.fake.ending = ending;
      rig.fake.pollsUntilDone = 0;
      const outcome = await rig.submit(rig.ready("veo3.1-quality-official", VEO));
      assert.ok(outcome.kind === "accepted");
      const seen = await rig.poll(outcome.operation);
      assert.ok(seen.kind === "failed", JSON.stringify(seen));
      assert.deepEqual([seen.error.code, seen.error.billed], [code, "unknown"]);
    }
  });
});
