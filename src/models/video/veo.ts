import type { JsonObject } from "../../lib/json.ts";
import { videoModel } from "../define.ts";
import { SMALL_PICTURES } from "../file-limits.ts";
import type { JsonSchema, Model, Price, Rule } from "../model.ts";
import { choice, inputSchema, prompt, urls } from "../pieces.ts";
import { perRequest, type Tariff, when } from "../price.ts";
import { countOf, isGiven, textOf } from "../reading.ts";
import { rule } from "../rule.ts";

/** Pictures that make a reference video. */
export const REFERENCES = 3;

/** Length, ratio and resolution of every Veo 3.1 outside the official service. */
export const VEO_SHAPE: Readonly<Record<string, JsonSchema>> = {
  duration: choice("Seconds.", [8], 8),
  aspect_ratio: choice("Aspect ratio.", ["16:9", "9:16"], "16:9"),
  resolution: choice("Resolution.", ["720p", "1080p", "4k"], "720p"),
};

/** How pictures are used: first and last frame, or references. */
export const GENERATION_TYPE: JsonSchema = choice(
  "frame: first and last frame; reference: three pictures. Follows their count when absent.",
  ["frame", "reference"],
);

/** The way in which the pictures are used agrees with their number. */
export const GENERATION_TYPE_RULES: readonly Rule[] = [
  rule("veo-reference-images", "image_urls", (input) =>
    input.generation_type === "reference" && countOf(input, "image_urls") !== REFERENCES
      ? "image_urls must have exactly 3 items when generation_type is reference"
      : null,
  ),
  rule("veo-frame-images", "image_urls", (input) => {
    const images = countOf(input, "image_urls");
    return input.generation_type === "frame" && (images === 0 || images >= REFERENCES)
      ? "image_urls must have 1 or 2 items when generation_type is frame"
      : null;
  }),
];

/** Fills `generation_type` from the number of pictures. */
export function withGenerationType(input: JsonObject): JsonObject {
  if (!isGiven(input, "image_urls")) return input;
  const inferred = countOf(input, "image_urls") >= REFERENCES ? "reference" : "frame";
  return { generation_type: inferred, ...input };
}

const LEGACY = inputSchema(["prompt"], {
  prompt: prompt(1000),
  image_urls: urls(
    "First and last frame, or three references.",
    { max: REFERENCES },
    SMALL_PICTURES,
  ),
  generation_type: GENERATION_TYPE,
  ...VEO_SHAPE,
});

/** Prices of Veo 3.1 Fast, Lite and Quality, a video each. */
export const VEO_PRICES: Readonly<Record<"fast" | "lite" | "quality", Price>> = {
  fast: perRequest(in4k(60, 36)),
  lite: perRequest(in4k(30, 20)),
  quality: perRequest(in4k(400, 200)),
};

/** Veo 3.1 under its old ids. */
export const veoModels: readonly Model[] = [
  videoModel({
    id: "veo3.1-fast",
    summary: "Veo 3.1 Fast videos of 8 seconds from text, frames or references.",
    input: LEGACY,
    rules: GENERATION_TYPE_RULES,
    normalise: withGenerationType,
    price: VEO_PRICES.fast,
    deprecation: "Old id; new work should use veo3.1-fast/text-to-video and its relatives.",
    examples: [{ prompt: "Sheep cross a country road at noon", duration: 8, aspect_ratio: "16:9" }],
  }),
  videoModel({
    id: "veo3.1-quality",
    summary: "Veo 3.1 videos of 8 seconds from text, frames or references.",
    input: LEGACY,
    rules: GENERATION_TYPE_RULES,
    normalise: withGenerationType,
    price: VEO_PRICES.quality,
    deprecation: "Old id; new work should use veo3.1/text-to-video and its relatives.",
    examples: [
      {
        prompt: "A glassblower turns a glowing vase in the furnace",
        duration: 8,
        aspect_ratio: "16:9",
        resolution: "4k",
      },
    ],
  }),
];

function in4k(yes: Tariff, no: Tariff): Tariff {
  return when((input) => textOf(input, "resolution") === "4k", ["4k", yes], ["720p, 1080p", no]);
}
