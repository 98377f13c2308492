import { sample, videoModel } from "../define.ts";
import { SMALL_PICTURES } from "../file-limits.ts";
import type { JsonSchema, Model } from "../model.ts";
import { choice, flag, inputSchema, prompt, urls } from "../pieces.ts";
import { by, perRequest, perSecond, withNote } from "../price.ts";
import { isGiven } from "../reading.ts";
import { rule } from "../rule.ts";

const STYLES = ["thanksgiving", "comic", "news", "selfie", "nostalgic", "anime"] as const;

/** `durations`: the accepted seconds, the first is the default. */
function soraInput(durations: readonly [number, ...number[]]): JsonSchema {
  return inputSchema(["prompt"], {
    prompt: prompt(1000),
    image_urls: urls("The first frame.", { max: 1 }, SMALL_PICTURES),
    duration: choice("Seconds.", durations, durations[0]),
    aspect_ratio: choice("Aspect ratio.", ["16:9", "9:16"], "16:9"),
    style: choice("Style preset.", STYLES),
    storyboard: flag("Finer control of the shots."),
  });
}

const SORA_2 = soraInput([10, 15]);
const SORA_2_PRO = soraInput([15, 25]);

/** Sora 2 and Sora 2 Pro, each also as private deployment and over the official service. */
export const soraModels: readonly Model[] = [
  videoModel({
    id: "sora-2",
    summary: "Sora 2 videos of 10 or 15 seconds with sound.",
    input: SORA_2,
    price: perRequest(10),
    examples: [
      {
        prompt: "A paper boat drifts down a rain-wet street, neon lights in the puddles",
        duration: 15,
        aspect_ratio: "16:9",
      },
    ],
  }),
  videoModel({
    id: "sora-2-private",
    summary: "Sora 2 on a private deployment.",
    input: SORA_2,
    price: withNote(perRequest(10), "taken from sora-2, no own price is published"),
    examples: [
      { prompt: "A lighthouse keeper climbs a spiral stair", duration: 15, aspect_ratio: "16:9" },
    ],
  }),
  videoModel({
    id: "sora-2-pro",
    summary: "Sora 2 Pro videos of 15 or 25 seconds with sound.",
    input: SORA_2_PRO,
    price: perRequest(5),
    examples: [
      {
        prompt: "A crane shot over a night market, steam rising between lanterns",
        duration: 25,
        aspect_ratio: "16:9",
      },
    ],
  }),
  videoModel({
    id: "sora-2-pro-private",
    summary: "Sora 2 Pro on a private deployment.",
    input: SORA_2_PRO,
    price: withNote(perRequest(5), "taken from sora-2-pro, no own price is published"),
    examples: [
      {
        prompt: "A cellist plays on a frozen lake while snow begins to fall",
        duration: 25,
        aspect_ratio: "16:9",
      },
    ],
  }),
  videoModel({
    id: "sora-2-official",
    summary: "Sora 2 over the official service, 4 to 20 seconds.",
    input: inputSchema(["prompt"], {
      prompt: prompt(),
      duration: choice("Seconds.", [4, 8, 12, 16, 20], 4),
      aspect_ratio: choice("Aspect ratio.", ["16:9", "9:16"], "16:9"),
      image_urls: urls("The first frame.", { min: 1, max: 1 }),
    }),
    price: perSecond(12),
    examples: [
      {
        prompt:
          "A slow dolly through a watchmaker's workshop: brass gears on the bench, dust in the " +
          "light of one window, the old man looks up and smiles",
        duration: 20,
        aspect_ratio: "16:9",
      },
    ],
  }),
  videoModel({
    id: "sora-2-pro-official",
    summary: "Sora 2 Pro over the official service, 4 to 20 seconds at up to 1080p.",
    input: inputSchema(["prompt"], {
      prompt: prompt(),
      image_urls: urls("The first frame.", { min: 1, max: 1 }),
      duration: choice("Seconds.", [4, 8, 12, 16, 20], 4),
      aspect_ratio: choice(
        "Aspect ratio; auto follows the picture and is its default.",
        ["auto", "16:9", "9:16"],
        "16:9",
      ),
      resolution: choice("Resolution.", ["720p", "1024p", "1080p"], "1024p"),
    }),
    rules: [
      rule("sora-2-pro-official-auto-ratio", "aspect_ratio", (input) =>
        input.aspect_ratio === "auto" && !isGiven(input, "image_urls")
          ? "aspect_ratio auto is supported only with image_urls; else one of: 16:9, 9:16"
          : null,
      ),
    ],
    normalise: (input) =>
      isGiven(input, "image_urls") ? { aspect_ratio: "auto", ...input } : input,
    price: perSecond(by("resolution", { "720p": 48, "1024p": 80, "1080p": 112 })),
    examples: [
      {
        prompt: "A tram crosses a stone bridge in autumn fog, camera level with its windows",
        duration: 8,
        aspect_ratio: "16:9",
        resolution: "1024p",
      },
      {
        prompt: "The woman in the picture turns to the camera and laughs",
        image_urls: [sample("portrait.png")],
        duration: 4,
        aspect_ratio: "auto",
        resolution: "720p",
      },
    ],
  }),
];
