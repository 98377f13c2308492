import type { JsonObject } from "../../lib/json.ts";
import { musicModel, sample } from "../define.ts";
import type { Model, Timing } from "../model.ts";
import { decimal, inputSchema, text } from "../pieces.ts";
import { perRequest } from "../price.ts";
import { numberOf, textOf } from "../reading.ts";
import { rule } from "../rule.ts";
import { beyondEnd, sourcesOf } from "../timing.ts";
import {
  ADDING_ENGINE,
  AUDIO_ID,
  STEERING,
  TASK_ID,
  TITLE,
  twoDecimals,
  UPLOAD_URL,
  WEIGHTS,
} from "./fields.ts";

const UNWANTED = text("Styles to keep out.");

/** The pages call the engine `model`, the schemas `mv`; both are taken. */
function withEngine(input: JsonObject): JsonObject {
  return input.model === undefined ? input : { mv: input.model, ...input };
}

/** A section lies within its track. */
const SECTION_TIMING: Timing = {
  sources: (input) => sourcesOf(input, "audio_id", { kind: "track", billed: false }),
  check(input, lengths) {
    const seconds = lengths.get(textOf(input, "audio_id"));
    return beyondEnd(input, "infill_start_s", seconds) ?? beyondEnd(input, "infill_end_s", seconds);
  },
};

/** New parts for a recording, and a new section for a track. */
export const addModels: readonly Model[] = [
  musicModel({
    id: "add-instrumental",
    summary: "Adds a band to a recorded voice or melody.",
    input: inputSchema(["upload_url", "title", "tags", "negative_tags"], {
      upload_url: UPLOAD_URL,
      title: TITLE,
      tags: text("Wanted styles."),
      mv: ADDING_ENGINE,
      ...STEERING,
      negative_tags: UNWANTED,
    }),
    rules: WEIGHTS,
    normalise: withEngine,
    price: perRequest(20),
    examples: [
      {
        upload_url: sample("vocals.mp3"),
        title: "Porch Evening",
        tags: "acoustic guitar, warm",
        negative_tags: "electronic, drums",
      },
      {
        upload_url: sample("vocals.mp3"),
        mv: "V5",
        title: "Porch Evening, Full Band",
        tags: "country, fiddle, upright bass",
        negative_tags: "synthesizer",
        vocal_gender: "m",
        style_weight: 0.7,
        weirdness_constraint: 0.3,
        audio_weight: 0.65,
      },
    ],
  }),
  musicModel({
    id: "add-vocals",
    summary: "Adds a voice to an instrumental recording.",
    input: inputSchema(["upload_url", "prompt", "title", "style", "negative_tags"], {
      upload_url: UPLOAD_URL,
      prompt: text("Lyrics, or what to sing about."),
      title: TITLE,
      style: text("Music style."),
      mv: ADDING_ENGINE,
      ...STEERING,
      negative_tags: UNWANTED,
    }),
    rules: WEIGHTS,
    normalise: withEngine,
    price: perRequest(20),
    examples: [
      {
        upload_url: sample("instrumental.mp3"),
        prompt: "A gentle voice sings about the last ferry home",
        title: "The Last Ferry",
        style: "Soft pop",
        negative_tags: "rap, shouting",
      },
      {
        upload_url: sample("instrumental.mp3"),
        mv: "V5",
        prompt: "A choir hums first, then one voice tells the story",
        title: "Salt and Lanterns",
        style: "Nordic folk, a cappella",
        negative_tags: "autotune, distortion",
        vocal_gender: "f",
        style_weight: 0.7,
        weirdness_constraint: 0.2,
        audio_weight: 0.6,
      },
    ],
  }),
  musicModel({
    id: "replace-section",
    summary: "Writes one section of a track anew.",
    input: inputSchema(
      ["task_id", "audio_id", "prompt", "tags", "title", "infill_start_s", "infill_end_s"],
      {
        task_id: TASK_ID,
        audio_id: AUDIO_ID,
        prompt: text("What the section sings or does."),
        tags: text("Style of the section."),
        title: text("Title of the track."),
        infill_start_s: decimal("Second at which the section begins.", { min: 0 }),
        infill_end_s: decimal("Second at which it ends."),
        negative_tags: UNWANTED,
        full_lyrics: text("The whole lyrics after the change."),
      },
    ),
    rules: [
      rule("replace-section-order", "infill_end_s", (input) =>
        numberOf(input, "infill_end_s") <= numberOf(input, "infill_start_s")
          ? "infill_end_s must be greater than infill_start_s"
          : null,
      ),
      twoDecimals("replace-section-decimals", "infill_start_s"),
      twoDecimals("replace-section-decimals", "infill_end_s"),
    ],
    timing: SECTION_TIMING,
    price: perRequest(10),
    examples: [
      {
        task_id: "5c79xxxxbe8e",
        audio_id: "e231xxxx-xxxx-xxxx-xxxx-xxxx8cadc7dc",
        prompt: "A quiet bridge with piano alone",
        tags: "piano, soft",
        title: "Paper Moon",
        infill_start_s: 30,
        infill_end_s: 60,
      },
      {
        task_id: "5c79xxxxbe8e",
        audio_id: "e231xxxx-xxxx-xxxx-xxxx-xxxx8cadc7dc",
        prompt: "A clapping chorus",
        tags: "gospel, joy",
        title: "Open the Windows",
        infill_start_s: 15.5,
        infill_end_s: 45,
        negative_tags: "minor key",
        full_lyrics: "Open the windows, let the morning in\nOpen the windows, let it begin",
      },
    ],
  }),
];
