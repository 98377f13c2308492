import { musicModel } from "../define.ts";
import type { Model, Rule } from "../model.ts";
import { inputSchema, prompt, text } from "../pieces.ts";
import { perRequest } from "../price.ts";
import { textOf } from "../reading.ts";
import { AUDIO_ID, TASK_ID } from "./fields.ts";

const LYRICS_WORDS_MAX = 200;

const LYRICS_RULE: Rule = {
  name: "lyrics-prompt-words",
  check(input) {
    const words = textOf(input, "prompt").split(/\s+/).filter(Boolean);
    return words.length > LYRICS_WORDS_MAX
      ? {
          field: "prompt",
          message: "Prompt exceeds maximum length of 200 words",
          code: "payload_too_large",
        }
      : null;
  },
};

/** Lyrics with and without times, and style words: text in, text out. */
export const wordModels: readonly Model[] = [
  musicModel({
    id: "generate-lyrics",
    summary: "Writes lyrics with a title.",
    input: inputSchema(["prompt"], { prompt: prompt(1500, "What the song is about.") }),
    rules: [LYRICS_RULE],
    price: perRequest(1),
    examples: [
      { prompt: "A song about leaving the city and learning to keep bees" },
      { prompt: "Two friends meet again after twenty years at a bus stop" },
    ],
  }),
  musicModel({
    id: "get-timestamped-lyrics",
    summary: "Gives the lyrics of a track with the time of each line.",
    input: inputSchema(["task_id", "audio_id"], { task_id: TASK_ID, audio_id: AUDIO_ID }),
    price: perRequest(1),
    examples: [
      {
        task_id: "task-unified-1757165031-uyujaw3d",
        audio_id: "e231xxxx-xxxx-xxxx-xxxx-xxxx8cadc7dc",
      },
    ],
  }),
  musicModel({
    id: "boost-music-style",
    summary: "Turns a few style words into a full description of a style.",
    input: inputSchema(["content"], {
      content: text("Short style words."),
    }),
    price: perRequest(1),
    examples: [{ content: "Surf rock, calm" }, { content: "Baroque pop, harpsichord" }],
  }),
];
