import { imageModel, sample } from "../define.ts";
import type { JsonSchema, Model } from "../model.ts";
import { choice, inputSchema, prompt, url, urls } from "../pieces.ts";
import { perImage } from "../price.ts";
import { EDIT_WORDS } from "./edit.ts";

const FIELDS = {
  prompt: prompt(1000),
  image_urls: urls("Pictures to work from."),
  size: choice("Aspect ratio.", ["1:1", "2:3", "3:2"], "1:1"),
  n: choice("How many pictures.", [1, 2, 3, 4], 1),
  mask_url: url("A picture whose transparent parts say where the edit may happen."),
} as const;

const CREATE: JsonSchema = inputSchema(["prompt"], FIELDS);
const EDIT: JsonSchema = inputSchema(["prompt", "image_urls"], {
  ...FIELDS,
  image_urls: urls("The picture to edit, and further ones to take from.", { min: 1 }),
});

const CREATE_EXAMPLE = {
  prompt: "A glass greenhouse on a cliff above a calm sea at dawn",
  size: "1:1",
  n: 1,
} as const;
const EDIT_EXAMPLE = {
  prompt: "Turn the wooden door sky blue",
  image_urls: [sample("house.jpg")],
  mask_url: sample("house-mask.png"),
  size: "1:1",
} as const;

/** GPT-4o and GPT Image 1.5: pictures from text, and edits inside a mask. */
export const gptImageModels: readonly Model[] = [
  imageModel({
    id: "gpt-4o-image",
    summary: "GPT-4o pictures from text, or from text and pictures.",
    input: CREATE,
    price: perImage(4),
    examples: [CREATE_EXAMPLE],
  }),
  imageModel({
    id: "gpt-4o-image-edit",
    summary: "GPT-4o edits of a picture, inside a mask when one is given.",
    input: EDIT,
    words: EDIT_WORDS,
    price: perImage(4),
    examples: [EDIT_EXAMPLE],
  }),
  imageModel({
    id: "gpt-image-1.5",
    summary: "GPT Image 1.5 pictures from text, or from text and pictures.",
    input: CREATE,
    price: perImage(2),
    examples: [CREATE_EXAMPLE],
  }),
  imageModel({
    id: "gpt-image-1.5-edit",
    summary: "GPT Image 1.5 edits of a picture, inside a mask when one is given.",
    input: EDIT,
    words: EDIT_WORDS,
    price: perImage(2),
    examples: [EDIT_EXAMPLE],
  }),
];
