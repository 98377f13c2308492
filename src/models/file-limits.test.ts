import assert from "node:assert/strict";
import { test } from "node:test";
import { createCatalogue } from "./catalogue.ts";
import { fileFault, limitedFiles, SMALL_PICTURES, wordsOf } from "./file-limits.ts";
import type { Model } from "./model.ts";

const PICTURES = "JPEG, PNG or WebP of at most 10 MB";
const PHOTOS = "JPEG or PNG of at most 10 MB";

/** What the documentation says of files, by model and member. */
const DOCUMENTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...each(["seedream-4.5", "seedream-5.0-lite"], { "image_urls[0]": "JPEG or PNG" }),
  ...each(["seedream-4.5-edit", "seedream-5.0-lite-edit"], { "image_urls[0]": "JPEG or PNG" }),
  ...each(["grok-imagine-image", "seedance-1.5-pro"], { "image_urls[0]": PICTURES }),
  ...each(["sora-2", "sora-2-private", "sora-2-pro", "sora-2-pro-private"], {
    "image_urls[0]": PICTURES,
  }),
  ...each(["veo3.1-fast", "veo3.1-quality"], { "image_urls[0]": PICTURES }),
  "wan2.6-image-to-video": { "image_urls[0]": PICTURES },
  "wan2.6-video-to-video": { "video_urls[0]": "MP4, MOV or MKV of at most 10 MB" },
  ...each(["kling-3.0/standard", "kling-3.0/pro"], {
    "kling_elements[0].element_input_urls[0]": PHOTOS,
    "kling_elements[0].element_input_video_urls[0]": "MP4 or MOV of at most 50 MB",
  }),
  "kling-3.0-motion-control": {
    "image_urls[0]": PHOTOS,
    "video_urls[0]": "MP4 or MOV of at most 100 MB",
  },
  "kling-2.6-motion-control": {
    "image_urls[0]": PICTURES,
    "video_urls[0]": "MP4, MOV or MKV of at most 100 MB",
  },
};

test("limitedFiles() finds the documented limits of every model, and no other", () => {
  for (const model of createCatalogue().models) {
    assert.deepEqual(foundIn(model), DOCUMENTED[model.id] ?? {}, model.id);
  }
});

test("fileFault() takes the largest file, and names type or size of what it refuses", () => {
  const fault = (mediaType: string, sizeBytes: number): string | null =>
    fileFault(SMALL_PICTURES, { mediaType, sizeBytes });
  assert.equal(fault("image/webp", 10_485_760), null);
  assert.equal(fault("image/webp", 10_485_761), `must be ${PICTURES} (got 10.01 MB)`);
  assert.equal(fault("image/gif", 7), `must be ${PICTURES} (got GIF)`);
  assert.equal(fault("image/bmp", 7), `must be ${PICTURES} (got image/bmp)`);
});

function foundIn(model: Model): Readonly<Record<string, string>> {
  const urls = ["https://media.example.com/1"];
  const element = { element_input_urls: urls, element_input_video_urls: urls };
  const input = { image_urls: urls, video_urls: urls, kling_elements: [element] };
  return Object.fromEntries(
    [...limitedFiles(model.input, input)].map(([field, limits]) => [field, wordsOf(limits)]),
  );
}

function each(
  ids: readonly string[],
  limits: Readonly<Record<string, string>>,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries(ids.map((id) => [id, limits]));
}
