import type { JsonObject } from "../../lib/json.ts";
import { sample, videoModel } from "../define.ts";
import { filmsAndMatroska, SMALL_PICTURES } from "../file-limits.ts";
import type { JsonSchema, Model } from "../model.ts";
import {
  choice,
  flag,
  inputSchema,
  negativePrompt,
  prompt,
  text,
  UNSUPPORTED,
  url,
  urls,
} from "../pieces.ts";
import { by, byDuration, perRequest, perSecond, when } from "../price.ts";
import { isGiven, isOn } from "../reading.ts";
import { dependent, rule } from "../rule.ts";
import { timedWithin } from "../timing.ts";

const SECONDS = choice("Seconds.", [5, 10], 5);

function kling21(endImage: JsonSchema): JsonSchema {
  return inputSchema(["prompt", "start_image_url"], {
    prompt: prompt(),
    duration: SECONDS,
    start_image_url: url("The first frame."),
    end_image_url: endImage,
    negative_prompt: negativePrompt(),
  });
}

/** A sister service calls the resolution by its name; both are taken. */
function withMode(input: JsonObject): JsonObject {
  return input.resolution === undefined ? input : { mode: input.resolution, ...input };
}

/** Kling 2.1 to 2.6. */
export const kling2Models: readonly Model[] = [
  videoModel({
    id: "kling-2.6",
    summary: "Kling 2.6 videos of 5 or 10 seconds with sound, from text or from a picture.",
    input: inputSchema(["prompt", "sound", "duration"], {
      prompt: prompt(1000),
      image_urls: urls("The first frame."),
      end_image_url: url("The last frame; the video is silent then."),
      sound: flag("Whether the video has sound."),
      aspect_ratio: choice("Aspect ratio; needed without a picture.", ["1:1", "16:9", "9:16"]),
      duration: choice("Seconds.", [5, 10]),
    }),
    rules: [
      rule("kling-2.6-ratio", "aspect_ratio", (input) =>
        isGiven(input, "aspect_ratio") || isGiven(input, "image_urls")
          ? null
          : "aspect_ratio is required without image_urls; one of: 1:1, 16:9, 9:16",
      ),
      dependent("kling-2.6-end-image", "end_image_url", ["image_urls"]),
      rule("kling-2.6-end-image-sound", "sound", (input) =>
        isGiven(input, "end_image_url") && isOn(input, "sound")
          ? "sound must be false when end_image_url is given"
          : null,
      ),
    ],
    price: perSecond(when((input) => isOn(input, "sound"), ["with sound", 24], ["silent", 13])),
    examples: [
      {
        prompt: "A chef tosses noodles over a roaring flame in a street kitchen",
        sound: true,
        aspect_ratio: "16:9",
        duration: 5,
      },
    ],
  }),
  videoModel({
    id: "kling-2.6-motion-control",
    summary: "Kling 2.6 moves the character of a picture as in a clip.",
    input: inputSchema(["image_urls", "video_urls", "character_orientation", "mode"], {
      prompt: text("The scene around the character.", 2500),
      image_urls: urls(
        "The character: head, shoulders and torso visible.",
        { min: 1, max: 1 },
        SMALL_PICTURES,
      ),
      video_urls: urls(
        "The clip whose motion is taken, 3 to 30 seconds.",
        { min: 1, max: 1 },
        filmsAndMatroska(100),
      ),
      character_orientation: choice(
        "Facing as in the picture (up to 10 s) or as in the clip (up to 30 s).",
        ["image", "video"],
      ),
      mode: choice("Resolution; also taken under the name resolution.", ["720p", "1080p"]),
    }),
    normalise: withMode,
    timing: timedWithin("video_urls", "film", () => ({ min: 3, max: 30 })),
    price: perRequest(by("mode", { "720p": 8, "1080p": 12 })),
    examples: [
      {
        prompt: "On a rooftop in the evening, city lights behind",
        image_urls: [sample("character.jpg")],
        video_urls: [sample("dance.mp4")],
        character_orientation: "video",
        mode: "1080p",
      },
    ],
  }),
  videoModel({
    id: "kling-2.5-turbo-pro",
    summary: "Kling 2.5 Turbo Pro videos of 5 or 10 seconds from text or between frames.",
    input: inputSchema(["prompt"], {
      prompt: prompt(),
      duration: SECONDS,
      start_image_url: url("The first frame."),
      end_image_url: url("The last frame."),
      aspect_ratio: text("Aspect ratio like 16:9.", 20),
      negative_prompt: negativePrompt(),
    }),
    price: perRequest(byDuration({ 5: 42, 10: 84 })),
    examples: [
      {
        prompt: "The rider in the picture spurs the horse, dust rises, the camera pulls back",
        duration: 5,
        aspect_ratio: "16:9",
        start_image_url: sample("start-image.jpeg"),
      },
    ],
  }),
  videoModel({
    id: "kling-2.1/standard",
    summary: "Kling 2.1 Standard videos of 5 or 10 seconds from a picture.",
    input: kling21(UNSUPPORTED),
    words: { "end_image_url not": "end_image_url is only supported for kling-2.1/pro" },
    price: perRequest(byDuration({ 5: 30, 10: 60 })),
    examples: [
      {
        prompt: "The sails fill with wind and the boat leans over",
        duration: 5,
        start_image_url: sample("start-image.png"),
      },
    ],
  }),
  videoModel({
    id: "kling-2.1/pro",
    summary: "Kling 2.1 Pro videos of 5 or 10 seconds from a first to a last frame.",
    input: kling21(url("The last frame.")),
    price: perRequest(byDuration({ 5: 55, 10: 110 })),
    examples: [
      {
        prompt: "The flower opens while the light changes from dawn to noon",
        duration: 5,
        start_image_url: sample("start-image.png"),
      },
    ],
  }),
];
