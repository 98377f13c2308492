import type { JsonObject } from "../../lib/json.ts";
import { imageModel, sample } from "../define.ts";
import type { JsonSchema, Model, Rule } from "../model.ts";
import { choice, inputSchema, prompt, UNSUPPORTED, urls } from "../pieces.ts";
import { by, perRequest, type TariffTable } from "../price.ts";
import { textOf } from "../reading.ts";
import { rule } from "../rule.ts";
import { EDIT_WORDS } from "./edit.ts";
import { type PixelSize, pixelSize } from "./pixel-size.ts";

const RATIOS = "auto 1:1 2:3 3:2 3:4 4:3 4:5 5:4 16:9 9:16 21:9".split(" ");
const WIDE_RATIOS: readonly string[] = ["16:9", "9:16", "21:9"];

const EDGE_MAX = 3840;
const EDGE_STEP = 16;
const RATIO_MAX = 3;
const PIXELS_MIN = 655_360;
const PIXELS_MAX = 8_294_400;

const FIELDS: Readonly<Record<string, JsonSchema>> = {
  prompt: prompt(4000),
  quality: choice("Quality and price tier.", ["low", "medium", "high"], "low"),
  size: {
    anyOf: [
      { type: "string", enum: RATIOS },
      { type: "string", pattern: "^\\d{3,4}x\\d{3,4}$" },
    ],
    default: "auto",
    description: "A ratio, auto, or width and height in pixels; auto is made at 1K.",
  },
  resolution: choice("Resolution tier.", ["1K", "2K", "4K"], "1K"),
  n: UNSUPPORTED,
};

const WORDS: Readonly<Record<string, string>> = {
  "quality enum": "quality must be one of: low, medium, high",
  "resolution enum": "resolution must be one of: 1K, 2K, 4K",
  "n not": "n is not supported for gpt-image-2",
  "size anyOf": `size must be one of: ${RATIOS.join(", ")}; or width and height like 2048x1152`,
};

const RULES: readonly Rule[] = [
  rule("gpt-image-2-custom-resolution", "size", (input) =>
    pixelSize(input.size) !== null && resolutionOf(input) === "1K"
      ? "custom size requires resolution 2K or 4K"
      : null,
  ),
  customRule("gpt-image-2-size-step", ({ width, height }) =>
    width % EDGE_STEP !== 0 || height % EDGE_STEP !== 0
      ? "size must have sides that are multiples of 16"
      : null,
  ),
  customRule("gpt-image-2-size-edge", ({ width, height }) =>
    Math.max(width, height) > EDGE_MAX ? "size must have no side above 3840" : null,
  ),
  customRule("gpt-image-2-size-ratio", ({ width, height }) =>
    Math.max(width, height) > RATIO_MAX * Math.min(width, height)
      ? "size must not be longer than 3:1"
      : null,
  ),
  customRule("gpt-image-2-size-pixels", ({ width, height }) =>
    width * height < PIXELS_MIN || width * height > PIXELS_MAX
      ? "size must have 655360 to 8294400 pixels in all"
      : null,
  ),
  customRule("gpt-image-2-true-4k", (size, input) =>
    isTrue4k(size) && resolutionOf(input) !== "4K"
      ? "true 4K custom size requires resolution 4K"
      : null,
  ),
];

/** What is made and paid: auto is 1K, and 4K exists for wide ratios and 3840 pixels only. */
function paidResolution(input: JsonObject): string {
  const size = textOf(input, "size");
  if (size === "" || size === "auto") return "1K";
  const custom = pixelSize(size);
  const reaches4k = custom === null ? WIDE_RATIOS.includes(size) : isTrue4k(custom);
  return resolutionOf(input) === "4K" && !reaches4k ? "2K" : resolutionOf(input);
}

function tiers(one: number, two: number, four: number): TariffTable {
  return { key: paidResolution, cases: { "1K": one, "2K": two, "4K": four } };
}

const PRICE = perRequest(
  by("quality", { low: tiers(2, 4, 8), medium: tiers(3, 6, 12), high: tiers(12, 24, 48) }),
);

/** GPT Image 2: ratios or exact pixel sizes, three qualities, up to 4K. */
export const gptImage2Models: readonly Model[] = [
  imageModel({
    id: "gpt-image-2",
    summary: "GPT Image 2 pictures from text, at ratios or exact pixel sizes up to 4K.",
    input: inputSchema(["prompt"], {
      ...FIELDS,
      image_urls: urls("Only for gpt-image-2-edit.", { max: 0 }),
    }),
    words: { ...WORDS, "image_urls maxItems": "image_urls is only supported for gpt-image-2-edit" },
    rules: RULES,
    price: PRICE,
    examples: [
      {
        prompt: "A product photo of a blue enamel coffee pot on pale oak, soft window light",
        quality: "low",
        size: "1:1",
        resolution: "1K",
      },
      {
        prompt: "A travel poster of a mountain railway, flat colours, bold lettering",
        quality: "medium",
        size: "16:9",
        resolution: "2K",
      },
      {
        prompt: "A panorama of salt flats under a thunderstorm",
        quality: "high",
        size: "21:9",
        resolution: "4K",
      },
      {
        prompt: "A map of an invented island in the manner of old sea charts",
        quality: "medium",
        size: "2304x1536",
        resolution: "2K",
      },
    ],
  }),
  imageModel({
    id: "gpt-image-2-edit",
    summary: "GPT Image 2 edits of one or more pictures.",
    input: inputSchema(["prompt", "image_urls"], {
      ...FIELDS,
      image_urls: urls("The picture to edit, and further ones to take from.", { min: 1 }),
    }),
    words: { ...WORDS, ...EDIT_WORDS },
    rules: RULES,
    price: PRICE,
    examples: [
      {
        prompt: "Put the bottle on a beach at golden hour and keep its label as it is",
        quality: "medium",
        size: "1:1",
        resolution: "2K",
        image_urls: [sample("bottle.jpg")],
      },
    ],
  }),
];

function customRule(
  name: string,
  judge: (size: PixelSize, input: JsonObject) => string | null,
): Rule {
  return rule(name, "size", (input) => {
    const size = pixelSize(input.size);
    return size === null ? null : judge(size, input);
  });
}

function isTrue4k({ width, height }: PixelSize): boolean {
  return Math.max(width, height) === EDGE_MAX;
}

function resolutionOf(input: JsonObject): string {
  return textOf(input, "resolution");
}
