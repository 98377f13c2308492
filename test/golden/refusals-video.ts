import { CLIP, many, PICTURE, type RefusedRequest, refused, SOUND } from "./refused-request.ts";

const SHOTS = {
  multi_shots: true,
  sound: true,
  duration: 5,
  multi_prompt: [
    { prompt: "A door opens", duration: 2 },
    { prompt: "A cat walks in", duration: 3 },
  ],
};
const SINGLE = { prompt: "@cat sleeps", duration: 5, image_urls: [PICTURE] };

/** Rows for the rules of video models. */
export const VIDEO_REFUSALS: readonly RefusedRequest[] = [
  refused(
    "sora-2-pro-official-auto-ratio",
    ["sora-2-pro-official", { prompt: "A fox", aspect_ratio: "auto" }],
    "aspect_ratio auto is supported only with image_urls; else one of: 16:9, 9:16",
  ),
  refused(
    "veo-reference-images",
    ["veo3.1-fast", { prompt: "A fox", image_urls: [PICTURE], generation_type: "reference" }],
    "image_urls must have exactly 3 items when generation_type is reference",
  ),
  refused(
    "veo-frame-images",
    ["veo3.1-quality", { prompt: "A", image_urls: many(PICTURE, 3), generation_type: "frame" }],
    "image_urls must have 1 or 2 items when generation_type is frame",
  ),
  refused(
    "veo-frame-images",
    ["veo3.1-fast", { prompt: "A fox", generation_type: "frame" }],
    "image_urls must have 1 or 2 items when generation_type is frame",
  ),
  refused(
    "veo-frame-images",
    ["veo3.1-fast-official", { prompt: "A fox", generation_type: "frame" }],
    "image_urls must have 1 or 2 items when generation_type is frame",
  ),
  refused(
    "veo-frame-images",
    ["veo3.1-quality-official", { prompt: "A fox", generation_type: "frame" }],
    "image_urls must have 1 or 2 items when generation_type is frame",
  ),
  refused(
    "veo-official-reference-duration",
    ["veo3.1-fast-official", { prompt: "A fox", image_urls: many(PICTURE, 3), duration: 6 }],
    "reference mode supports 8s duration only",
  ),
  refused(
    "veo-official-auto-ratio",
    ["veo3.1-fast-official", { prompt: "A fox", aspect_ratio: "auto" }],
    "aspect_ratio auto is supported only with one or two image_urls",
  ),
  refused(
    "veo-official-auto-ratio",
    [
      "veo3.1-quality-official",
      { prompt: "A fox", aspect_ratio: "auto", image_urls: many(PICTURE, 3) },
    ],
    "aspect_ratio auto is supported only with one or two image_urls",
  ),
  refused(
    "veo-lite-reference",
    ["veo3.1-lite-official", { prompt: "A fox", generation_type: "reference" }],
    "veo3.1-lite-official does not support reference mode",
  ),
  refused(
    "veo-lite-4k",
    ["veo3.1-lite-official", { prompt: "A fox", resolution: "4k" }],
    "veo3.1-lite-official does not support 4k resolution",
  ),
  refused(
    "veo-lite-1080p",
    ["veo3.1-lite-official", { prompt: "A fox", resolution: "1080p", duration: 4 }],
    "veo3.1-lite-official supports resolution 1080p with duration 8 only; use 720p",
  ),
  refused(
    "kling-3-prompt",
    ["kling-3.0/standard", { duration: 5 }],
    "prompt is required when multi_shots is false",
  ),
  refused(
    "kling-3-multi-prompt",
    ["kling-3.0/standard", { prompt: "A fox", duration: 5, multi_shots: true }],
    "multi_prompt is required when multi_shots is true",
  ),
  refused(
    "kling-3-shots-length",
    [
      "kling-3.0/standard",
      {
        ...SHOTS,
        duration: 15,
        multi_prompt: [
          { prompt: "A door opens", duration: 12 },
          { prompt: "A cat walks in", duration: 4 },
        ],
      },
    ],
    "multi_prompt must last 15 seconds or less in all (got 16)",
  ),
  refused(
    "kling-3-shots-duration",
    ["kling-3.0/pro", { ...SHOTS, duration: 6 }],
    "duration must equal the sum of the shots, 5 (got 6)",
  ),
  refused(
    "kling-3-shots-sound",
    ["kling-3.0/pro", { ...SHOTS, sound: false }],
    "sound must be true when multi_shots is true",
  ),
  refused(
    "kling-3-shots-image",
    ["kling-3.0/pro", { ...SHOTS, image_urls: many(PICTURE, 2) }],
    "image_urls must have at most 1 item when multi_shots is true",
  ),
  refused(
    "kling-3-elements-image",
    [
      "kling-3.0/pro",
      {
        prompt: "@cat sleeps",
        duration: 5,
        kling_elements: [{ name: "cat", element_input_urls: many(PICTURE, 2) }],
      },
    ],
    "image_urls is required when kling_elements is given",
  ),
  refused(
    "kling-3-element-media",
    ["kling-3.0/pro", { ...SINGLE, kling_elements: [{ name: "cat" }] }],
    "kling_elements[0] must have one of: element_input_urls, element_input_video_urls",
  ),
  refused(
    "kling-3-element-media",
    [
      "kling-3.0/standard",
      {
        ...SINGLE,
        kling_elements: [
          { name: "cat", element_input_video_urls: [CLIP] },
          {
            name: "dog",
            element_input_urls: many(PICTURE, 2),
            element_input_video_urls: [CLIP],
          },
        ],
      },
    ],
    "kling_elements[1] must have one of: element_input_urls, element_input_video_urls",
  ),
  refused(
    "kling-2.6-ratio",
    ["kling-2.6", { prompt: "A fox", sound: true, duration: 5 }],
    "aspect_ratio is required without image_urls; one of: 1:1, 16:9, 9:16",
  ),
  refused(
    "kling-2.6-end-image",
    [
      "kling-2.6",
      {
        prompt: "A fox",
        sound: false,
        duration: 5,
        aspect_ratio: "1:1",
        end_image_url: PICTURE,
      },
    ],
    "end_image_url requires image_urls",
  ),
  refused(
    "kling-2.6-end-image-sound",
    [
      "kling-2.6",
      {
        prompt: "A fox",
        sound: true,
        duration: 5,
        image_urls: [PICTURE],
        end_image_url: PICTURE,
      },
    ],
    "sound must be false when end_image_url is given",
  ),
  refused(
    "kling-1.6-elements",
    [
      "kling-1.6/standard",
      { prompt: "A fox", duration: 5, image_urls: [PICTURE], start_image_url: PICTURE },
    ],
    "image_urls cannot be combined with start_image_url; give one of them",
  ),
  refused(
    "kling-1.6-elements",
    ["kling-1.6/pro", { prompt: "A fox", duration: 5, image_urls: [PICTURE], cfg_scale: 0 }],
    "image_urls cannot be combined with cfg_scale; give one of them",
  ),
  refused(
    "kling-1.6-standard-ratio",
    [
      "kling-1.6/standard",
      { prompt: "A fox", duration: 5, start_image_url: PICTURE, aspect_ratio: "1:1" },
    ],
    "aspect_ratio is not supported with start_image_url for kling-1.6/standard",
  ),
  refused(
    "kling-1.6-end-image",
    ["kling-1.6/pro", { prompt: "A fox", duration: 5, end_image_url: PICTURE }],
    "end_image_url requires start_image_url",
  ),
  refused(
    "grok-frame-or-references",
    [
      "grok-imagine-video-1.5",
      { prompt: "A fox", image_urls: [PICTURE], reference_image_urls: [PICTURE] },
    ],
    "image_urls cannot be combined with reference_image_urls; give one of them",
  ),
  refused(
    "grok-frame-or-ratio",
    ["grok-imagine-video-1.5", { prompt: "A", image_urls: [PICTURE], aspect_ratio: "1:1" }],
    "aspect_ratio cannot be combined with image_urls; give one of them",
  ),
  refused(
    "grok-reference-resolution",
    [
      "grok-imagine-video-1.5",
      { prompt: "A fox", reference_image_urls: [PICTURE], resolution: "1080p" },
    ],
    "resolution 1080p is not supported with reference_image_urls; use 480p or 720p",
  ),
  refused("happy-horse-prompt", ["happy-horse", {}], "prompt is required for text-to-video"),
  refused(
    "happy-horse-prompt",
    ["happy-horse", { video_url: CLIP }],
    "prompt is required for video-edit",
  ),
  refused(
    "happy-horse-frame",
    ["happy-horse", { prompt: "A fox", image_urls: [PICTURE], video_url: CLIP }],
    "image_urls cannot be combined with video_url; give one of them",
  ),
  refused(
    "happy-horse-edit-references",
    ["happy-horse", { prompt: "A", video_url: CLIP, reference_image_urls: many(PICTURE, 6) }],
    "reference_image_urls must have at most 5 items with video_url (got 6)",
  ),
  refused(
    "hailuo-02-end-image",
    ["hailuo-02", { prompt: "A fox", end_image_url: PICTURE }],
    "end_image_url requires image_urls",
  ),
  refused(
    "hailuo-2.3-1080p",
    ["hailuo-2.3", { prompt: "A fox", resolution: "1080p", duration: 10 }],
    "resolution 1080p is supported with duration 6 only; use 768p",
  ),
  refused(
    "reference-total",
    [
      "seedance-2.0/reference-to-video",
      {
        prompt: "A fox",
        duration: 5,
        resolution: "480p",
        reference_image_urls: many(PICTURE, 9),
        reference_video_urls: many(CLIP, 3),
        reference_audio_urls: [SOUND],
      },
    ],
    "reference_image_urls, reference_video_urls and reference_audio_urls must have at most " +
      "12 items together (got 13)",
  ),
  refused(
    "seedance-2-frames-or-references",
    [
      "seedance-2",
      {
        prompt: "A fox",
        duration: 5,
        resolution: "480p",
        image_urls: [PICTURE],
        reference_video_urls: [CLIP],
      },
    ],
    "image_urls cannot be combined with reference_video_urls; give one of them",
  ),
  refused(
    "seedance-2-audio-alone",
    [
      "seedance-2-fast",
      { prompt: "A fox", duration: 5, resolution: "480p", reference_audio_urls: [SOUND] },
    ],
    "reference_audio_urls requires reference_image_urls or reference_video_urls",
  ),
];
