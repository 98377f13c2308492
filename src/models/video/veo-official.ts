import type { JsonObject } from "../../lib/json.ts";
import { sample, videoModel } from "../define.ts";
import type { Model, Rule } from "../model.ts";
import { choice, flag, inputSchema, prompt, urls } from "../pieces.ts";
import { by, perSecond, type Tariff, when } from "../price.ts";
import { countOf, isOn } from "../reading.ts";
import { rule } from "../rule.ts";
import { propertiesOf } from "../schema.ts";
import { GENERATION_TYPE, GENERATION_TYPE_RULES, REFERENCES, withGenerationType } from "./veo.ts";

const INPUT = inputSchema(["prompt"], {
  prompt: prompt(1000),
  image_urls: urls("First frame, first and last frame, or three references.", {
    min: 1,
    max: REFERENCES,
  }),
  generation_type: GENERATION_TYPE,
  duration: choice("Seconds.", [4, 6, 8], 8),
  aspect_ratio: choice("Aspect ratio; auto follows the frames.", ["auto", "16:9", "9:16"], "16:9"),
  resolution: choice("Resolution.", ["720p", "1080p", "4k"], "1080p"),
  sound: flag("Whether the video has sound.", true),
});

const LITE_INPUT = {
  ...INPUT,
  properties: {
    ...propertiesOf(INPUT),
    image_urls: urls("First frame, or first and last frame.", { min: 1, max: 2 }),
  },
};

const WORDS: Readonly<Record<string, string>> = {
  "prompt maxLength": "prompt must be 1000 characters or fewer for veo-3.1-official",
};

const LITE_WORDS = {
  ...WORDS,
  "image_urls maxItems": "veo3.1-lite-official does not support reference mode",
};

const RULES: readonly Rule[] = [
  ...GENERATION_TYPE_RULES,
  rule("veo-official-reference-duration", "duration", (input) =>
    input.generation_type === "reference" && input.duration !== 8
      ? "reference mode supports 8s duration only"
      : null,
  ),
  rule("veo-official-auto-ratio", "aspect_ratio", (input) => {
    const images = countOf(input, "image_urls");
    return input.aspect_ratio === "auto" && (images === 0 || images === REFERENCES)
      ? "aspect_ratio auto is supported only with one or two image_urls"
      : null;
  }),
];

const LITE_RULES: readonly Rule[] = [
  rule("veo-lite-reference", "generation_type", (input) =>
    input.generation_type === "reference"
      ? "veo3.1-lite-official does not support reference mode"
      : null,
  ),
  rule("veo-lite-4k", "resolution", (input) =>
    input.resolution === "4k" ? "veo3.1-lite-official does not support 4k resolution" : null,
  ),
  rule("veo-lite-1080p", "resolution", (input) =>
    input.resolution === "1080p" && input.duration !== 8
      ? "veo3.1-lite-official supports resolution 1080p with duration 8 only; use 720p"
      : null,
  ),
];

/** Lite makes 1080p at 8 seconds only, so that a shorter video defaults to 720p. */
function completeLite(input: JsonObject): JsonObject {
  const short = input.duration === 4 || input.duration === 6;
  return withGenerationType(short ? { resolution: "720p", ...input } : input);
}

function sounding(yes: number, no: number): Tariff {
  return when((input) => isOn(input, "sound"), ["with sound", yes], ["silent", no]);
}

/** Veo 3.1 over the official service. */
export const veoOfficialModels: readonly Model[] = [
  videoModel({
    id: "veo3.1-fast-official",
    summary: "Veo 3.1 Fast over the official service, 4 to 8 seconds at up to 4k.",
    input: INPUT,
    words: WORDS,
    rules: RULES,
    normalise: withGenerationType,
    price: perSecond(
      by("resolution", {
        "720p": sounding(15, 10),
        "1080p": sounding(15, 10),
        "4k": sounding(35, 30),
      }),
    ),
    examples: [
      {
        prompt: "A potter's hands shape a bowl, clay slip on the wheel",
        duration: 6,
        aspect_ratio: "16:9",
        resolution: "1080p",
        sound: true,
      },
    ],
  }),
  videoModel({
    id: "veo3.1-lite-official",
    summary: "Veo 3.1 Lite over the official service, 4 to 8 seconds at up to 1080p.",
    input: LITE_INPUT,
    words: LITE_WORDS,
    rules: [...LITE_RULES, ...RULES],
    normalise: completeLite,
    price: perSecond(by("resolution", { "720p": sounding(6, 3.6), "1080p": sounding(9.6, 6) })),
    examples: [
      {
        prompt: "The dog in the picture wakes up, yawns and looks out of the window",
        image_urls: [sample("dog.png")],
        duration: 8,
        aspect_ratio: "16:9",
        resolution: "1080p",
        sound: true,
      },
    ],
  }),
  videoModel({
    id: "veo3.1-quality-official",
    summary: "Veo 3.1 over the official service, 4 to 8 seconds at up to 4k.",
    input: INPUT,
    words: WORDS,
    rules: RULES,
    normalise: withGenerationType,
    price: perSecond(
      by("resolution", {
        "720p": sounding(48, 24),
        "1080p": sounding(48, 24),
        "4k": sounding(72, 48),
      }),
    ),
    examples: [
      {
        prompt: "The traveller crosses the market of the second picture wearing the scarf",
        image_urls: [sample("character.png"), sample("market.png"), sample("scarf.png")],
        generation_type: "reference",
        duration: 8,
        aspect_ratio: "16:9",
        resolution: "4k",
        sound: true,
      },
    ],
  }),
];
