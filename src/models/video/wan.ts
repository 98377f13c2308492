import { sample, videoModel } from "../define.ts";
import { filmsAndMatroska, SMALL_PICTURES } from "../file-limits.ts";
import type { JsonSchema, Model } from "../model.ts";
import {
  choice,
  FREE_SEED,
  flag,
  inputSchema,
  negativePrompt,
  prompt,
  text,
  url,
  urls,
} from "../pieces.ts";
import { by, byDuration, perRequest } from "../price.ts";

/** What the three ids of Wan 2.6 share; each takes other media and lengths. */
function wan26(
  required: readonly string[],
  media: Readonly<Record<"image_urls" | "video_urls" | "duration", JsonSchema>>,
): JsonSchema {
  return inputSchema(["prompt", ...required], {
    prompt: prompt(5000),
    ...media,
    resolution: choice("Resolution.", ["720p", "1080p"], "720p"),
    multi_shots: flag("Several shots instead of one.", false),
  });
}

const NO_IMAGES = urls("Only for wan2.6-image-to-video.", { max: 0 });
const NO_VIDEOS = urls("Only for wan2.6-video-to-video.", { max: 0 });
const SECONDS_26 = choice("Seconds.", [5, 10, 15], 5);
const WORDS_26 = {
  noImages: { "image_urls maxItems": "image_urls is only supported for wan2.6-image-to-video" },
  noVideos: { "video_urls maxItems": "video_urls is only supported for wan2.6-video-to-video" },
};
const PRICE_26 = perRequest(
  by("resolution", {
    "720p": byDuration({ 5: 80, 10: 160, 15: 240 }),
    "1080p": byDuration({ 5: 120, 10: 240, 15: 360 }),
  }),
);
const SHAPE_26 = { duration: 5, resolution: "1080p", multi_shots: false };

const SMALL = byDuration({ 5: 30, 10: 60 });
const MIDDLE = byDuration({ 5: 60, 10: 120 });
const LARGE = byDuration({ 5: 90, 10: 180 });

const MORE_25: Readonly<Record<string, JsonSchema>> = {
  duration: choice("Seconds.", [5, 10], 5),
  audio: text("Wanted sound in a word, like background_music."),
  negative_prompt: negativePrompt(),
  seed: FREE_SEED,
};

const PRICE_22 = perRequest(by("resolution", { "480p": 6, "720p": 12 }));

const ANIMATE = inputSchema(["video_url", "image_urls"], {
  video_url: url("The clip whose motion is taken."),
  image_urls: urls("The character.", { min: 1, max: 1 }),
  resolution: choice("Resolution.", ["480p", "580p", "720p"], "480p"),
});
const ANIMATE_PRICE = perRequest(by("resolution", { "480p": 7, "580p": 12, "720p": 15 }));

/** Wan 2.2 to 2.6 and Wan Animate. */
export const wanModels: readonly Model[] = [
  videoModel({
    id: "wan2.6-text-to-video",
    summary: "Wan 2.6 videos of 5, 10 or 15 seconds from text.",
    input: wan26([], { image_urls: NO_IMAGES, video_urls: NO_VIDEOS, duration: SECONDS_26 }),
    words: { ...WORDS_26.noImages, ...WORDS_26.noVideos },
    price: PRICE_26,
    examples: [{ prompt: "A tram conductor dances through an empty carriage", ...SHAPE_26 }],
  }),
  videoModel({
    id: "wan2.6-image-to-video",
    summary: "Wan 2.6 videos of 5, 10 or 15 seconds from a picture.",
    input: wan26(["image_urls"], {
      image_urls: urls("The first frame.", { min: 1, max: 1 }, SMALL_PICTURES),
      video_urls: NO_VIDEOS,
      duration: SECONDS_26,
    }),
    words: WORDS_26.noVideos,
    price: PRICE_26,
    examples: [
      {
        prompt: "The waves start to roll and gulls cross the sky",
        image_urls: [sample("image.jpg")],
        ...SHAPE_26,
      },
    ],
  }),
  videoModel({
    id: "wan2.6-video-to-video",
    summary: "Wan 2.6 videos of 5 or 10 seconds from one to three clips.",
    input: wan26(["video_urls"], {
      image_urls: NO_IMAGES,
      video_urls: urls("Clips to work from.", { min: 1, max: 3 }, filmsAndMatroska(10)),
      duration: choice("Seconds.", [5, 10], 5),
    }),
    words: WORDS_26.noImages,
    price: PRICE_26,
    examples: [
      {
        prompt: "Turn the clip into a hand-painted animation",
        video_urls: [sample("video.mp4")],
        ...SHAPE_26,
      },
    ],
  }),
  videoModel({
    id: "wan2.5-text-to-video",
    summary: "Wan 2.5 videos of 5 or 10 seconds from text.",
    input: inputSchema(["prompt"], {
      prompt: prompt(),
      aspect_ratio: choice(
        "Width and height in pixels.",
        "832*480 480*832 1280*720 720*1280 1920*1080 1080*1920".split(" "),
        "1280*720",
      ),
      ...MORE_25,
    }),
    price: perRequest(
      by("aspect_ratio", {
        "832*480": SMALL,
        "480*832": SMALL,
        "1280*720": MIDDLE,
        "720*1280": MIDDLE,
        "1920*1080": LARGE,
        "1080*1920": LARGE,
      }),
    ),
    examples: [
      {
        prompt: "A street musician plays the accordion under an arcade",
        aspect_ratio: "832*480",
        duration: 5,
        seed: 426,
      },
    ],
  }),
  videoModel({
    id: "wan2.5-image-to-video",
    summary: "Wan 2.5 videos of 5 or 10 seconds from a picture.",
    input: inputSchema(["prompt", "image_urls"], {
      prompt: prompt(),
      image_urls: urls("The first frame.", { min: 1, max: 1 }),
      resolution: choice("Resolution.", ["480p", "720p", "1080p"], "720p"),
      ...MORE_25,
    }),
    price: perRequest(by("resolution", { "480p": SMALL, "720p": MIDDLE, "1080p": LARGE })),
    examples: [
      {
        prompt: "The candle flickers and smoke curls upward",
        image_urls: [sample("image.jpg")],
        resolution: "720p",
        duration: 5,
        seed: 225,
      },
    ],
  }),
  videoModel({
    id: "wan2.2-text-to-video-fast",
    summary: "Wan 2.2 Fast videos from text.",
    input: inputSchema(["prompt"], {
      prompt: prompt(),
      aspect_ratio: choice("Aspect ratio.", ["16:9", "9:16"], "16:9"),
      resolution: choice("Resolution.", ["480p", "720p"], "720p"),
      seed: FREE_SEED,
    }),
    price: PRICE_22,
    examples: [
      {
        prompt: "A hot-air balloon rises over vineyards",
        aspect_ratio: "16:9",
        resolution: "480p",
        seed: 123,
      },
    ],
  }),
  videoModel({
    id: "wan2.2-image-to-video-fast",
    summary: "Wan 2.2 Fast videos from a picture, to a last frame when two are given.",
    input: inputSchema(["prompt", "image_urls"], {
      prompt: prompt(),
      image_urls: urls("First frame, and last frame.", { min: 1, max: 2 }),
      resolution: choice("Resolution.", ["480p", "720p"], "480p"),
      seed: FREE_SEED,
    }),
    price: PRICE_22,
    examples: [
      {
        prompt: "The curtain moves and the cat jumps off the sill",
        image_urls: [sample("start-image.jpg")],
        resolution: "480p",
        seed: 224,
      },
    ],
  }),
  videoModel({
    id: "wan-animate-replace",
    summary: "Wan Animate puts the character of a picture into a clip.",
    input: ANIMATE,
    price: ANIMATE_PRICE,
    examples: [
      {
        video_url: sample("source.mp4"),
        image_urls: [sample("replace.jpg")],
        resolution: "480p",
      },
    ],
  }),
  videoModel({
    id: "wan-animate-move",
    summary: "Wan Animate moves the character of a picture as in a clip.",
    input: ANIMATE,
    price: ANIMATE_PRICE,
    examples: [
      { video_url: sample("source.mp4"), image_urls: [sample("move.jpg")], resolution: "480p" },
    ],
  }),
];
