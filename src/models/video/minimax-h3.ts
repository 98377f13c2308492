import { sample, videoModel } from "../define.ts";
import type { JsonSchema, Model } from "../model.ts";
import { choice, integer, prompt, strictSchema, urls } from "../pieces.ts";
import { perSecond, plusEach, withNote } from "../price.ts";
import { countOf } from "../reading.ts";
import {
  CLIPS_ARE_BILLED,
  REFERENCE_TIMING,
  referenceFields,
  referenceSchema,
} from "./references.ts";

/** Reference pictures that cost nothing. */
const IMAGES_FREE = 5;

const RATIOS = ["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"];

const FIELDS: Readonly<Record<string, JsonSchema>> = {
  prompt: prompt(2000),
  duration: integer("Seconds.", { min: 5, max: 15 }, 5),
  resolution: choice("Resolution; always 2K.", ["2K"], "2K"),
};

const RATE = 21;
const PRICE = perSecond(RATE);

const EXAMPLE = {
  prompt: "A violin maker tunes the last string, wood shavings on the bench",
  duration: 5,
  resolution: "2K",
};

/** MiniMax H3 (Hailuo 03) in 2K; the workflow is in the id, all of them strict. */
export const minimaxH3Models: readonly Model[] = [
  videoModel({
    id: "minimax/h3/text-to-video",
    summary: "MiniMax H3 videos in 2K from text.",
    input: strictSchema(["prompt"], { ...FIELDS, aspect_ratio: choice("Aspect ratio.", RATIOS) }),
    strictBody: true,
    price: PRICE,
    examples: [EXAMPLE],
  }),
  videoModel({
    id: "minimax/h3/image-to-video",
    summary: "MiniMax H3 videos in 2K from a first frame, to a last one when two are given.",
    input: strictSchema(["prompt", "image_urls"], {
      ...FIELDS,
      image_urls: urls("First frame, and last frame.", { min: 1, max: 2 }),
    }),
    strictBody: true,
    price: PRICE,
    examples: [{ ...EXAMPLE, image_urls: [sample("reference-1.jpg")] }],
  }),
  videoModel({
    id: "minimax/h3/reference-to-video",
    summary: "MiniMax H3 videos in 2K with pictures, clips and sounds as references.",
    input: referenceSchema(["prompt"], {
      ...FIELDS,
      aspect_ratio: choice("Aspect ratio; adaptive follows the references.", [
        "adaptive",
        ...RATIOS,
      ]),
      ...referenceFields({ images: 9, videos: 3, audios: 3 }, 1),
    }),
    strictBody: true,
    timing: REFERENCE_TIMING,
    price: withNote(
      plusEach(
        perSecond(RATE, REFERENCE_TIMING),
        { credits: 6.4, what: "reference image after the fifth" },
        (input) => Math.max(0, countOf(input, "reference_image_urls") - IMAGES_FREE),
      ),
      CLIPS_ARE_BILLED,
    ),
    examples: [{ ...EXAMPLE, reference_image_urls: [sample("reference-1.jpg")] }],
  }),
];
