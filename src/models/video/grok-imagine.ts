import type { JsonObject } from "../../lib/json.ts";
import { sample, videoModel } from "../define.ts";
import type { Model } from "../model.ts";
import { choice, inputSchema, integer, prompt, urls } from "../pieces.ts";
import { by, byDuration, perRequest, perSecond, plusEach } from "../price.ts";
import { countOf, isGiven } from "../reading.ts";
import { exclusive, rule } from "../rule.ts";
import { ratioWithoutImage } from "./ratio.ts";

/** Grok Imagine videos, with a picture as first frame or pictures as references. */
export const grokImagineModels: readonly Model[] = [
  videoModel({
    id: "grok-imagine",
    summary: "Grok Imagine videos of 6 or 10 seconds from text or from a picture.",
    input: inputSchema(["prompt"], {
      prompt: prompt(5000),
      image_urls: urls("The first frame.", { max: 1 }),
      aspect_ratio: choice("Aspect ratio; with a picture it follows the picture.", [
        "1:1",
        "2:3",
        "3:2",
        "16:9",
        "9:16",
      ]),
      duration: choice("Seconds.", [6, 10], 6),
      mode: choice("How free the result may be.", ["fun", "normal", "spicy"], "normal"),
    }),
    normalise: ratioWithoutImage("16:9"),
    price: perRequest(byDuration({ 6: 30, 10: 40 })),
    examples: [
      {
        prompt: "A red fox trots along a snowy ridge at sunrise, breath visible in the cold",
        aspect_ratio: "16:9",
        duration: 6,
        mode: "normal",
      },
      {
        prompt: "The leaves begin to move in the wind",
        image_urls: [sample("tree.jpg")],
        duration: 6,
        mode: "normal",
      },
    ],
  }),
  videoModel({
    id: "grok-imagine-video-1.5",
    summary: "Grok Imagine 1.5 videos of 1 to 15 seconds, with a first frame or with references.",
    input: inputSchema(["prompt"], {
      prompt: prompt(4096, "What to make; <IMAGE_0> names the first reference."),
      image_urls: urls("The first frame.", { min: 1, max: 1 }),
      reference_image_urls: urls("Pictures to refer to.", { min: 1, max: 7 }),
      resolution: choice("Resolution.", ["480p", "720p", "1080p"], "720p"),
      duration: integer("Seconds; 6 when absent, 8 with references.", { min: 1, max: 15 }),
      aspect_ratio: choice("Aspect ratio; not with image_urls.", [
        "16:9",
        "4:3",
        "3:2",
        "1:1",
        "2:3",
        "3:4",
        "9:16",
      ]),
    }),
    rules: [
      exclusive("grok-frame-or-references", "image_urls", ["reference_image_urls"]),
      exclusive("grok-frame-or-ratio", "aspect_ratio", ["image_urls"]),
      rule("grok-reference-resolution", "resolution", (input) =>
        input.resolution === "1080p" && isGiven(input, "reference_image_urls")
          ? "resolution 1080p is not supported with reference_image_urls; use 480p or 720p"
          : null,
      ),
    ],
    normalise: completeGrok15,
    price: plusEach(
      perSecond(by("resolution", { "480p": 14.5, "720p": 25, "1080p": 45 })),
      { credits: 2, what: "input image" },
      (input) => countOf(input, "image_urls") + countOf(input, "reference_image_urls"),
    ),
    examples: [
      {
        prompt: "A kite surfer leaps over a breaking wave, filmed from the water",
        resolution: "1080p",
        duration: 6,
        aspect_ratio: "16:9",
      },
      {
        prompt: "The camera circles the statue once",
        image_urls: [sample("statue.jpg")],
        resolution: "720p",
        duration: 6,
      },
      {
        prompt: "<IMAGE_0> walks through the garden of <IMAGE_1>",
        reference_image_urls: [sample("woman.jpg"), sample("garden.jpg")],
        resolution: "720p",
        duration: 8,
        aspect_ratio: "16:9",
      },
    ],
  }),
];

function completeGrok15(input: JsonObject): JsonObject {
  const duration = isGiven(input, "reference_image_urls") ? 8 : 6;
  return ratioWithoutImage("16:9")({ duration, ...input });
}
