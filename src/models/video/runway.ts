import { videoModel } from "../define.ts";
import type { Model } from "../model.ts";
import { choice, FREE_SEED, inputSchema, prompt, urls } from "../pieces.ts";
import { byDuration, perRequest } from "../price.ts";

/** Runway Gen-4.5. */
export const runwayModels: readonly Model[] = [
  videoModel({
    id: "runway-gen-4.5",
    summary: "Runway Gen-4.5 videos of 5 or 10 seconds from text, with a picture on request.",
    input: inputSchema(["prompt"], {
      prompt: prompt(),
      duration: choice("Seconds.", [5, 10], 5),
      aspect_ratio: choice("Aspect ratio.", ["16:9", "9:16", "4:3", "3:4", "1:1", "21:9"], "16:9"),
      image_urls: urls("A picture to refer to.", { max: 1 }),
      seed: FREE_SEED,
    }),
    price: perRequest(byDuration({ 5: 75, 10: 150 })),
    examples: [
      {
        prompt: "An astronaut plants a sapling in red dust, handheld camera, long shadows",
        duration: 5,
        aspect_ratio: "16:9",
      },
    ],
  }),
];
