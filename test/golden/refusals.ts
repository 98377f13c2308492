import { IMAGE_REFUSALS } from "./refusals-image.ts";
import { MUSIC_REFUSALS } from "./refusals-music.ts";
import { DOCUMENTED_REFUSALS, SCHEMA_REFUSALS } from "./refusals-schema.ts";
import { VIDEO_REFUSALS } from "./refusals-video.ts";
import type { RefusedRequest } from "./refused-request.ts";

/** Every kind of refusal of the catalogue with its answer; each rule has a row or more. */
export const REFUSALS: readonly RefusedRequest[] = [
  ...DOCUMENTED_REFUSALS,
  ...SCHEMA_REFUSALS,
  ...IMAGE_REFUSALS,
  ...VIDEO_REFUSALS,
  ...MUSIC_REFUSALS,
];
