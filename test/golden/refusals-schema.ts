import {
  CLIP,
  many,
  PICTURE,
  type RefusedRequest,
  refused,
  SOUND,
  tooLong,
} from "./refused-request.ts";

const SHOTS = {
  multi_shots: true,
  sound: true,
  duration: 5,
  multi_prompt: [
    { prompt: "A door opens", duration: 2 },
    { prompt: "A cat walks in", duration: 3 },
  ],
};
const EDIT = { prompt: "A fox", image_urls: [PICTURE] };
const SECTION = {
  task_id: "5c79xxxxbe8e",
  audio_id: "e231xxxx",
  prompt: "A quiet bridge",
  tags: "piano",
  title: "Rain",
  infill_start_s: 30,
  infill_end_s: 60,
};

/** Messages that the documentation gives word for word. */
export const DOCUMENTED_REFUSALS: readonly RefusedRequest[] = [
  refused("schema", ["gpt-4o-image", {}], "prompt is required"),
  refused("schema", ["gpt-image-2", {}], "prompt is required"),
  refused(
    "schema",
    ["gpt-image-2", { prompt: "A fox", n: 2 }],
    "n is not supported for gpt-image-2",
  ),
  refused(
    "schema",
    ["gpt-image-2", { prompt: "A fox", quality: "best" }],
    "quality must be one of: low, medium, high",
  ),
  refused(
    "schema",
    ["gpt-image-2", { prompt: "A fox", resolution: "8K" }],
    "resolution must be one of: 1K, 2K, 4K",
  ),
  refused(
    "schema",
    ["gpt-image-2", { prompt: "A fox", image_urls: [PICTURE] }],
    "image_urls is only supported for gpt-image-2-edit",
  ),
  refused("schema", ["gpt-image-2-edit", { prompt: "A fox" }], "image_urls is required for edit"),
  refused("schema", ["gpt-4o-image-edit", { prompt: "A fox" }], "image_urls is required for edit"),
  tooLong(
    "schema",
    ["veo3.1-fast-official", { prompt: "x".repeat(1001) }],
    "prompt must be 1000 characters or fewer for veo-3.1-official",
  ),
  refused(
    "schema",
    ["veo3.1-lite-official", { prompt: "A fox", image_urls: many(PICTURE, 3) }],
    "veo3.1-lite-official does not support reference mode",
  ),
];

/** Messages of the schemas, one of each kind. */
export const SCHEMA_REFUSALS: readonly RefusedRequest[] = [
  refused("schema", ["sora-2", { prompt: "" }], "prompt must not be empty"),
  refused("schema", ["sora-2", { prompt: "   " }], "prompt must not be blank"),
  refused("schema", ["boost-music-style", { content: "\t\n" }], "content must not be blank"),
  refused("schema", ["replace-section", { ...SECTION, tags: " " }], "tags must not be blank"),
  refused("schema", ["sora-2", { prompt: null }], "prompt is required"),
  refused("schema", ["sora-2", { prompt: 7 }], "prompt must be a string (got 7)"),
  tooLong(
    "schema",
    ["sora-2", { prompt: "x".repeat(1001) }],
    "prompt must be 1000 characters or fewer (got 1001)",
  ),
  refused(
    "schema",
    ["sora-2", { prompt: "A fox", duration: 12 }],
    "duration must be one of: 10, 15 (got 12)",
  ),
  refused(
    "schema",
    ["sora-2", { prompt: "A fox", duration: "10" }],
    'duration must be one of: 10, 15 (got "10")',
  ),
  refused(
    "schema",
    ["sora-2", { prompt: "A fox", storyboard: 1 }],
    "storyboard must be true or false (got 1)",
  ),
  refused(
    "schema",
    ["sora-2", { prompt: "A fox", image_urls: [PICTURE, PICTURE] }],
    "image_urls must have at most 1 item (got 2)",
  ),
  refused(
    "schema",
    ["sora-2", { prompt: "A fox", image_urls: ["ftp://media.example.com/1.jpg"] }],
    "image_urls[0] must be an http or https URL of at most 2048 characters without user name " +
      '(got "ftp://media.example.com/1.jpg")',
  ),
  refused(
    "schema",
    ["sora-2", { prompt: "A fox", image_urls: PICTURE }],
    `image_urls must be a list (got "${PICTURE}")`,
  ),
  refused(
    "schema",
    ["flux-kontext-pro-edit", { prompt: "A fox", image_urls: [PICTURE, PICTURE] }],
    "image_urls must have exactly 1 item (got 2)",
  ),
  refused(
    "schema",
    ["flux-2-pro-edit", { prompt: "A fox", image_urls: [], size: "1:1", resolution: "1K" }],
    "image_urls must have 1 to 8 items (got 0)",
  ),
  refused(
    "schema",
    ["seedream-4", { prompt: "A fox", n: 16 }],
    "n must be between 1 and 15 (got 16)",
  ),
  refused("schema", ["seedream-4", { prompt: "A fox", n: 1.5 }], "n must be an integer (got 1.5)"),
  refused(
    "schema",
    ["replace-section", { ...SECTION, infill_start_s: -1 }],
    "infill_start_s must be at least 0 (got -1)",
  ),
  refused(
    "schema",
    ["seedream-5.0-lite", { prompt: "A fox", size: "4K" }],
    "size must be one of: 2K, 3K, 1:1, 4:3, 3:4, 16:9, 9:16, 3:2, 2:3, 21:9; " +
      'or width and height in pixels, as "2304x1728" or {"width": 2304, "height": 1728}',
  ),
  refused(
    "schema",
    ["seedream-5.0-lite", { prompt: "A fox", size: { width: 2304 } }],
    "size.height is required",
  ),
  refused(
    "schema",
    ["seedream-5.0-lite-edit", { ...EDIT, size: { width: 0, height: 5 } }],
    "size.width must be at least 1 (got 0)",
  ),
  refused(
    "schema",
    ["seedream-5.0-lite-edit", { ...EDIT, size: { width: 5.5, height: 5 } }],
    "size.width must be an integer (got 5.5)",
  ),
  refused(
    "schema",
    ["seedream-5.0-lite", { prompt: "A fox", size: { width: 640, height: 480, depth: 1 } }],
    "size.depth is not supported for seedream-5.0-lite; accepted: width, height",
  ),
  refused(
    "schema",
    ["kling-3.0/pro", { ...SHOTS, multi_prompt: [{ prompt: "A cat", duration: 13 }] }],
    "multi_prompt[0].duration must be between 1 and 12 (got 13)",
  ),
  refused(
    "schema",
    ["kling-3.0/pro", { ...SHOTS, multi_prompt: [{ duration: 5 }] }],
    "multi_prompt[0].prompt is required",
  ),
  refused("schema", ["z-image", { prompt: "A fox" }], "size is required"),
  refused(
    "schema",
    ["kling-2.1/standard", { prompt: "A", start_image_url: PICTURE, end_image_url: PICTURE }],
    "end_image_url is only supported for kling-2.1/pro",
  ),
  refused(
    "schema",
    ["kling-1.6/standard", { prompt: "A fox", duration: 5, end_image_url: PICTURE }],
    "end_image_url is only supported for kling-1.6/pro",
  ),
  refused(
    "schema",
    ["hailuo-2.3", { prompt: "A fox", end_image_url: PICTURE }],
    "end_image_url is not supported for hailuo-2.3",
  ),
  refused(
    "schema",
    ["hailuo-02-pro", { prompt: "A fox", duration: 10 }],
    "duration must be one of: 6 (got 10)",
  ),
  refused(
    "schema",
    ["wan2.6-text-to-video", { prompt: "A fox", image_urls: [PICTURE] }],
    "image_urls is only supported for wan2.6-image-to-video",
  ),
  refused(
    "schema",
    ["wan2.6-image-to-video", { prompt: "A fox", image_urls: [PICTURE], video_urls: [CLIP] }],
    "video_urls is only supported for wan2.6-video-to-video",
  ),
  refused(
    "schema",
    ["wan2.6-video-to-video", { prompt: "A fox", video_urls: [CLIP], duration: 15 }],
    "duration must be one of: 5, 10 (got 15)",
  ),
  refused(
    "schema",
    ["wan2.5-text-to-video", { prompt: "A fox", audio: true }],
    "audio must be a string (got true)",
  ),
  refused(
    "schema",
    ["veo3.1-fast/text-to-video", { prompt: "A fox", generation_type: "frame" }],
    "generation_type is not supported for veo3.1-fast/text-to-video; " +
      "accepted: prompt, duration, aspect_ratio, resolution",
  ),
  refused(
    "schema",
    ["minimax/h3/reference-to-video", { prompt: "A fox", reference_audio_urls: [SOUND] }],
    "reference_image_urls or reference_video_urls is required",
  ),
];
