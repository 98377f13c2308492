import { musicModel } from "../define.ts";
import type { Model, Rule } from "../model.ts";
import { flag, inputSchema, text } from "../pieces.ts";
import { perRequest } from "../price.ts";
import { isOn, lengthOf, textOf } from "../reading.ts";
import { lengthRule } from "../rule.ts";
import {
  ENGINE,
  ENGINE_LENGTHS,
  PERSONA_ID,
  requiredWhen,
  STEERING,
  STYLE,
  WEIGHTS,
} from "./fields.ts";

/** Longest idea outside custom mode, characters. */
const IDEA_LENGTH_MAX = 500;

/** What custom mode asks for; shared by songs from text and covers of recordings. */
export const MODE_RULES: readonly Rule[] = [
  requiredWhen(
    { name: "music-idea", field: "prompt", because: "when custom_mode is false" },
    (input) => !isOn(input, "custom_mode"),
  ),
  requiredWhen(
    {
      name: "music-lyrics",
      field: "prompt",
      because: "when custom_mode is true and instrumental is false; give the lyrics",
    },
    (input) => isOn(input, "custom_mode") && !isOn(input, "instrumental"),
  ),
  requiredWhen(
    { name: "music-custom-style", field: "style", because: "when custom_mode is true" },
    (input) => isOn(input, "custom_mode"),
  ),
  requiredWhen(
    { name: "music-custom-title", field: "title", because: "when custom_mode is true" },
    (input) => isOn(input, "custom_mode"),
  ),
  lengthRule("music-idea-length", "prompt", (input) => {
    const length = lengthOf(textOf(input, "prompt"));
    return !isOn(input, "custom_mode") && length > IDEA_LENGTH_MAX
      ? `prompt must be 500 characters or fewer when custom_mode is false (got ${length})`
      : null;
  }),
];

/** Songs from an idea or from lyrics. */
export const composeModels: readonly Model[] = [
  musicModel({
    id: "generate-music",
    summary: "Two songs from an idea, or from lyrics, style and title in custom mode.",
    input: inputSchema(["custom_mode", "instrumental", "mv"], {
      prompt: text("An idea; in custom mode the lyrics, not needed when instrumental.", 5000),
      custom_mode: flag("Whether style, title and lyrics are given."),
      instrumental: flag("Whether nobody sings."),
      style: STYLE,
      title: text("Title of the track.", 80),
      mv: ENGINE,
      ...STEERING,
      persona_id: PERSONA_ID,
    }),
    rules: [...MODE_RULES, ...ENGINE_LENGTHS, ...WEIGHTS],
    price: perRequest(20),
    examples: [
      {
        prompt: "A quiet piece for a rainy Sunday morning",
        style: "Lo-fi jazz",
        title: "Second Cup of Coffee",
        custom_mode: true,
        instrumental: true,
        mv: "V5",
        negative_tags: "heavy metal, distortion",
        style_weight: 0.65,
      },
      {
        prompt: "A cheerful song about the first day at the sea",
        custom_mode: false,
        instrumental: false,
        mv: "V4",
      },
      {
        prompt: "Music for a long drive through the night",
        style: "Synthwave, slow build",
        title: "Motorway Lights",
        custom_mode: true,
        instrumental: true,
        mv: "V4_5PLUS",
      },
    ],
  }),
];
