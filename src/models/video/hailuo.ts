import { sample, videoModel } from "../define.ts";
import type { JsonSchema, Model } from "../model.ts";
import { choice, flag, inputSchema, prompt, UNSUPPORTED, url, urls } from "../pieces.ts";
import { by, byDuration, perRequest } from "../price.ts";
import { dependent, rule } from "../rule.ts";

const OPTIMIZER = flag("Whether the provider may rewrite the prompt.");

function hailuo02(shape: Readonly<Record<"duration" | "resolution", JsonSchema>>): JsonSchema {
  return inputSchema(["prompt"], {
    prompt: prompt(1500),
    image_urls: urls("The first frame.", { max: 1 }),
    end_image_url: url("The last frame; needs image_urls."),
    ...shape,
    prompt_optimizer: OPTIMIZER,
  });
}

const END_RULE = dependent("hailuo-02-end-image", "end_image_url", ["image_urls"]);

/** Hailuo 02 and 2.3. */
export const hailuoModels: readonly Model[] = [
  videoModel({
    id: "hailuo-02",
    summary: "Hailuo 02 videos of 6 or 10 seconds from text or from frames.",
    input: hailuo02({
      duration: choice("Seconds.", [6, 10], 6),
      resolution: choice("Resolution.", ["512P", "768P"], "768P"),
    }),
    rules: [END_RULE],
    price: perRequest(
      by("resolution", {
        "512P": byDuration({ 6: 18, 10: 30 }),
        "768P": byDuration({ 6: 42, 10: 70 }),
      }),
    ),
    examples: [
      {
        prompt: "A skateboarder drops into an empty pool, low sun",
        duration: 6,
        prompt_optimizer: true,
      },
      {
        prompt: "The seed sprouts, grows and opens its first leaves",
        image_urls: [sample("image.png")],
        end_image_url: sample("end-image.png"),
        duration: 10,
        resolution: "768P",
        prompt_optimizer: true,
      },
    ],
  }),
  videoModel({
    id: "hailuo-02-pro",
    summary: "Hailuo 02 Pro videos of 6 seconds at 1080P from text or from frames.",
    input: hailuo02({
      duration: choice("Seconds; always 6.", [6], 6),
      resolution: choice("Resolution; always 1080P.", ["1080P"], "1080P"),
    }),
    rules: [END_RULE],
    price: perRequest(65),
    examples: [
      { prompt: "A blacksmith quenches a blade, steam fills the forge", prompt_optimizer: true },
      {
        prompt: "The tide comes in over the sandcastle",
        image_urls: [sample("image.png")],
        end_image_url: sample("end-image.png"),
        prompt_optimizer: true,
      },
    ],
  }),
  videoModel({
    id: "hailuo-2.3",
    summary: "Hailuo 2.3 videos of 6 or 10 seconds from text or from a frame.",
    input: inputSchema(["prompt"], {
      prompt: prompt(),
      duration: choice("Seconds.", [6, 10], 6),
      resolution: choice("Resolution; 1080p with 6 seconds only.", ["768p", "1080p"], "768p"),
      start_image_url: url("The first frame."),
      prompt_optimizer: OPTIMIZER,
      end_image_url: UNSUPPORTED,
    }),
    rules: [
      rule("hailuo-2.3-1080p", "resolution", (input) =>
        input.resolution === "1080p" && input.duration !== 6
          ? "resolution 1080p is supported with duration 6 only; use 768p"
          : null,
      ),
    ],
    price: perRequest(
      by("resolution", {
        "768p": byDuration({ 6: 35, 10: 70 }),
        "1080p": byDuration({ 6: 60 }),
      }),
    ),
    examples: [
      {
        prompt: "Two fencers duel on a marble stair, cloaks flying",
        duration: 6,
        resolution: "768p",
        prompt_optimizer: true,
      },
    ],
  }),
];
