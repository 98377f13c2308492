import { isJsonObject, type JsonObject } from "../lib/json.ts";
import { numberAt, textAt } from "./reading.ts";

/** Width and height in pixels for a ratio, by resolution tier; all sides are multiples of 16. */
const PIXELS: Readonly<Record<"1K" | "2K" | "4K", Readonly<Record<string, string>>>> = {
  "1K": {
    "1:1": "1024x1024",
    "3:2": "1536x1024",
    "2:3": "1024x1536",
    "4:3": "1408x1056",
    "3:4": "1056x1408",
    "5:4": "1280x1024",
    "4:5": "1024x1280",
    "16:9": "1536x864",
    "9:16": "864x1536",
    "21:9": "1680x720",
  },
  "2K": {
    "1:1": "2048x2048",
    "3:2": "2400x1600",
    "2:3": "1600x2400",
    "4:3": "2304x1728",
    "3:4": "1728x2304",
    "5:4": "2240x1792",
    "4:5": "1792x2240",
    "16:9": "2560x1440",
    "9:16": "1440x2560",
    "21:9": "2688x1152",
  },
  "4K": { "16:9": "3840x2160", "9:16": "2160x3840", "21:9": "3840x1648" },
};

/**
 * The pixels for a ratio at a tier, as `1536x1024`, or `null` when there are none. A ratio that
 * does not exist at 4K is made at 2K, as the catalogue says and prices it.
 */
export function pixelsFor(ratio: string, tier: string): string | null {
  const wanted = tier === "4K" || tier === "2K" ? tier : "1K";
  return PIXELS[wanted][ratio] ?? (wanted === "4K" ? (PIXELS["2K"][ratio] ?? null) : null);
}

/** What an input calls its size or ratio, pixels as `2048x1024` however written; else `null`. */
export function sizeOrRatio(input: JsonObject): string | null {
  const { size } = input;
  if (isJsonObject(size)) return `${numberAt(size, "width")}x${numberAt(size, "height")}`;
  const text = textAt(input, "size") ?? textAt(input, "aspect_ratio");
  return text?.replace(/^(\d+)X(\d+)$/, "$1x$2") ?? null;
}
