import assert from "node:assert/strict";
import { describe, test } from "node:test";
import RunwayML from "@runwayml/sdk";
import { FILM, PICTURE } from "../../../test/support/fakes/media.ts";
import { openRunway, RUNWAY_KEY } from "../../../test/support/fakes/runway.ts";
import { openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import type { JsonObject } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { runway } from "./provider.ts";

const DAWN = "https://media.example.com/dawn.png";
const DUSK = "https://media.example.com/dusk.png";
const DATA = `data:image/png;base64,${PICTURE.toString("base64")}`;
const SUBJECT = {
  provider: runway,
  openFake: openRunway,
  secret: { key: RUNWAY_KEY },
  // It stands in where the operator allows it.
  upstreamModels: { "sora-2": "gen4.5" },
};

async function setup(): Promise<ProviderRig> {
  const rig = await openProviderRig(SUBJECT);
  for (const url of [DAWN, DUSK]) rig.serve(url, PICTURE);
  return rig;
}

testProvider({
  ...SUBJECT,
  refusals,
  samples: {
    film: { model: "runway-gen-4.5", input: { prompt: "a fox", duration: 5 } },
    "film from a picture": {
      model: "runway-gen-4.5",
      input: { prompt: "it moves", image_urls: [DAWN], aspect_ratio: "21:9", seed: 7 },
    },
    "film by Veo": {
      model: "veo3.1-fast-official",
      input: { prompt: "a tide", duration: 6, aspect_ratio: "9:16", resolution: "1080p" },
    },
  },
  files: { [DAWN]: PICTURE },
});

test("the vendor's own client completes its flow against the fake", async () => {
  await using rig = await setup();
  const client = new RunwayML({ apiKey: RUNWAY_KEY, baseURL: rig.fake.url, maxRetries: 0 });
  const { id } = await client.textToVideo.create({
    model: "gen4.5",
    promptText: "a fox",
    ratio: "1280:720",
    duration: 5,
  });
  const waiting = await client.tasks.retrieve(id);
  assert.equal(waiting.status, "PENDING");
  const running = await client.tasks.retrieve(id);
  assert.equal(running.status === "RUNNING" ? running.progress : running.status, 0.5);
  const done = await client.tasks.retrieve(id);
  assert.ok(done.status === "SUCCEEDED");
  const film = await fetch(done.output[0] ?? "");
  assert.deepEqual(Buffer.from(await film.arrayBuffer()), FILM);
  await client.tasks.delete(id);
  await assert.rejects(client.tasks.retrieve(id).asResponse(), RunwayML.NotFoundError);
  const wrong = { model: "gen4.5", promptText: "x", ratio: "1280:720", duration: 11 } as const;
  await assert.rejects(
    client.textToVideo.create(wrong).asResponse(),
    RunwayML.BadRequestError,
    "as strict as the real one",
  );
});

/** Model and input, and the endpoint and the body that they become. */
const BODIES: readonly (readonly [string, JsonObject, string, JsonObject])[] = [
  [
    "runway-gen-4.5",
    { prompt: "a fox", duration: 10, aspect_ratio: "9:16", seed: 3 },
    "/v1/text_to_video",
    { model: "gen4.5", promptText: "a fox", ratio: "720:1280", duration: 10, seed: 3 },
  ],
  [
    "sora-2",
    { prompt: "a fox" },
    "/v1/text_to_video",
    { model: "gen4.5", promptText: "a fox", ratio: "1280:720", duration: 10 },
  ],
  [
    "veo3.1-fast-official",
    { prompt: "a tide", duration: 4, resolution: "1080p", sound: false, image_urls: [DAWN, DUSK] },
    "/v1/image_to_video",
    {
      model: "veo3.1_fast",
      promptText: "a tide",
      ratio: "1920:1080",
      duration: 4,
      audio: false,
      promptImage: [
        { uri: DATA, position: "first" },
        { uri: DATA, position: "last" },
      ],
    },
  ],
];

describe("submit()", () => {
  test("sends what the input asks for, and pictures as bytes", async () => {
    for (const [model, input, path, body] of BODIES) {
      await using rig = await setup();
      await rig.submit(rig.ready(model, input));
      const [sent] = rig.fake.seen;
      assert.equal(sent?.path, path);
      assert.deepEqual(sent?.json, body);
    }
  });
});

describe("prepare()", () => {
  test("refuses what it would have to leave out", async () => {
    await using rig = await setup();
    const cases: readonly (readonly [string, JsonObject, RegExp])[] = [
      ["runway-gen-4.5", { prompt: "x", aspect_ratio: "21:9" }, /^aspect_ratio 21:9 is not/],
      ["runway-gen-4.5", { prompt: "x".repeat(1_001) }, /^prompt must be 1000 characters/],
      ["veo3.1-fast-official", { prompt: "x", resolution: "4k" }, /^resolution 4k is not/],
      ["runway-gen-4.5", { prompt: "x", duration: 11 }, /^duration 11 is not supported/],
      ["runway-gen-4.5", { prompt: "x", sound: true }, /^sound is not supported/],
      ["runway-gen-4.5", { prompt: "x", cfg: 1 }, /cfg/],
    ];
    for (const [model, input, message] of cases) {
      const preparation = rig.prepare(model, { prompt: "x" }, { input });
      assert.ok(preparation.kind === "refused", model);
      assert.match(preparation.error.message, message);
      assert.equal(preparation.error.retry, "other-route");
    }
  });
});

/** A code of a failed task, and what it is. */
const ENDINGS: readonly (readonly [string, string, string])[] = [
  ["SAFETY.INPUT.TEXT", "content_policy", "input"],
  ["SAFETY.OUTPUT.VIDEO", "content_policy", "output"],
  ["INPUT_PREPROCESSING.SAFETY.TEXT", "invalid_request", ""],
  ["INTERNAL.BAD_OUTPUT.CODE01", "generation_failed", ""],
];

describe("poll()", () => {
  test("takes a throttled job for a waiting one", async () => {
    await using rig = await setup();
    await rig.submit(rig.ready("runway-gen-4.5", { prompt: "x" }));
    rig.fake.statusWord = "THROTTLED";
    const seen = await rig.poll({ id: "job-1" });
    assert.equal(seen.kind === "pending" ? seen.phase : seen.kind, "queued");
    assert.equal(seen.kind === "pending" && seen.unknownStatus !== undefined, false);
  });

  test("tells progress in percent", async () => {
    await using rig = await setup();
    await rig.submit(rig.ready("runway-gen-4.5", { prompt: "x" }));
    await rig.poll({ id: "job-1" });
    const seen = await rig.poll({ id: "job-1" });
    assert.equal(seen.kind === "pending" ? seen.progress : seen.kind, 50);
  });

  test("tells a refusal of content from a failure", async () => {
    for (const [ending, code, stage] of ENDINGS) {
      await using rig = await setup();
      rig.fake.pollsUntilDone = 0;
      rig.fake.ending = ending;
      await rig.submit(rig.ready("runway-gen-4.5", { prompt: "x" }));
      const seen = await rig.poll({ id: "job-1" });
      assert.ok(seen.kind === "failed", ending);
      assert.deepEqual([seen.error.code, seen.error.stage ?? ""], [code, stage], ending);
      const { billed, cost } = seen.error;
      assert.deepEqual([billed, cost], ["no", { amount: "0", unit: "credits" }]);
    }
  });
});
