import assert from "node:assert/strict";
import { test } from "node:test";
import { urlsOf, urlsToFetch } from "./input-media.ts";

const CASES = [
  [{ prompt: "https://example.com/no" }, []],
  [{ image_urls: ["https://a/1", "https://a/2", "https://a/1"] }, ["https://a/1", "https://a/2"]],
  [
    { start_image_url: "https://a/s", end_image_url: "https://a/e" },
    ["https://a/s", "https://a/e"],
  ],
  [{ video_url: "https://a/v", callback_url: "https://a/c" }, ["https://a/v"]],
  [
    {
      kling_elements: [
        { name: "x", element_input_urls: ["https://a/3"] },
        { element_input_video_urls: ["https://a/4"] },
      ],
    },
    ["https://a/3", "https://a/4"],
  ],
  [{ image_urls: [], mask_url: "" }, []],
] as const;

for (const [input, urls] of CASES) {
  test(`urlsToFetch() finds ${urls.length} in ${JSON.stringify(input).slice(0, 50)}`, () => {
    assert.deepEqual(urlsToFetch(input), urls);
  });
}

test("urlsOf() keeps the order of the keys, not of the input", () => {
  const input = { image_urls: ["https://a/2"], image_url: "https://a/1" };
  assert.deepEqual(urlsOf(input, "image_url", "image_urls"), ["https://a/1", "https://a/2"]);
});
