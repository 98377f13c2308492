import { imageModel, sample } from "../define.ts";
import type { JsonSchema, Model } from "../model.ts";
import { choice, flag, inputSchema, prompt, type Range, urls } from "../pieces.ts";
import { by, perRequest } from "../price.ts";
import { EDIT_WORDS } from "./edit.ts";

const SIZE = choice(
  "Aspect ratio.",
  "1:1 2:3 3:2 3:4 4:3 4:5 5:4 9:16 16:9 21:9".split(" "),
  "1:1",
);
const RESOLUTION = choice("Resolution tier.", ["1K", "2K", "4K"], "1K");

const TEXT_EXAMPLE = { prompt: "A mountain lake at first light, mist on the water", size: "16:9" };
const EDIT_EXAMPLE = {
  prompt: "Make it winter and add a wooden pier",
  image_urls: [sample("landscape.jpg")],
  size: "16:9",
};

/** A text model and its edit twin, which needs at least one picture. */
function schemas(
  fields: Readonly<Record<string, JsonSchema>>,
  images: Range = {},
): { readonly create: JsonSchema; readonly edit: JsonSchema } {
  const what = "Pictures to edit or to take from.";
  return {
    create: inputSchema(["prompt"], { ...fields, image_urls: urls(what, images) }),
    edit: inputSchema(["prompt", "image_urls"], {
      ...fields,
      image_urls: urls(what, { min: 1, ...images }),
    }),
  };
}

const FIRST = schemas({ prompt: prompt(5000), size: SIZE });
const PRO = schemas({ prompt: prompt(10_000), size: SIZE, resolution: RESOLUTION });
const FLASH = schemas(
  {
    prompt: prompt(20_000),
    size: SIZE,
    resolution: RESOLUTION,
    google_search: flag("Whether Google Search may inform the picture."),
  },
  { max: 14 },
);
const FLASH_PRICE = perRequest(by("resolution", { "1K": 5, "2K": 8, "4K": 12 }));

/** Gemini's image models: Nano Banana, its Pro, and 3.1 Flash Image. */
export const nanoBananaModels: readonly Model[] = [
  imageModel({
    id: "nano-banana",
    summary: "Nano Banana pictures from text, or from text and pictures.",
    input: FIRST.create,
    price: perRequest(5),
    examples: [TEXT_EXAMPLE],
  }),
  imageModel({
    id: "nano-banana-edit",
    summary: "Nano Banana edits of pictures.",
    input: FIRST.edit,
    words: EDIT_WORDS,
    price: perRequest(5),
    examples: [EDIT_EXAMPLE],
  }),
  imageModel({
    id: "nano-banana-2",
    summary: "Nano Banana Pro pictures of up to 4K.",
    input: PRO.create,
    price: perRequest(6),
    examples: [{ ...TEXT_EXAMPLE, resolution: "2K" }],
  }),
  imageModel({
    id: "nano-banana-2-edit",
    summary: "Nano Banana Pro edits of pictures, up to 4K.",
    input: PRO.edit,
    words: EDIT_WORDS,
    price: perRequest(6),
    examples: [{ ...EDIT_EXAMPLE, resolution: "2K" }],
  }),
  imageModel({
    id: "nano-banana-2-new",
    summary: "Gemini 3.1 Flash pictures of up to 4K, informed by Google Search on request.",
    input: FLASH.create,
    price: FLASH_PRICE,
    examples: [{ ...TEXT_EXAMPLE, resolution: "2K" }],
  }),
  imageModel({
    id: "nano-banana-2-new-edit",
    summary: "Gemini 3.1 Flash edits of up to 14 pictures.",
    input: FLASH.edit,
    words: EDIT_WORDS,
    price: FLASH_PRICE,
    examples: [{ ...EDIT_EXAMPLE, resolution: "2K" }],
  }),
];
