import type { JsonObject } from "../../lib/json.ts";
import { isGiven } from "../reading.ts";

/**
 * Fills `aspect_ratio` when no first frame decides it: with `image_urls` the video has the shape
 * of the picture.
 */
export function ratioWithoutImage(ratio: string): (input: JsonObject) => JsonObject {
  return (input) => (isGiven(input, "image_urls") ? input : { aspect_ratio: ratio, ...input });
}
