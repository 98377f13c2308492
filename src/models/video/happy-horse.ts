import type { JsonObject } from "../../lib/json.ts";
import { sample, videoModel } from "../define.ts";
import type { Model, Rule, Timing } from "../model.ts";
import { choice, inputSchema, integer, SAFETY_CHECKER, SEED, text, url, urls } from "../pieces.ts";
import { by, perSecond, when, withNote } from "../price.ts";
import { countOf, isGiven, numberOf } from "../reading.ts";
import { exclusive, rule } from "../rule.ts";
import { outside, sourcesOf, wholeSeconds } from "../timing.ts";

/** What the members ask for: a clip to edit, references, a first frame, or nothing but text. */
type Workflow = "video-edit" | "reference-to-video" | "image-to-video" | "text-to-video";

const REFERENCES_MAX_IN_EDIT = 5;

const RULES: readonly Rule[] = [
  rule("happy-horse-prompt", "prompt", (input) => {
    const workflow = workflowOf(input);
    return workflow !== "image-to-video" && !isGiven(input, "prompt")
      ? `prompt is required for ${workflow}`
      : null;
  }),
  exclusive("happy-horse-frame", "image_urls", ["reference_image_urls", "video_url"]),
  rule("happy-horse-edit-references", "reference_image_urls", (input) => {
    const count = countOf(input, "reference_image_urls");
    return workflowOf(input) === "video-edit" && count > REFERENCES_MAX_IN_EDIT
      ? `reference_image_urls must have at most 5 items with video_url (got ${count})`
      : null;
  }),
];

const CLIP = { kind: "film", billed: true } as const;

/** An edit is as long as its clip, and paid by its whole seconds. */
const TIMING: Timing = {
  sources: (input) => sourcesOf(input, "video_url", CLIP),
  check: (input, lengths) =>
    outside(sourcesOf(input, "video_url", CLIP), lengths, { min: 3, max: 60 }),
  billedSeconds: (input, lengths) =>
    sourcesOf(input, "video_url", CLIP)
      .map(({ name }) => wholeSeconds(lengths, name))
      .at(0) ?? numberOf(input, "duration"),
};

function workflowOf(input: JsonObject): Workflow {
  if (isGiven(input, "video_url")) return "video-edit";
  if (isGiven(input, "reference_image_urls")) return "reference-to-video";
  return isGiven(input, "image_urls") ? "image-to-video" : "text-to-video";
}

/** Happy Horse: the members given choose the workflow. */
export const happyHorseModels: readonly Model[] = [
  videoModel({
    id: "happy-horse",
    summary: "Happy Horse videos from text, a frame or references, and edits of a clip.",
    input: inputSchema([], {
      prompt: text("What to make; needed unless a first frame is given."),
      image_urls: urls("The first frame.", { max: 1 }),
      reference_image_urls: urls("Pictures to refer to; at most 5 with video_url.", { max: 9 }),
      video_url: url("A clip of 3 to 60 seconds to edit."),
      aspect_ratio: choice(
        "Aspect ratio, from text or references.",
        ["16:9", "9:16", "1:1", "4:3", "3:4"],
        "16:9",
      ),
      resolution: choice("Resolution.", ["720p", "1080p"], "1080p"),
      duration: integer("Seconds; an edit is as long as its clip.", { min: 3, max: 15 }, 5),
      audio_setting: choice("Sound of an edit; origin keeps it.", ["auto", "origin"], "auto"),
      seed: SEED,
      enable_safety_checker: SAFETY_CHECKER,
    }),
    rules: RULES,
    timing: TIMING,
    price: withNote(
      perSecond(
        when(
          (input) => workflowOf(input) === "video-edit",
          ["video edit", by("resolution", { "720p": 32, "1080p": 64 })],
          ["else", by("resolution", { "720p": 16, "1080p": 32 })],
        ),
        TIMING,
      ),
      "an edit is billed by the whole seconds of its clip",
    ),
    examples: [
      {
        prompt: "Wild horses gallop through shallow water, drone view",
        resolution: "1080p",
        duration: 5,
        aspect_ratio: "16:9",
        seed: 42,
        enable_safety_checker: true,
      },
      {
        image_urls: [sample("first-frame.png")],
        prompt: "The mist lifts and the village bells start to swing",
        resolution: "1080p",
        duration: 5,
      },
      {
        prompt: "character1 teaches character2 to juggle in a park",
        reference_image_urls: [sample("character1.png"), sample("character2.png")],
        resolution: "720p",
        duration: 6,
        aspect_ratio: "9:16",
      },
      {
        prompt: "Give the clip the colours and brush strokes of @Image1",
        video_url: sample("source-video.mp4"),
        reference_image_urls: [sample("style-reference.png")],
        resolution: "1080p",
        audio_setting: "auto",
      },
    ],
  }),
];
