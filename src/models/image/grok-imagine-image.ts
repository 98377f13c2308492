import { imageModel, sample } from "../define.ts";
import { SMALL_PICTURES } from "../file-limits.ts";
import type { Model } from "../model.ts";
import { choice, inputSchema, prompt, urls } from "../pieces.ts";
import { perRequest } from "../price.ts";

/** Grok Imagine pictures. */
export const grokImagineImageModels: readonly Model[] = [
  imageModel({
    id: "grok-imagine-image",
    summary: "Grok Imagine pictures from text or from a picture.",
    input: inputSchema(["prompt"], {
      prompt: prompt(5000),
      image_urls: urls("The picture to start from.", { max: 1 }, SMALL_PICTURES),
      size: choice("Aspect ratio.", ["2:3", "3:2", "1:1", "9:16", "16:9"], "1:1"),
    }),
    price: perRequest(6),
    examples: [
      { prompt: "A cloud shaped like a sleeping whale over a wheat field", size: "1:1" },
      {
        prompt: "The same scene as a linocut",
        image_urls: [sample("reference.png")],
        size: "1:1",
      },
    ],
  }),
];
