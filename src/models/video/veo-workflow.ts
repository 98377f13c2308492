import { type ModelFacts, sample, videoModel } from "../define.ts";
import type { Model } from "../model.ts";
import { prompt, strictSchema, urls } from "../pieces.ts";
import { REFERENCES, VEO_PRICES, VEO_SHAPE } from "./veo.ts";

const PROMPT = prompt();

const EXAMPLE = {
  prompt: "A heron lifts off from a still pond, slow motion",
  duration: 8,
  resolution: "720p",
};
const FRAMES = [sample("reference-1.jpg"), sample("reference-2.jpg")];

const TEXT: Pick<ModelFacts, "input" | "examples"> = {
  input: strictSchema(["prompt"], { prompt: PROMPT, ...VEO_SHAPE }),
  examples: [EXAMPLE],
};
const IMAGE: Pick<ModelFacts, "input" | "examples"> = {
  input: strictSchema(["prompt", "image_urls"], {
    prompt: PROMPT,
    ...VEO_SHAPE,
    image_urls: urls("First and last frame.", { min: 2, max: 2 }),
  }),
  examples: [{ ...EXAMPLE, image_urls: FRAMES }],
};
const REFERENCE: Pick<ModelFacts, "input" | "examples"> = {
  input: strictSchema(["prompt", "image_urls"], {
    prompt: PROMPT,
    ...VEO_SHAPE,
    image_urls: urls("Pictures to refer to.", { min: REFERENCES, max: REFERENCES }),
  }),
  examples: [{ ...EXAMPLE, image_urls: [...FRAMES, sample("reference-3.jpg")] }],
};

/** Veo 3.1 with the workflow in the id; all of them strict. */
export const veoWorkflowModels: readonly Model[] = [
  videoModel({
    id: "veo3.1-fast/text-to-video",
    summary: "Veo 3.1 Fast videos from text.",
    ...TEXT,
    price: VEO_PRICES.fast,
    strictBody: true,
  }),
  videoModel({
    id: "veo3.1-lite/text-to-video",
    summary: "Veo 3.1 Lite videos from text.",
    ...TEXT,
    price: VEO_PRICES.lite,
    strictBody: true,
  }),
  videoModel({
    id: "veo3.1/text-to-video",
    summary: "Veo 3.1 videos from text.",
    ...TEXT,
    price: VEO_PRICES.quality,
    strictBody: true,
  }),
  videoModel({
    id: "veo3.1-fast/image-to-video",
    summary: "Veo 3.1 Fast videos between a first and a last frame.",
    ...IMAGE,
    price: VEO_PRICES.fast,
    strictBody: true,
  }),
  videoModel({
    id: "veo3.1/image-to-video",
    summary: "Veo 3.1 videos between a first and a last frame.",
    ...IMAGE,
    price: VEO_PRICES.quality,
    strictBody: true,
  }),
  videoModel({
    id: "veo3.1-fast/reference-to-video",
    summary: "Veo 3.1 Fast videos with three reference pictures.",
    ...REFERENCE,
    price: VEO_PRICES.fast,
    strictBody: true,
  }),
];
