import { type RefusedRequest, refused, tooLong } from "./refused-request.ts";

const SONG = { prompt: "Rain", custom_mode: true, instrumental: false, mv: "V5" };
const CUSTOM_SONG = { ...SONG, style: "Folk", title: "Rain" };
const EXTENSION = {
  default_param_flag: true,
  audio_id: "audio_abc123",
  prompt: "On and on",
  style: "Folk",
  title: "Rain",
  continue_at: 60,
  mv: "V5",
};
const SECTION = {
  task_id: "5c79xxxxbe8e",
  audio_id: "e231xxxx",
  prompt: "A quiet bridge",
  tags: "piano",
  title: "Rain",
  infill_start_s: 30,
  infill_end_s: 60,
};

/** Rows for the rules of music models. */
export const MUSIC_REFUSALS: readonly RefusedRequest[] = [
  refused(
    "music-idea",
    ["generate-music", { custom_mode: false, instrumental: true, mv: "V5" }],
    "prompt is required when custom_mode is false",
  ),
  refused(
    "music-lyrics",
    ["generate-music", { ...CUSTOM_SONG, prompt: " " }],
    "prompt is required when custom_mode is true and instrumental is false; give the lyrics",
  ),
  refused(
    "music-custom-style",
    ["generate-music", { ...SONG, title: "Rain" }],
    "style is required when custom_mode is true",
  ),
  refused(
    "music-custom-title",
    ["generate-music", { ...SONG, style: "Folk" }],
    "title is required when custom_mode is true",
  ),
  tooLong(
    "music-idea-length",
    ["generate-music", { ...SONG, custom_mode: false, prompt: "x".repeat(501) }],
    "prompt must be 500 characters or fewer when custom_mode is false (got 501)",
  ),
  tooLong(
    "music-prompt-by-engine",
    ["generate-music", { ...CUSTOM_SONG, mv: "V4", prompt: "x".repeat(3001) }],
    "prompt must be 3000 characters or fewer for V4 (got 3001)",
  ),
  tooLong(
    "music-style-by-engine",
    ["generate-music", { ...CUSTOM_SONG, mv: "V4", style: "x".repeat(201) }],
    "style must be 200 characters or fewer for V4 (got 201)",
  ),
  tooLong(
    "music-title-by-engine",
    ["extend-music", { ...EXTENSION, mv: "V4_5ALL", title: "x".repeat(81) }],
    "title must be 80 characters or fewer for V4_5ALL (got 81)",
  ),
  refused(
    "music-weight-decimals",
    ["generate-music", { ...CUSTOM_SONG, style_weight: 0.655 }],
    "style_weight must have at most 2 decimals (got 0.655)",
  ),
  refused(
    "extend-custom-prompt",
    ["extend-music", { ...EXTENSION, prompt: "" }],
    "prompt is required when default_param_flag is true",
  ),
  refused(
    "extend-custom-style",
    ["extend-music", { ...EXTENSION, style: "" }],
    "style is required when default_param_flag is true",
  ),
  refused(
    "extend-custom-title",
    ["extend-music", { ...EXTENSION, title: null }],
    "title is required when default_param_flag is true",
  ),
  refused(
    "extend-custom-continue_at",
    ["extend-music", { ...EXTENSION, continue_at: null }],
    "continue_at is required when default_param_flag is true",
  ),
  refused(
    "replace-section-order",
    ["replace-section", { ...SECTION, infill_end_s: 30 }],
    "infill_end_s must be greater than infill_start_s",
  ),
  refused(
    "replace-section-decimals",
    ["replace-section", { ...SECTION, infill_start_s: 10.125 }],
    "infill_start_s must have at most 2 decimals (got 10.125)",
  ),
  {
    rule: "lyrics-prompt-words",
    model: "generate-lyrics",
    input: { prompt: "rain ".repeat(201) },
    status: 413,
    type: "payload_too_large",
    message: "Prompt exceeds maximum length of 200 words",
  },
];
