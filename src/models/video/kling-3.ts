import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import { sample, videoModel } from "../define.ts";
import { films, SMALL_PHOTOS } from "../file-limits.ts";
import type { JsonSchema, Model, Rule } from "../model.ts";
import { choice, flag, inputSchema, integer, LIST_MAX, prompt, text, urls } from "../pieces.ts";
import { by, perRequest, perSecond, type TariffTable, when } from "../price.ts";
import { countOf, isGiven, isOn, numberOf } from "../reading.ts";
import { rule } from "../rule.ts";
import { timedWithin } from "../timing.ts";
import { ratioWithoutImage } from "./ratio.ts";

const SECONDS_MAX = 15;

const SHOT: JsonSchema = inputSchema(["prompt", "duration"], {
  prompt: prompt(2500, "What happens in the shot."),
  duration: integer("Seconds.", { min: 1, max: 12 }),
});

const ELEMENT: JsonSchema = {
  ...inputSchema(["name"], {
    name: text("How prompts call it: @name.", 100),
    description: text("What it is."),
    element_input_urls: urls("Two to four pictures of it.", { min: 2, max: 4 }, SMALL_PHOTOS),
    element_input_video_urls: urls("One clip of it.", { min: 1, max: 1 }, films(50)),
  }),
  examples: [
    { name: "cat", element_input_urls: [sample("cat-1.jpg"), sample("cat-2.jpg")] },
    { name: "dog", element_input_video_urls: [sample("dog.mp4")] },
  ],
};

const INPUT = inputSchema(["duration"], {
  prompt: text("What to make in a single shot; may name elements as @name.", 2500),
  image_urls: urls("First frame, and last frame in a single shot.", { max: 2 }),
  multi_prompt: {
    type: "array",
    items: SHOT,
    maxItems: SECONDS_MAX,
    description: "The shots, when there are several.",
  },
  duration: integer("Seconds; with several shots their sum.", { min: 3, max: SECONDS_MAX }),
  multi_shots: flag("Whether multi_prompt describes several shots.", false),
  sound: flag("Whether the video has sound; needed with several shots.", true),
  kling_elements: {
    type: "array",
    items: ELEMENT,
    maxItems: LIST_MAX,
    description: "Things and people that prompts name; a first frame is needed.",
  },
  aspect_ratio: choice("Aspect ratio; with a first frame it follows the picture.", [
    "1:1",
    "16:9",
    "9:16",
  ]),
});

const RULES: readonly Rule[] = [
  rule("kling-3-prompt", "prompt", (input) =>
    !isOn(input, "multi_shots") && !isGiven(input, "prompt")
      ? "prompt is required when multi_shots is false"
      : null,
  ),
  rule("kling-3-multi-prompt", "multi_prompt", (input) =>
    isOn(input, "multi_shots") && !isGiven(input, "multi_prompt")
      ? "multi_prompt is required when multi_shots is true"
      : null,
  ),
  rule("kling-3-shots-length", "multi_prompt", (input) => {
    const total = shotSeconds(input);
    return isOn(input, "multi_shots") && total > SECONDS_MAX
      ? `multi_prompt must last 15 seconds or less in all (got ${total})`
      : null;
  }),
  rule("kling-3-shots-duration", "duration", (input) => {
    const total = shotSeconds(input);
    return isOn(input, "multi_shots") && total !== input.duration
      ? `duration must equal the sum of the shots, ${total} (got ${input.duration})`
      : null;
  }),
  rule("kling-3-shots-sound", "sound", (input) =>
    isOn(input, "multi_shots") && !isOn(input, "sound")
      ? "sound must be true when multi_shots is true"
      : null,
  ),
  rule("kling-3-shots-image", "image_urls", (input) =>
    isOn(input, "multi_shots") && countOf(input, "image_urls") > 1
      ? "image_urls must have at most 1 item when multi_shots is true"
      : null,
  ),
  rule("kling-3-elements-image", "image_urls", (input) =>
    isGiven(input, "kling_elements") && !isGiven(input, "image_urls")
      ? "image_urls is required when kling_elements is given"
      : null,
  ),
  rule("kling-3-element-media", "kling_elements", (input) => {
    const wrong = objectsOf(input, "kling_elements").findIndex(
      (element) =>
        isGiven(element, "element_input_urls") === isGiven(element, "element_input_video_urls"),
    );
    return wrong >= 0
      ? `kling_elements[${wrong}] must have one of: element_input_urls, element_input_video_urls`
      : null;
  }),
];

/** Clients send both lists of an element and leave one empty: that one is absent. */
function withoutEmptyLists(input: JsonObject): JsonObject {
  const elements = input.kling_elements;
  if (!Array.isArray(elements)) return input;
  const kept = elements.map((element: Json) => {
    if (!isJsonObject(element)) return element;
    const said = Object.entries(element).filter(
      ([name, value]) => !ELEMENT_MEDIA.has(name) || !Array.isArray(value) || value.length > 0,
    );
    return Object.fromEntries(said);
  });
  return { ...input, kling_elements: kept };
}

const ELEMENT_MEDIA: ReadonlySet<string> = new Set([
  "element_input_urls",
  "element_input_video_urls",
]);

function normalise(input: JsonObject): JsonObject {
  return ratioWithoutImage("1:1")(withoutEmptyLists(input));
}

const TEXT_SHAPE = { multi_shots: false, sound: true, aspect_ratio: "16:9" };

/** Kling 3.0: single shots, several shots in one video, and motion from a clip. */
export const kling3Models: readonly Model[] = [
  videoModel({
    id: "kling-3.0/standard",
    summary: "Kling 3.0 Standard videos of 3 to 15 seconds in one or several shots.",
    input: INPUT,
    rules: RULES,
    normalise,
    price: perSecond(sounding(39, 27)),
    examples: [
      {
        prompt: "A ballet dancer practises alone in a mirrored hall, evening sun on the floor",
        duration: 5,
        ...TEXT_SHAPE,
      },
    ],
  }),
  videoModel({
    id: "kling-3.0/pro",
    summary: "Kling 3.0 Pro videos of 3 to 15 seconds in one or several shots.",
    input: INPUT,
    rules: RULES,
    normalise,
    price: perSecond(sounding(49, 39)),
    examples: [
      {
        prompt: "A cargo ship meets a storm; the camera stays on the bridge window",
        duration: 10,
        ...TEXT_SHAPE,
      },
    ],
  }),
  videoModel({
    id: "kling-3.0-motion-control",
    summary: "Kling 3.0 moves the character of a picture as in a clip.",
    input: inputSchema(["image_urls", "video_urls", "character_orientation"], {
      prompt: text("The scene around the character."),
      image_urls: urls("The character.", { min: 1, max: 1 }, SMALL_PHOTOS),
      video_urls: urls(
        "The clip whose motion is taken, at least 3 seconds.",
        { min: 1, max: 1 },
        films(100),
      ),
      character_orientation: choice(
        "Facing as in the picture (clip of up to 10 s) or as in the clip (up to 30 s).",
        ["image", "video"],
      ),
      resolution: choice("Resolution.", ["720p", "1080p"], "720p"),
    }),
    timing: timedWithin("video_urls", "film", (input) => ({
      min: 3,
      max: input.character_orientation === "image" ? 10 : 30,
    })),
    price: perRequest(by("resolution", { "720p": 9, "1080p": 15 })),
    examples: [
      {
        image_urls: [sample("character.png")],
        video_urls: [sample("motion.mp4")],
        character_orientation: "image",
        resolution: "720p",
      },
    ],
  }),
];

function sounding(yes: number, no: number): TariffTable {
  return when((input) => isOn(input, "sound"), ["with sound", yes], ["silent", no]);
}

function shotSeconds(input: JsonObject): number {
  return objectsOf(input, "multi_prompt").reduce(
    (sum, shot) => sum + numberOf(shot, "duration"),
    0,
  );
}

function objectsOf(input: JsonObject, name: string): readonly JsonObject[] {
  const value = input[name];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
