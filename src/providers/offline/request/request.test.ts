import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { JsonObject } from "../../../lib/json.ts";
import { filmSize, readFilmRequest } from "./film-request.ts";
import { readPictureRequest } from "./picture-request.ts";
import { exactSize } from "./ratio.ts";

const PICTURES: readonly (readonly [string, JsonObject, string])[] = [
  ["z-image", { size: "1:1" }, "1024x1024"],
  ["z-image", { size: "16:9" }, "1344x756"],
  ["z-image", { size: "9:16" }, "756x1344"],
  ["flux-kontext-pro", { size: "21:9" }, "1568x672"],
  ["nano-banana-2", { size: "4:5", resolution: "2K" }, "1824x2280"],
  ["seedream-4", { size: "1:1", resolution: "4K" }, "4096x4096"],
  ["seedream-4.5", { size: "2K" }, "2048x2048"],
  ["seedream-5.0-lite", { size: "2304x1728" }, "2304x1728"],
  ["seedream-5.0-lite", { size: { width: 640, height: 480 } }, "640x480"],
  ["gpt-4o-image", { size: "2:3" }, "1024x1536"],
  ["gpt-image-2", { size: "auto", resolution: "4K" }, "1024x1024"],
  ["gpt-image-2", { size: "16:9", resolution: "4K" }, "3840x2160"],
  ["gpt-4o-image", {}, "1024x1024"],
];

for (const [model, input, expected] of PICTURES) {
  test(`readPictureRequest() makes ${expected} of ${model} ${JSON.stringify(input)}`, () => {
    const { size } = readPictureRequest(model, input);
    assert.equal(`${size?.width}x${size?.height}`, expected);
  });
}

test("readPictureRequest() leaves the size to the first picture where it is auto or absent", () => {
  const image_urls = ["https://example.com/a.png"];
  assert.equal(readPictureRequest("flux-2-pro-edit", { size: "auto", image_urls }).size, null);
  assert.equal(readPictureRequest("nano-banana-edit", { image_urls }).size, null);
});

test("readPictureRequest() reads count and format, within bounds", () => {
  const of = (input: JsonObject) => readPictureRequest("z-image", input);
  assert.equal(of({ n: 4 }).count, 4);
  assert.equal(of({ n: 99 }).count, 15);
  assert.equal(of({}).count, 1);
  assert.deepEqual(
    ["png", "jpg", "jpeg", "webp", "gif"].map((output_format) => of({ output_format }).format),
    ["png", "jpeg", "jpeg", "webp", "png"],
  );
});

test("exactSize() keeps any ratio exactly, with even sides", () => {
  const side = fc.integer({ min: 1, max: 32 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const size = exactSize({ width, height }, 1024 * 1024);
      assert.equal(size.width * height, size.height * width);
      assert.ok(size.width % 2 === 0 && size.height % 2 === 0);
    }),
  );
});

const FILMS: readonly (readonly [string, JsonObject, string, number])[] = [
  ["sora-2", {}, "1280x720", 10],
  ["sora-2-pro", { aspect_ratio: "9:16" }, "720x1280", 15],
  ["grok-imagine", { aspect_ratio: "1:1", duration: 6 }, "720x720", 6],
  ["veo3.1-fast", { resolution: "1080p" }, "1920x1080", 8],
  ["veo3.1-quality", { resolution: "4k" }, "1920x1080", 8],
  ["wan2.5-text-to-video", { aspect_ratio: "832*480", duration: 5 }, "832x480", 5],
  ["hailuo-02", { duration: 10, resolution: "512P" }, "910x512", 10],
  ["kling-3.0/pro", { duration: 5 }, "1080x1080", 5],
  ["kling-2.6-motion-control", { mode: "1080p" }, "1920x1080", 5],
  ["minimax/h3/text-to-video", { resolution: "2K", duration: 5 }, "2560x1440", 5],
  ["seedance-2", { aspect_ratio: "21:9", resolution: "720p", duration: 4 }, "1466x628", 4],
  ["wan-animate-move", { resolution: "580p" }, "1032x580", 5],
];

for (const [model, input, expected, seconds] of FILMS) {
  const asked = `${model} ${JSON.stringify(input)}`;
  test(`readFilmRequest() makes ${expected} and ${seconds} s of ${asked}`, () => {
    const request = readFilmRequest(model, input);
    const size = filmSize(request, request.ratio ?? { width: 16, height: 9 });
    assert.equal(`${size.width}x${size.height}`, expected);
    assert.equal(request.duration, seconds);
  });
}

test("readFilmRequest() says when 4K becomes 1080p", () => {
  const framed = { aspect_ratio: "1:1", image_urls: ["a", "b"] };
  assert.deepEqual(readFilmRequest("seedance-2", framed).ratio, { width: 1, height: 1 });
  assert.equal(readFilmRequest("seedance-2.0/image-to-video", framed).ratio, null);
  assert.deepEqual(readFilmRequest("seedance-2", { resolution: "4k" }).notes, [
    "4K was asked for; the offline engine makes 1080p films",
  ]);
  assert.deepEqual(readFilmRequest("seedance-2", { resolution: "1080p" }).notes, []);
});

test("readFilmRequest() tells frames from references", () => {
  const of = (model: string, input: JsonObject) => {
    const { startUrl, endUrl, referenceUrls } = readFilmRequest(model, input);
    return [startUrl, endUrl, referenceUrls.length];
  };
  assert.deepEqual(of("wan2.2-image-to-video-fast", { image_urls: ["a", "b"] }), ["a", "b", 0]);
  assert.deepEqual(of("veo3.1-fast", { image_urls: ["a", "b", "c"] }), [null, null, 3]);
  assert.deepEqual(of("kling-2.5-turbo-pro", { start_image_url: "a", end_image_url: "b" }), [
    "a",
    "b",
    0,
  ]);
  assert.deepEqual(of("seedance-2", { reference_image_urls: ["a"] }), [null, null, 1]);
  assert.deepEqual(
    of("kling-3.0/standard", { kling_elements: [{ name: "x", element_input_urls: ["a", "b"] }] }),
    [null, null, 2],
  );
});

test("readFilmRequest() sums the shots of multi_prompt", () => {
  const shots = [
    { prompt: "a", duration: 2 },
    { prompt: "b", duration: 3 },
  ];
  const request = readFilmRequest("kling-3.0/pro", {
    multi_shots: true,
    duration: 5,
    multi_prompt: shots,
  });
  assert.equal(request.duration, 5);
  assert.deepEqual(
    request.prompts.map(({ seconds }) => seconds),
    [2, 3],
  );
});

test("readFilmRequest() makes no sound where it is switched off", () => {
  assert.equal(readFilmRequest("kling-2.6", { sound: false }).sound, false);
  assert.equal(readFilmRequest("seedance-2", { generate_audio: false }).sound, false);
  assert.equal(readFilmRequest("seedance-2", {}).sound, true);
});
