import { sample, videoModel } from "../define.ts";
import { SMALL_PICTURES } from "../file-limits.ts";
import type { Model } from "../model.ts";
import { choice, flag, inputSchema, prompt, urls } from "../pieces.ts";
import { by, byDuration, perRequest, when } from "../price.ts";
import { isOn } from "../reading.ts";

const SHAPE_1_5 = {
  aspect_ratio: "16:9",
  resolution: "720p",
  duration: 4,
  fixed_lens: false,
  generate_audio: true,
};

/** Seedance 1.0 Pro and 1.5 Pro. */
export const seedance1Models: readonly Model[] = [
  videoModel({
    id: "seedance-1.5-pro",
    summary: "Seedance 1.5 Pro videos of 4, 8 or 12 seconds, with sound on request.",
    input: inputSchema(["prompt", "aspect_ratio", "duration"], {
      prompt: prompt(),
      image_urls: urls("First frame, and last frame.", { max: 2 }, SMALL_PICTURES),
      aspect_ratio: choice("Aspect ratio.", "1:1 21:9 4:3 3:4 16:9 9:16".split(" ")),
      resolution: choice("Resolution.", ["480p", "720p", "1080p"], "720p"),
      duration: choice("Seconds.", [4, 8, 12]),
      fixed_lens: flag("Whether the camera stands still."),
      generate_audio: flag("Whether the video has sound.", false),
    }),
    price: perRequest(
      when(
        (input) => isOn(input, "generate_audio"),
        [
          "with sound",
          by("resolution", {
            "480p": byDuration({ 4: 18, 8: 36, 12: 42 }),
            "720p": byDuration({ 4: 32, 8: 64, 12: 84 }),
            "1080p": byDuration({ 4: 40, 8: 70, 12: 100 }),
          }),
        ],
        [
          "silent",
          by("resolution", {
            "480p": byDuration({ 4: 9, 8: 18, 12: 21 }),
            "720p": byDuration({ 4: 16, 8: 32, 12: 42 }),
            "1080p": byDuration({ 4: 40, 8: 70, 12: 100 }),
          }),
        ],
      ),
    ),
    examples: [
      { prompt: "Rain on a tin roof", ...SHAPE_1_5 },
      { prompt: "The sea grows calm", image_urls: [sample("image.jpg")], ...SHAPE_1_5 },
    ],
  }),
  videoModel({
    id: "seedance-1.0-pro",
    summary: "Seedance 1.0 Pro videos of 5 or 10 seconds from text or from a picture.",
    input: inputSchema(["prompt"], {
      prompt: prompt(10_000),
      image_urls: urls("The first frame.", { max: 1 }),
      resolution: choice("Resolution.", ["720p", "1080p"], "720p"),
      duration: choice("Seconds.", [5, 10], 5),
    }),
    price: perRequest(
      by("resolution", {
        "720p": byDuration({ 5: 21, 10: 42 }),
        "1080p": byDuration({ 5: 43, 10: 86 }),
      }),
    ),
    examples: [
      { prompt: "Lanterns drift up at dusk", resolution: "720p", duration: 5 },
      {
        prompt: "The snow starts to fall",
        image_urls: [sample("image.jpg")],
        resolution: "720p",
        duration: 5,
      },
    ],
  }),
];
