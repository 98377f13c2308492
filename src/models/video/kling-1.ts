import { sample, videoModel } from "../define.ts";
import type { JsonSchema, Model, Rule } from "../model.ts";
import {
  choice,
  decimal,
  negativePrompt,
  prompt,
  strictSchema,
  UNSUPPORTED,
  url,
  urls,
} from "../pieces.ts";
import { perSecond } from "../price.ts";
import { isGiven } from "../reading.ts";
import { dependent, exclusive, rule } from "../rule.ts";

function kling16(endImage: JsonSchema): JsonSchema {
  return strictSchema(["prompt", "duration"], {
    prompt: prompt(2500),
    duration: choice("Seconds.", [5, 10]),
    aspect_ratio: choice("Aspect ratio.", ["1:1", "16:9", "9:16"]),
    negative_prompt: negativePrompt(2500),
    cfg_scale: decimal("How closely the prompt is kept, 0 to 1.", { min: 0, max: 1 }),
    start_image_url: url("The first frame."),
    end_image_url: endImage,
    image_urls: urls("One to four pictures whose contents appear.", { min: 1, max: 4 }),
  });
}

/** Pictures as elements are a workflow of their own. */
const ELEMENTS_RULE: Rule = exclusive("kling-1.6-elements", "image_urls", [
  "start_image_url",
  "end_image_url",
  "cfg_scale",
]);

const ELEMENTS = ["bread.webp", "jam.webp", "table.webp", "cloth.webp"].map(sample);

/** Kling 1.6: from text, from frames, or with elements, as the fields say. */
export const kling1Models: readonly Model[] = [
  videoModel({
    id: "kling-1.6/standard",
    summary: "Kling 1.6 Standard videos of 5 or 10 seconds from text, a frame or elements.",
    input: kling16(UNSUPPORTED),
    words: { "end_image_url not": "end_image_url is only supported for kling-1.6/pro" },
    rules: [
      ELEMENTS_RULE,
      rule("kling-1.6-standard-ratio", "aspect_ratio", (input) =>
        isGiven(input, "start_image_url") && isGiven(input, "aspect_ratio")
          ? "aspect_ratio is not supported with start_image_url for kling-1.6/standard"
          : null,
      ),
    ],
    price: perSecond(9),
    examples: [
      {
        prompt: "A steam train crosses a viaduct in the highlands",
        duration: 5,
        aspect_ratio: "16:9",
        negative_prompt: "blur, text",
        cfg_scale: 0.5,
      },
      {
        prompt: "The child in the picture blows out the candles",
        duration: 5,
        start_image_url: sample("birthday.webp"),
        negative_prompt: "distorted hands",
        cfg_scale: 0.45,
      },
      {
        prompt: "A breakfast table is laid with the things of the pictures",
        duration: 5,
        aspect_ratio: "16:9",
        negative_prompt: "people",
        image_urls: ELEMENTS,
      },
    ],
  }),
  videoModel({
    id: "kling-1.6/pro",
    summary: "Kling 1.6 Pro videos of 5 or 10 seconds from text, two frames or elements.",
    input: kling16(url("The last frame; needs start_image_url.")),
    rules: [ELEMENTS_RULE, dependent("kling-1.6-end-image", "end_image_url", ["start_image_url"])],
    price: perSecond(15),
    examples: [
      {
        prompt: "A diver sinks past a wall of coral, light fades above",
        duration: 5,
        aspect_ratio: "9:16",
        negative_prompt: "murky water, text",
        cfg_scale: 0.5,
      },
      {
        prompt: "Day turns to night over the harbour",
        duration: 5,
        aspect_ratio: "16:9",
        start_image_url: sample("harbour-day.webp"),
        end_image_url: sample("harbour-night.webp"),
        negative_prompt: "flicker",
        cfg_scale: 0.4,
      },
      {
        prompt: "A picnic with everything from the pictures on a windy hill",
        duration: 5,
        aspect_ratio: "16:9",
        negative_prompt: "extra fingers, logos",
        image_urls: ELEMENTS,
      },
    ],
  }),
];
