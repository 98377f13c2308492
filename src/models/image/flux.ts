import { imageModel, sample } from "../define.ts";
import type { JsonSchema, Model } from "../model.ts";
import { choice, inputSchema, prompt, urls } from "../pieces.ts";
import { by, perRequest } from "../price.ts";
import { EDIT_WORDS } from "./edit.ts";

const FLUX_2: Readonly<Record<string, JsonSchema>> = {
  prompt: prompt(1000),
  image_urls: urls("Pictures to edit or to take from.", { min: 1, max: 8 }),
  size: choice("Aspect ratio; auto follows the first picture.", [
    ..."1:1 4:3 3:4 16:9 9:16 3:2 2:3 auto".split(" "),
  ]),
  resolution: choice("Resolution tier.", ["1K", "2K"]),
};
const FLUX_2_CREATE = inputSchema(["prompt", "size", "resolution"], FLUX_2);
const FLUX_2_EDIT = inputSchema(["prompt", "image_urls", "size", "resolution"], FLUX_2);

const KONTEXT: Readonly<Record<string, JsonSchema>> = {
  prompt: prompt(2000),
  image_urls: urls("The picture to edit.", { min: 1, max: 1 }),
  size: choice("Aspect ratio.", "1:1 4:3 3:4 16:9 9:16 21:9 9:21".split(" "), "1:1"),
  output_format: choice("File format.", ["png", "jpg"]),
};
const KONTEXT_CREATE = inputSchema(["prompt"], KONTEXT);
const KONTEXT_EDIT = inputSchema(["prompt", "image_urls"], KONTEXT);

const PRO_PRICE = perRequest(by("resolution", { "1K": 6, "2K": 9 }));
const FLEX_PRICE = perRequest(by("resolution", { "1K": 18, "2K": 27 }));

const FLUX_2_EXAMPLE = {
  prompt: "A still life with quinces and a pewter jug, painted in oil, light from the left",
  size: "1:1",
  resolution: "1K",
};
const FLUX_2_EDIT_EXAMPLE = {
  prompt: "Dress the person in the coat",
  image_urls: [sample("person.jpg"), sample("coat.jpg")],
  size: "1:1",
  resolution: "1K",
};

/** Flux 2 and Flux Kontext, each with an edit twin. */
export const fluxModels: readonly Model[] = [
  imageModel({
    id: "flux-2-pro",
    summary: "Flux 2 Pro pictures from text.",
    input: FLUX_2_CREATE,
    price: PRO_PRICE,
    examples: [FLUX_2_EXAMPLE],
  }),
  imageModel({
    id: "flux-2-pro-edit",
    summary: "Flux 2 Pro edits of up to eight pictures.",
    input: FLUX_2_EDIT,
    words: EDIT_WORDS,
    price: PRO_PRICE,
    examples: [FLUX_2_EDIT_EXAMPLE],
  }),
  imageModel({
    id: "flux-2-flex",
    summary: "Flux 2 Flex pictures from text.",
    input: FLUX_2_CREATE,
    price: FLEX_PRICE,
    examples: [FLUX_2_EXAMPLE],
  }),
  imageModel({
    id: "flux-2-flex-edit",
    summary: "Flux 2 Flex edits of up to eight pictures.",
    input: FLUX_2_EDIT,
    words: EDIT_WORDS,
    price: FLEX_PRICE,
    examples: [FLUX_2_EDIT_EXAMPLE],
  }),
  imageModel({
    id: "flux-kontext-pro",
    summary: "Flux Kontext Pro pictures from text.",
    input: KONTEXT_CREATE,
    price: perRequest(8),
    examples: [
      {
        prompt: "A harbour town in heavy rain, seen from the ferry",
        size: "16:9",
        output_format: "png",
      },
    ],
  }),
  imageModel({
    id: "flux-kontext-pro-edit",
    summary: "Flux Kontext Pro edits of one picture.",
    input: KONTEXT_EDIT,
    words: EDIT_WORDS,
    price: perRequest(8),
    examples: [
      {
        prompt: "Replace the sky with a clear night full of stars",
        image_urls: [sample("reference.jpg")],
        size: "1:1",
        output_format: "jpg",
      },
    ],
  }),
  imageModel({
    id: "flux-kontext-max",
    summary: "Flux Kontext Max pictures from text.",
    input: KONTEXT_CREATE,
    price: perRequest(16),
    examples: [
      { prompt: "An orchard in bloom, drawn in ink and wash", size: "4:3", output_format: "png" },
    ],
  }),
  imageModel({
    id: "flux-kontext-max-edit",
    summary: "Flux Kontext Max edits of one picture.",
    input: KONTEXT_EDIT,
    words: EDIT_WORDS,
    price: perRequest(16),
    examples: [
      {
        prompt: "Give the walls a warm terracotta colour",
        image_urls: [sample("reference.jpg")],
        size: "1:1",
        output_format: "jpg",
      },
    ],
  }),
];
