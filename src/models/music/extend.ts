import type { JsonObject } from "../../lib/json.ts";
import { musicModel, sample } from "../define.ts";
import type { Model, Rule, Timing } from "../model.ts";
import { decimal, flag, inputSchema, text } from "../pieces.ts";
import { perRequest } from "../price.ts";
import { isGiven, isOn, textOf } from "../reading.ts";
import { beyondEnd, outside, type SecondsRange, sourcesOf, timedWithin } from "../timing.ts";
import { MODE_RULES } from "./compose.ts";
import {
  AUDIO_ID,
  ENGINE,
  ENGINE_LENGTHS,
  PERSONA_ID,
  requiredWhen,
  STEERING,
  STYLE,
  TITLE,
  UPLOAD_URL,
  WEIGHTS,
} from "./fields.ts";

const CONTINUE_AT = decimal("Second at which the new part begins.", { min: 0 });
const LYRICS = text("Lyrics, or what happens in the music.", 5000);

/** Custom extensions say all of it; else the track's own words are kept. */
const EXTEND_RULES: readonly Rule[] = ["prompt", "style", "title", "continue_at"].map((field) =>
  requiredWhen(
    { name: `extend-custom-${field}`, field, because: "when default_param_flag is true" },
    (input) => isOn(input, "default_param_flag"),
  ),
);

/** A track can be continued from within only. */
const EXTEND_TIMING: Timing = {
  sources: (input) =>
    isGiven(input, "continue_at")
      ? sourcesOf(input, "audio_id", { kind: "track", billed: false })
      : [],
  check: (input, lengths) =>
    beyondEnd(input, "continue_at", lengths.get(textOf(input, "audio_id"))),
};

/** Longest recordings that are taken, by engine. */
function recordingMax({ mv }: JsonObject): SecondsRange {
  return { max: mv === "V4_5ALL" ? 60 : 480 };
}

const RECORDING = { kind: "sound", billed: false } as const;

const UPLOAD_EXTEND_TIMING: Timing = {
  sources: (input) => sourcesOf(input, "upload_url", RECORDING),
  check: (input, lengths) =>
    outside(sourcesOf(input, "upload_url", RECORDING), lengths, recordingMax(input)) ??
    beyondEnd(input, "continue_at", lengths.get(textOf(input, "upload_url"))),
};

/** Songs that grow out of a track or of a recording. */
export const extendModels: readonly Model[] = [
  musicModel({
    id: "extend-music",
    summary: "Continues a track made earlier.",
    input: inputSchema(["default_param_flag", "audio_id", "mv"], {
      default_param_flag: flag("Whether prompt, style, title and continue_at are given."),
      audio_id: AUDIO_ID,
      prompt: LYRICS,
      style: STYLE,
      title: TITLE,
      continue_at: CONTINUE_AT,
      mv: ENGINE,
      ...STEERING,
      persona_id: PERSONA_ID,
    }),
    rules: [...EXTEND_RULES, ...ENGINE_LENGTHS, ...WEIGHTS],
    timing: EXTEND_TIMING,
    price: perRequest(20),
    examples: [
      {
        default_param_flag: true,
        audio_id: "audio_abc123",
        prompt: "Lead into a bright, slower outro",
        style: "Folk, flute",
        title: "Home Before Winter",
        continue_at: 120,
        mv: "V5",
        negative_tags: "drums, distortion",
        style_weight: 0.7,
      },
      { default_param_flag: false, audio_id: "audio_abc123", mv: "V4_5PLUS" },
    ],
  }),
  musicModel({
    id: "upload-and-cover-audio",
    summary: "Sings or plays a recording anew in another style.",
    input: inputSchema(["upload_url", "prompt", "custom_mode", "instrumental", "mv"], {
      upload_url: UPLOAD_URL,
      prompt: text("An idea; in custom mode the lyrics.", 5000),
      style: STYLE,
      title: TITLE,
      custom_mode: flag("Whether style, title and lyrics are given."),
      instrumental: flag("Whether nobody sings."),
      mv: ENGINE,
      ...STEERING,
      persona_id: PERSONA_ID,
    }),
    rules: [...MODE_RULES, ...ENGINE_LENGTHS, ...WEIGHTS],
    timing: timedWithin("upload_url", "sound", recordingMax),
    price: perRequest(20),
    examples: [
      {
        upload_url: sample("my-track.mp3"),
        prompt: "We walk along the river and the lights come on",
        style: "Bossa nova",
        title: "River Lights",
        custom_mode: true,
        instrumental: false,
        mv: "V5",
        negative_tags: "metal",
        style_weight: 0.8,
      },
      {
        upload_url: sample("my-track.mp3"),
        prompt: "As a lullaby with a music box",
        custom_mode: false,
        instrumental: false,
        mv: "V4_5PLUS",
      },
      {
        upload_url: sample("my-track.mp3"),
        prompt: "Strings only, very still",
        style: "Chamber music, minimal",
        title: "Still Water, Second Hour",
        custom_mode: true,
        instrumental: true,
        mv: "V5",
      },
    ],
  }),
  musicModel({
    id: "upload-and-extend-audio",
    summary: "Continues a recording.",
    // Text and samples of the documentation contradict each other about the flag, so that no
    // member is ever missing because of it.
    input: inputSchema(["upload_url", "default_param_flag", "instrumental", "continue_at", "mv"], {
      upload_url: UPLOAD_URL,
      default_param_flag: flag("Whether style, title and lyrics are given; they count if given."),
      instrumental: flag("Whether nobody sings."),
      continue_at: CONTINUE_AT,
      mv: ENGINE,
      prompt: LYRICS,
      style: STYLE,
      title: TITLE,
      ...STEERING,
      persona_id: PERSONA_ID,
    }),
    rules: [...ENGINE_LENGTHS, ...WEIGHTS],
    timing: UPLOAD_EXTEND_TIMING,
    price: perRequest(20),
    examples: [
      {
        upload_url: sample("audio.mp3"),
        default_param_flag: true,
        instrumental: true,
        continue_at: 60,
        mv: "V5",
      },
      {
        upload_url: sample("audio.mp3"),
        default_param_flag: false,
        instrumental: false,
        prompt: "Morning finds us on the road again",
        style: "Indie pop",
        title: "On the Road Again, Early",
        continue_at: 60,
        mv: "V4_5PLUS",
        negative_tags: "screaming, autotune",
        vocal_gender: "f",
        style_weight: 0.65,
      },
      {
        upload_url: sample("instrumental.mp3"),
        default_param_flag: false,
        instrumental: true,
        style: "Ambient, wide synths",
        title: "Northern Harbour, Night",
        continue_at: 90,
        mv: "V5",
        style_weight: 0.7,
        weirdness_constraint: 0.3,
      },
    ],
  }),
];
