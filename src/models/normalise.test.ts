import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../lib/json.ts";
import { createCatalogue } from "./catalogue.ts";
import { createValidator } from "./validate.ts";

const PICTURE = "https://media.example.com/1.jpg";
const SOUND = "https://media.example.com/1.mp3";
const CLIP = "https://media.example.com/1.mp4";

/** The checked input, or the message of the refusal. */
function checked(id: string, input: JsonObject): JsonObject {
  const model = createCatalogue().find(id);
  assert.ok(model, id);
  const verdict = createValidator().check(model, input);
  return verdict.kind === "valid" ? verdict.input : { refused: verdict.refusal.message };
}

test("normalise() takes resolution for mode, as a sister service calls it", () => {
  const clip = {
    image_urls: [PICTURE],
    video_urls: [CLIP],
    character_orientation: "video",
  };

  assert.deepEqual(checked("kling-2.6-motion-control", { ...clip, resolution: "720p" }), {
    ...clip,
    mode: "720p",
  });
  assert.equal(
    checked("kling-2.6-motion-control", { ...clip, resolution: "720p", mode: "1080p" }).mode,
    "1080p",
  );
  assert.equal(checked("kling-2.6-motion-control", clip).refused, "mode is required");
});

test("normalise() takes an element of kling-3.0 whose other list is empty", () => {
  const shown = (media: JsonObject) =>
    checked("kling-3.0/pro", {
      prompt: "@cat sleeps",
      duration: 5,
      image_urls: [PICTURE],
      kling_elements: [{ name: "cat", ...media }],
    });

  assert.deepEqual(
    shown({ element_input_urls: [], element_input_video_urls: [CLIP] }).kling_elements,
    [{ name: "cat", element_input_video_urls: [CLIP] }],
  );
  assert.deepEqual(
    shown({ element_input_urls: [PICTURE, PICTURE], element_input_video_urls: [] }).kling_elements,
    [{ name: "cat", element_input_urls: [PICTURE, PICTURE] }],
  );
  assert.equal(
    shown({ element_input_urls: [], element_input_video_urls: [] }).refused,
    "kling_elements[0] must have one of: element_input_urls, element_input_video_urls",
  );
});

test("normalise() takes model for mv, as the pages of the music models call it", () => {
  const voice = { upload_url: SOUND, title: "Rain", tags: "folk", negative_tags: "metal" };

  assert.equal(checked("add-instrumental", { ...voice, model: "V5" }).mv, "V5");
  assert.equal(checked("add-instrumental", { ...voice, model: "V5" }).model, undefined);
  assert.equal(checked("add-instrumental", voice).mv, "V4_5PLUS");
  assert.equal(
    checked("add-instrumental", { ...voice, model: "V4" }).refused,
    'mv must be one of: V4_5PLUS, V5 (got "V4")',
  );
});

test("normalise() leaves the ratio to the first frame, when there is one", () => {
  assert.equal(checked("grok-imagine", { prompt: "A fox" }).aspect_ratio, "16:9");
  assert.equal(
    checked("grok-imagine", { prompt: "A fox", image_urls: [PICTURE] }).aspect_ratio,
    undefined,
  );
  assert.equal(checked("kling-3.0/pro", { prompt: "A fox", duration: 5 }).aspect_ratio, "1:1");
});

test("normalise() gives grok-imagine-video-1.5 eight seconds with references, else six", () => {
  const id = "grok-imagine-video-1.5";

  assert.equal(checked(id, { prompt: "A fox" }).duration, 6);
  assert.equal(checked(id, { prompt: "A fox", reference_image_urls: [PICTURE] }).duration, 8);
  assert.equal(
    checked(id, { prompt: "A fox", duration: 3, reference_image_urls: [PICTURE] }).duration,
    3,
  );
});

test("normalise() follows the picture in sora-2-pro-official, when one is given", () => {
  assert.equal(checked("sora-2-pro-official", { prompt: "A fox" }).aspect_ratio, "16:9");
  assert.equal(
    checked("sora-2-pro-official", { prompt: "A fox", image_urls: [PICTURE] }).aspect_ratio,
    "auto",
  );
});

test("normalise() infers how Veo uses pictures from their number", () => {
  const type = (count: number): unknown =>
    checked("veo3.1-fast", { prompt: "A fox", image_urls: Array(count).fill(PICTURE) })
      .generation_type;

  assert.deepEqual([0, 1, 2, 3].map(type), [undefined, "frame", "frame", "reference"]);
});

test("normalise() gives Veo Lite 720p, when the video is too short for 1080p", () => {
  assert.equal(checked("veo3.1-lite-official", { prompt: "A fox" }).resolution, "1080p");
  assert.equal(
    checked("veo3.1-lite-official", { prompt: "A fox", duration: 4 }).resolution,
    "720p",
  );
});

test("normalise() uses the frame's ratio in Seedance, whatever ratio is asked for", () => {
  const id = "seedance-2.0/image-to-video";
  const input = { prompt: "A fox", duration: 5, resolution: "480p", image_urls: [PICTURE] };

  assert.equal(checked(id, input).aspect_ratio, "auto");
  assert.equal(checked(id, { ...input, aspect_ratio: "9:16" }).aspect_ratio, "auto");
  assert.equal(
    checked(id, { ...input, aspect_ratio: "2:1" }).refused,
    'aspect_ratio must be one of: auto, 21:9, 16:9, 4:3, 1:1, 3:4, 9:16 (got "2:1")',
  );
});

test("normalise() takes upload-and-extend-audio with the flag either way", () => {
  const input = { upload_url: SOUND, instrumental: false, continue_at: 60, mv: "V5" };

  for (const flag of [true, false]) {
    assert.equal(
      checked("upload-and-extend-audio", { ...input, default_param_flag: flag }).refused,
      undefined,
    );
  }
});

test("normalise() copes with values of any type", () => {
  const catalogue = createCatalogue();
  const validator = createValidator();
  const strange = [0, "", "x", true, [], [[]], {}, { length: 3 }, -1];
  const members = ["image_urls", "aspect_ratio", "duration", "model", "mv", "mode", "resolution"];
  for (const model of catalogue.models.filter(({ normalise }) => normalise !== undefined)) {
    for (const member of members) {
      for (const value of strange) {
        const verdict = validator.check(model, { ...model.examples[0], [member]: value });
        assert.ok(verdict.kind === "valid" || verdict.refusal.message.length > 0);
      }
    }
  }
});
