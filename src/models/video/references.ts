import type { JsonSchema, Rule, Timing } from "../model.ts";
import { strictSchema, urls } from "../pieces.ts";
import { countOf, numberOf } from "../reading.ts";
import { rule } from "../rule.ts";
import { sourcesOf, wholeSeconds } from "../timing.ts";

/** How many files of each kind a video may refer to. */
export interface ReferenceLimits {
  readonly images: number;
  readonly videos: number;
  readonly audios: number;
  /** All together; absent when the kinds alone are limited. */
  readonly total?: number;
}

/** The three lists of references; `min` is 1 where an empty list is refused. */
export function referenceFields(
  limits: ReferenceLimits,
  min: 0 | 1,
): Readonly<Record<string, JsonSchema>> {
  const lower = min === 0 ? {} : { min };
  return {
    reference_image_urls: urls("Pictures to refer to.", { ...lower, max: limits.images }),
    reference_video_urls: urls("Clips to refer to; their seconds are billed.", {
      ...lower,
      max: limits.videos,
    }),
    reference_audio_urls: urls("Sounds to refer to; need a picture or a clip.", {
      max: limits.audios,
    }),
  };
}

const CLIPS = { kind: "film", billed: true } as const;

/** The whole seconds of each clip are paid for like those of the video. */
export const REFERENCE_TIMING: Timing = {
  sources: (input) => sourcesOf(input, "reference_video_urls", CLIPS),
  billedSeconds: (input, lengths) =>
    sourcesOf(input, "reference_video_urls", CLIPS).reduce(
      (sum, { name }) => sum + wholeSeconds(lengths, name),
      numberOf(input, "duration"),
    ),
};

/** What a price list says of {@link REFERENCE_TIMING}. */
export const CLIPS_ARE_BILLED = "the whole seconds of each reference clip are added to duration";

/** A strict schema that asks for at least one picture or clip. */
export function referenceSchema(
  required: readonly string[],
  properties: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  return {
    ...strictSchema(required, properties),
    anyOf: [{ required: ["reference_image_urls"] }, { required: ["reference_video_urls"] }],
  };
}

/** Bounds all references together. */
export function referenceTotalRule(total: number): Rule {
  return rule("reference-total", "reference_image_urls", (input) => {
    const count =
      countOf(input, "reference_image_urls") +
      countOf(input, "reference_video_urls") +
      countOf(input, "reference_audio_urls");
    return count > total
      ? `reference_image_urls, reference_video_urls and reference_audio_urls must have at most ` +
          `${total} items together (got ${count})`
      : null;
  });
}
