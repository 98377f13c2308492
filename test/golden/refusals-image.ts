import { many, PICTURE, type RefusedRequest, refused } from "./refused-request.ts";

/** Rows for the rules of image models. */
export const IMAGE_REFUSALS: readonly RefusedRequest[] = [
  refused(
    "gpt-image-2-custom-resolution",
    ["gpt-image-2", { prompt: "A fox", size: "2048x1152" }],
    "custom size requires resolution 2K or 4K",
  ),
  refused(
    "gpt-image-2-size-step",
    ["gpt-image-2", { prompt: "A fox", size: "1500x1504", resolution: "2K" }],
    "size must have sides that are multiples of 16",
  ),
  refused(
    "gpt-image-2-size-edge",
    ["gpt-image-2", { prompt: "A fox", size: "3856x2048", resolution: "4K" }],
    "size must have no side above 3840",
  ),
  refused(
    "gpt-image-2-size-ratio",
    ["gpt-image-2", { prompt: "A fox", size: "3088x1024", resolution: "2K" }],
    "size must not be longer than 3:1",
  ),
  refused(
    "gpt-image-2-size-pixels",
    ["gpt-image-2", { prompt: "A fox", size: "800x800", resolution: "2K" }],
    "size must have 655360 to 8294400 pixels in all",
  ),
  refused(
    "gpt-image-2-size-pixels",
    ["gpt-image-2", { prompt: "A fox", size: "2896x2880", resolution: "2K" }],
    "size must have 655360 to 8294400 pixels in all",
  ),
  refused(
    "gpt-image-2-true-4k",
    ["gpt-image-2", { prompt: "A fox", size: "3840x2160", resolution: "2K" }],
    "true 4K custom size requires resolution 4K",
  ),
  refused(
    "seedream-4-image-count",
    ["seedream-4-edit", { prompt: "A fox", image_urls: many(PICTURE, 10), n: 6 }],
    "n and the number of image_urls must be 15 or fewer together (got 16)",
  ),
  refused(
    "seedream-5.0-lite-pixels",
    ["seedream-5.0-lite", { prompt: "A fox", size: "4096x4097" }],
    'size must have at most 16777216 pixels in all, as 4096x4096 has (got "4096x4097")',
  ),
  refused(
    "seedream-5.0-lite-pixels",
    ["seedream-5.0-lite", { prompt: "A fox", size: { width: 100, height: 1601 } }],
    'size must have a longer side of at most 16 times the shorter (got "100x1601")',
  ),
  refused(
    "seedream-5.0-lite-pixels",
    ["seedream-5.0-lite", { prompt: "A fox", size: "100000x100" }],
    'size must have a longer side of at most 16 times the shorter (got "100000x100")',
  ),
  refused(
    "seedream-5.0-lite-pixels",
    ["seedream-5.0-lite", { prompt: "A fox", size: "0x768" }],
    'size must have sides of 1 pixel or more (got "0x768")',
  ),
];
