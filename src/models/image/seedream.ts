import { imageModel, sample } from "../define.ts";
import { PHOTOS } from "../file-limits.ts";
import type { JsonSchema, Model } from "../model.ts";
import {
  choice,
  inputSchema,
  integer,
  prompt,
  SAFETY_CHECKER,
  strictSchema,
  urls,
} from "../pieces.ts";
import { perImage, perRequest } from "../price.ts";
import { countOf, numberOf } from "../reading.ts";
import { shown } from "../refusal.ts";
import { rule } from "../rule.ts";
import { EDIT_WORDS } from "./edit.ts";
import { pixelSize } from "./pixel-size.ts";

/** Most pictures in and out together. */
const IMAGES_MAX = 15;

const COMMON: Readonly<Record<string, JsonSchema>> = {
  prompt: prompt(2000),
  image_urls: urls("Pictures to edit or to take from.", { min: 1, max: 10 }),
  n: integer("How many pictures at most.", { min: 1, max: IMAGES_MAX }, 1),
};

const V4: Readonly<Record<string, JsonSchema>> = {
  ...COMMON,
  size: choice("Aspect ratio.", "1:1 3:4 4:3 16:9 9:16 3:2 2:3 21:9".split(" "), "1:1"),
  resolution: choice("Resolution tier.", ["1K", "2K", "4K"], "2K"),
};

const PHOTOS_IN = urls("Pictures to edit or to take from.", { min: 1, max: 10 }, PHOTOS);

const V4_5: Readonly<Record<string, JsonSchema>> = {
  ...COMMON,
  image_urls: PHOTOS_IN,
  size: choice(
    "A resolution whose ratio the prompt describes, or a ratio.",
    "2K 4K 1:1 4:3 3:4 16:9 9:16 3:2 2:3 21:9".split(" "),
    "1:1",
  ),
};

const V5_SIZES = "2K 3K 1:1 4:3 3:4 16:9 9:16 3:2 2:3 21:9".split(" ");
const V5_WORDS = {
  "size anyOf":
    `size must be one of: ${V5_SIZES.join(", ")}; or width and height in pixels, ` +
    'as "2304x1728" or {"width": 2304, "height": 1728}',
};
const V5_LITE: Readonly<Record<string, JsonSchema>> = {
  ...COMMON,
  image_urls: PHOTOS_IN,
  size: {
    anyOf: [
      { type: "string", enum: V5_SIZES },
      { type: "string", pattern: "^\\d+[xX]\\d+$" },
      {
        type: "object",
        required: ["width", "height"],
        properties: {
          width: integer("Pixels.", { min: 1 }),
          height: integer("Pixels.", { min: 1 }),
        },
        additionalProperties: false,
      },
    ],
    default: "1:1",
    description: "A resolution, a ratio, or width and height in pixels.",
  },
};

const V5_PRO: Readonly<Record<string, JsonSchema>> = {
  prompt: prompt(10_000),
  size: choice("Aspect ratio.", "1:1 3:2 2:3 4:3 3:4 16:9 9:16 21:9".split(" "), "1:1"),
  resolution: choice("Resolution tier.", ["1K", "2K"], "1K"),
  output_format: choice("File format.", ["png", "jpeg"]),
  enable_safety_checker: SAFETY_CHECKER,
};
const V5_PRO_EXAMPLE = {
  prompt: "A ceramic workshop seen from above, shelves of glazed bowls",
  resolution: "1K",
  size: "1:1",
};

const COUNT_RULE = rule("seedream-4-image-count", "n", (input) => {
  const together = countOf(input, "image_urls") + numberOf(input, "n");
  return together > IMAGES_MAX
    ? `n and the number of image_urls must be 15 or fewer together (got ${together})`
    : null;
});

const PIXELS_MAX = 16_777_216;
const SIDES_RATIO_MAX = 16;
const PIXEL_RULE = rule("seedream-5.0-lite-pixels", "size", ({ size }) => {
  if (V5_SIZES.some((name) => name === size)) return null;
  const pixels = pixelSize(size);
  if (pixels === null) return `size must have sides of 1 pixel or more (got ${shown(size)})`;
  const { width, height } = pixels;
  const got = `(got ${shown(typeof size === "string" ? size : `${width}x${height}`)})`;
  if (width * height > PIXELS_MAX) {
    return `size must have at most ${PIXELS_MAX} pixels in all, as 4096x4096 has ${got}`;
  }
  return Math.max(width, height) > SIDES_RATIO_MAX * Math.min(width, height)
    ? `size must have a longer side of at most ${SIDES_RATIO_MAX} times the shorter ${got}`
    : null;
});

/** Seedream 4 to 5; up to 15 pictures a task, of which the missing ones are paid back. */
export const seedreamModels: readonly Model[] = [
  imageModel({
    id: "seedream-4",
    summary: "Seedream 4 pictures, up to 15 at once and up to 4K.",
    input: inputSchema(["prompt"], V4),
    rules: [COUNT_RULE],
    price: perImage(5),
    examples: [
      {
        prompt: "Four seasons of the same chestnut tree in a city courtyard",
        size: "1:1",
        resolution: "1K",
        n: 1,
      },
    ],
  }),
  imageModel({
    id: "seedream-4-edit",
    summary: "Seedream 4 edits of up to ten pictures.",
    input: inputSchema(["prompt", "image_urls"], V4),
    words: EDIT_WORDS,
    rules: [COUNT_RULE],
    price: perImage(5),
    examples: [
      {
        prompt: "Keep the face and change the suit to dark green velvet",
        image_urls: [sample("reference-1.jpg")],
        size: "1:1",
        resolution: "1K",
        n: 1,
      },
    ],
  }),
  imageModel({
    id: "seedream-4.5",
    summary: "Seedream 4.5 pictures, up to 15 at once.",
    input: inputSchema(["prompt"], V4_5),
    price: perImage(5),
    examples: [{ prompt: "A desert observatory under the Milky Way", size: "16:9", n: 1 }],
  }),
  imageModel({
    id: "seedream-4.5-edit",
    summary: "Seedream 4.5 edits of up to ten pictures.",
    input: inputSchema(["prompt", "image_urls"], V4_5),
    words: EDIT_WORDS,
    price: perImage(5),
    examples: [
      {
        prompt: "Place the lamp of the second picture on the desk",
        image_urls: [sample("reference-1.jpg"), sample("reference-2.jpg")],
        size: "16:9",
        n: 1,
      },
    ],
  }),
  imageModel({
    id: "seedream-5.0-lite",
    summary: "Seedream 5 Lite pictures at ratios, presets or exact pixel sizes.",
    input: inputSchema(["prompt"], V5_LITE),
    words: V5_WORDS,
    rules: [PIXEL_RULE],
    price: perImage(5),
    examples: [
      { prompt: "A kingfisher dives, frozen in the moment of touch", size: "2K", n: 1 },
      {
        prompt: "A reading room with green lamps and a high glass roof",
        size: { width: 2304, height: 1728 },
        n: 1,
      },
    ],
  }),
  imageModel({
    id: "seedream-5.0-lite-edit",
    summary: "Seedream 5 Lite edits of up to ten pictures.",
    input: inputSchema(["prompt", "image_urls"], V5_LITE),
    words: { ...V5_WORDS, ...EDIT_WORDS },
    rules: [PIXEL_RULE],
    price: perImage(5),
    examples: [
      {
        prompt: "Blend both rooms into one with the sofa by the window",
        image_urls: [sample("reference-1.jpg"), sample("reference-2.jpg")],
        size: "2304x1728",
        n: 1,
      },
    ],
  }),
  imageModel({
    id: "seedream-v5.0-pro",
    summary: "Seedream 5 Pro pictures from text.",
    input: strictSchema(["prompt"], V5_PRO),
    strictBody: true,
    price: perRequest(15),
    examples: [V5_PRO_EXAMPLE],
  }),
  imageModel({
    id: "seedream-v5.0-pro/edit",
    summary: "Seedream 5 Pro edits of up to ten pictures.",
    input: strictSchema(["prompt", "image_urls"], {
      ...V5_PRO,
      image_urls: urls("Pictures to edit or to take from.", { min: 1, max: 10 }),
    }),
    strictBody: true,
    words: EDIT_WORDS,
    price: perRequest(15),
    examples: [{ ...V5_PRO_EXAMPLE, image_urls: [sample("reference-1.jpg")] }],
  }),
];
