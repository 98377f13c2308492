import { sample, videoModel } from "../define.ts";
import type { JsonSchema, Model, Rule } from "../model.ts";
import { choice, flag, inputSchema, integer, prompt, urls } from "../pieces.ts";
import { dependent, exclusive } from "../rule.ts";
import { REFERENCE_TIMING, referenceFields, referenceTotalRule } from "./references.ts";
import {
  referencePrice,
  SEEDANCE_2_EXTRAS,
  SEEDANCE_2_LIMITS,
  SEEDANCE_2_RATES,
  SEEDANCE_RATIOS,
} from "./seedance-2.ts";

function input(resolutions: readonly string[]): JsonSchema {
  return inputSchema(["prompt", "resolution", "duration"], {
    prompt: prompt(),
    resolution: choice("Resolution.", resolutions),
    duration: integer("Seconds.", { min: 4, max: 15 }),
    image_urls: urls("First frame, and last frame; not with references.", { max: 2 }),
    ...referenceFields(SEEDANCE_2_LIMITS, 0),
    generate_audio: flag("Whether the video has sound."),
    aspect_ratio: choice("Aspect ratio.", SEEDANCE_RATIOS),
    ...SEEDANCE_2_EXTRAS,
  });
}

const RULES: readonly Rule[] = [
  exclusive("seedance-2-frames-or-references", "image_urls", [
    "reference_image_urls",
    "reference_video_urls",
    "reference_audio_urls",
  ]),
  dependent("seedance-2-audio-alone", "reference_audio_urls", [
    "reference_image_urls",
    "reference_video_urls",
  ]),
  referenceTotalRule(SEEDANCE_2_LIMITS.total),
];

/** Seedance 2 under its old ids, with every workflow in one. */
export const seedance2LegacyModels: readonly Model[] = [
  videoModel({
    id: "seedance-2",
    summary: "Seedance 2 videos from text, frames or references, up to 4k.",
    input: input(["480p", "720p", "1080p", "4k"]),
    rules: RULES,
    timing: REFERENCE_TIMING,
    price: referencePrice(SEEDANCE_2_RATES.full),
    deprecation: "Old id; new work should use seedance-2.0/text-to-video and its relatives.",
    examples: [
      {
        prompt: "A night train passes a lonely platform, leaves swirl behind it",
        resolution: "4k",
        duration: 5,
        aspect_ratio: "auto",
        generate_audio: true,
        return_last_frame: true,
        web_search: false,
        seed: 42,
      },
      {
        prompt: "From the closed gate to the open garden in one slow push",
        resolution: "720p",
        duration: 4,
        aspect_ratio: "1:1",
        image_urls: [sample("start-frame.png"), sample("end-frame.png")],
        generate_audio: false,
      },
    ],
  }),
  videoModel({
    id: "seedance-2-fast",
    summary: "Seedance 2 Fast videos from text, frames or references, up to 720p.",
    input: input(["480p", "720p"]),
    rules: RULES,
    timing: REFERENCE_TIMING,
    price: referencePrice(SEEDANCE_2_RATES.fast),
    deprecation: "Old id; new work should use seedance-2.0-fast/text-to-video and its relatives.",
    examples: [
      {
        prompt: "The athlete of the picture moves as in the clip, to the beat of the sound",
        resolution: "480p",
        duration: 6,
        aspect_ratio: "9:16",
        reference_image_urls: [sample("athlete.png")],
        reference_video_urls: [sample("motion.mp4")],
        reference_audio_urls: [sample("beat.mp3")],
      },
      {
        prompt: "The same camera move through a library at night",
        resolution: "720p",
        duration: 8,
        reference_video_urls: [sample("camera-move.mp4")],
      },
    ],
  }),
];
