import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, errorOf, type HttpRig, startHttp } from "../../../../test/support/http.ts";
import type { JsonObject } from "../../../lib/json.ts";

const REFERENCES = { prompt: "as in the clips", duration: 5, resolution: "480p" };

/** What a quote of an input says and what a submit of it then takes, millicredits. */
async function priceOf(rig: HttpRig, model: string, input: JsonObject): Promise<unknown[]> {
  const json = { model, input };
  const quoted = dataOf(await rig.call("POST", "/api/generate/quote", { json }));
  const before = await rig.store.tasks.balance(rig.projectId);
  dataOf(await rig.call("POST", "/api/generate/submit", { json }));
  return [quoted.credits, before - (await rig.store.tasks.balance(rig.projectId))];
}

test("quote and submit bill an edit by the whole seconds of its clip", async (t) => {
  const rig = await startHttp(t);
  const clip = await rig.addClip(20.5);
  const edit = { prompt: "in oil", video_url: clip, duration: 5 };
  assert.deepEqual(await priceOf(rig, "happy-horse", { ...edit, resolution: "720p" }), [
    "640",
    640_000,
  ]);
  assert.deepEqual(await priceOf(rig, "happy-horse", { ...edit, resolution: "1080p" }), [
    "1280",
    1_280_000,
  ]);
});

test("quote and submit add the whole seconds of each reference clip", async (t) => {
  const rig = await startHttp(t);
  const clips = [await rig.addClip(3.9), await rig.addClip(10), await rig.addClip(0.4)];
  const input = { ...REFERENCES, reference_video_urls: clips };
  for (const [model, credits] of [
    ["seedance-2.5/reference-to-video", 11.2 * 18],
    ["seedance-2.0-mini/reference-to-video", 6 * 18],
    ["seedance-2-fast", 9 * 18],
  ] as const) {
    assert.deepEqual(
      await priceOf(rig, model, input),
      [String(credits), Math.round(credits * 1000)],
      model,
    );
  }
  const inTwoK = { ...input, resolution: "2K" };
  assert.deepEqual(await priceOf(rig, "minimax/h3/reference-to-video", inTwoK), ["378", 378_000]);
});

test("quote and submit refuse a clip of ours that is too long or too short", async (t) => {
  const rig = await startHttp(t);
  for (const [seconds, shown] of [
    [2.9, "2.9"],
    [61, "61"],
  ] as const) {
    const input = { prompt: "in oil", video_url: await rig.addClip(seconds) };
    for (const path of ["quote", "submit"]) {
      const json = { model: "happy-horse", input };
      const answer = await rig.call("POST", `/api/generate/${path}`, { json });
      assert.equal(answer.statusCode, 400);
      const message = `video_url must last 3 to 60 seconds (got ${shown})`;
      assert.deepEqual(errorOf(answer), { type: "validation_error", message });
    }
  }
  const motion = {
    image_urls: ["https://media.example.com/1.png"],
    character_orientation: "image",
  };
  const json = {
    model: "kling-3.0-motion-control",
    input: { ...motion, video_urls: [await rig.addClip(12)] },
  };
  const { message } = errorOf(await rig.call("POST", "/api/generate/submit", { json }));
  assert.equal(message, "video_urls[0] must last 3 to 10 seconds (got 12)");
});

test("quote and submit refuse a file of ours that is not what its member holds", async (t) => {
  const rig = await startHttp(t);
  const clip = await rig.addClip(5);
  const picture = await rig.addClip(5, { mediaType: "image/png", extension: "png" });
  const sound = await rig.addClip(5, { mediaType: "audio/wav", extension: "wav" });
  const restyle = { prompt: "in oil", duration: 5 };
  const moved = { image_urls: ["https://media.example.com/1.png"], resolution: "480p" };
  for (const [model, input, message] of [
    [
      "gpt-4o-image-edit",
      { prompt: "red", image_urls: [clip] },
      /^image_urls\[0\] must name a pic/,
    ],
    ["wan2.6-video-to-video", { ...restyle, video_urls: [picture] }, /^video_urls\[0\] must name/],
    ["wan-animate-move", { ...moved, video_url: sound }, /^video_url must name a film of a known/],
    ["sora-2", { prompt: "rain", image_urls: [clip] }, /^image_urls\[0\] must name a picture/],
  ] as const) {
    for (const path of ["quote", "submit"]) {
      const answer = await rig.call("POST", `/api/generate/${path}`, { json: { model, input } });
      assert.equal(answer.statusCode, 400);
      assert.match(errorOf(answer).message, message);
    }
  }
});
