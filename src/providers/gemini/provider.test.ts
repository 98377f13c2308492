import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApiError, GoogleGenAI } from "@google/genai";
import { GEMINI_KEY, openGemini } from "../../../test/support/fakes/gemini.ts";
import { PICTURE } from "../../../test/support/fakes/media.ts";
import { member, openProviderRig, type ProviderRig } from "../../../test/support/provider-rig.ts";
import type { JsonObject } from "../../lib/json.ts";
import { testProvider } from "../conformance.ts";
import refusals from "./fixtures/refusals.json" with { type: "json" };
import { gemini } from "./provider.ts";

const LAKE = "https://media.example.com/lake.png";
const SUBJECT = {
  provider: gemini,
  openFake: openGemini,
  secret: { key: GEMINI_KEY },
  basePath: "/v1beta",
};

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
