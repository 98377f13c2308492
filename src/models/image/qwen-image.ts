import { imageModel, sample } from "../define.ts";
import type { JsonSchema, Model } from "../model.ts";
import {
  choice,
  flag,
  negativePrompt,
  prompt,
  SAFETY_CHECKER,
  SEED,
  strictSchema,
  urls,
} from "../pieces.ts";
import { by, perRequest, plusEach } from "../price.ts";
import { countOf } from "../reading.ts";
import { EDIT_WORDS } from "./edit.ts";

const FIELDS: Readonly<Record<string, JsonSchema>> = {
  prompt: prompt(5000),
  size: choice("Aspect ratio.", "1:1 3:2 2:3 4:3 3:4 16:9 9:16 21:9".split(" "), "1:1"),
  resolution: choice("Resolution tier.", ["1K", "2K"], "1K"),
  output_format: choice("File format.", ["png", "jpeg"]),
  enable_safety_checker: SAFETY_CHECKER,
  prompt_extend: flag("Whether the provider may enrich the prompt."),
  negative_prompt: negativePrompt(5000),
  seed: SEED,
};
const CREATE = strictSchema(["prompt"], FIELDS);
const EDIT = strictSchema(["prompt", "image_urls"], {
  ...FIELDS,
  image_urls: urls("Pictures to edit or to take from.", { min: 1, max: 3 }),
});

const PRICE = perRequest(4.8);
const PRO_PRICE = perRequest(by("resolution", { "1K": 6.4, "2K": 12 }));
const PER_INPUT = { credits: 0.5, what: "input image" };

const EXAMPLE = {
  prompt: "A bookshop window with hand-painted letters that say OPEN",
  resolution: "1K",
  size: "1:1",
};
const EDIT_EXAMPLE = { ...EXAMPLE, image_urls: [sample("reference-1.jpg")] };

/** Qwen Image 3 and its Pro; edits also pay for each picture that goes in. */
export const qwenImageModels: readonly Model[] = [
  imageModel({
    id: "qwen-image-3.0/text-to-image",
    summary: "Qwen Image 3 pictures from text.",
    input: CREATE,
    strictBody: true,
    price: PRICE,
    examples: [EXAMPLE],
  }),
  imageModel({
    id: "qwen-image-3.0-pro/text-to-image",
    summary: "Qwen Image 3 Pro pictures from text.",
    input: CREATE,
    strictBody: true,
    price: PRO_PRICE,
    examples: [EXAMPLE],
  }),
  imageModel({
    id: "qwen-image-3.0/edit",
    summary: "Qwen Image 3 edits of up to three pictures.",
    input: EDIT,
    strictBody: true,
    words: EDIT_WORDS,
    price: plusEach(PRICE, PER_INPUT, (input) => countOf(input, "image_urls")),
    examples: [EDIT_EXAMPLE],
  }),
  imageModel({
    id: "qwen-image-3.0-pro/edit",
    summary: "Qwen Image 3 Pro edits of up to three pictures.",
    input: EDIT,
    strictBody: true,
    words: EDIT_WORDS,
    price: plusEach(PRO_PRICE, PER_INPUT, (input) => countOf(input, "image_urls")),
    examples: [EDIT_EXAMPLE],
  }),
];
