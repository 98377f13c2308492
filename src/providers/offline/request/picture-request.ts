import type { JsonObject } from "../../../lib/json.ts";
import { exactSize, readPixels, readRatio, type Size } from "./ratio.ts";

/** What a picture job asks for, read from whatever the model's fields are called. */
export interface PictureRequest {
  readonly prompt: string;
  readonly negative: string;
  /** `null` where the first input picture decides. */
  readonly size: Size | null;
  /** Pixels in all, for a size that an input picture decides. */
  readonly area: number;
  readonly count: number;
  readonly format: "png" | "jpeg" | "webp";
}

const K = 1024;
/** gpt-image-2 never goes beyond this many pixels. */
const GPT_AREA_MAX = 8_294_400;
const COUNT_MAX = 15;
/** Larger than any size of the API; keeps one picture within memory. */
const SIDE_MAX = 6144;

/** Reads a checked picture input. */
export function readPictureRequest(model: string, input: JsonObject): PictureRequest {
  const area = readArea(model, input);
  return {
    prompt: text(input.prompt),
    negative: text(input.negative_prompt),
    size: readSize(model, { input, area }),
    area,
    count: readCount(input.n),
    format: readFormat(input.output_format),
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function readCount(value: unknown): number {
  return typeof value === "number" ? Math.min(COUNT_MAX, Math.max(1, Math.floor(value))) : 1;
}

function readFormat(value: unknown): PictureRequest["format"] {
  if (value === "jpg" || value === "jpeg") return "jpeg";
  return value === "webp" ? "webp" : "png";
}

/** Pixels in all: 1K is 1024², 2K four times and 4K sixteen times as much. */
function readArea(model: string, input: JsonObject): number {
  const named = tier(input.size) ?? tier(input.resolution) ?? 1;
  // gpt-image-2 ignores the resolution where the size is left to it.
  const auto = model.startsWith("gpt-image-2") && (input.size ?? "auto") === "auto";
  const area = (auto ? 1 : named) ** 2 * K * K;
  return model.startsWith("gpt-image-2") ? Math.min(GPT_AREA_MAX, area) : area;
}

function tier(value: unknown): number | null {
  const match = /^(0\.5|[1-4])K$/i.exec(text(value));
  return match === null ? null : Number(match[1]);
}

/** Models whose short side is 1024 in every ratio. */
const SHORT_SIDE = /^gpt-(4o-image|image-1\.5)/;

function readSize(
  model: string,
  { input, area }: { readonly input: JsonObject; readonly area: number },
): Size | null {
  const pixels = readPixels(input.size);
  if (pixels !== null) return fit(pixels);
  const ratio = readRatio(input.size) ?? readRatio(input.aspect_ratio);
  if (ratio !== null && SHORT_SIDE.test(model)) {
    const scale = K / Math.min(ratio.width, ratio.height);
    return { width: Math.round(ratio.width * scale), height: Math.round(ratio.height * scale) };
  }
  if (ratio !== null) return exactSize(ratio, area);
  const follows = input.size === "auto" || (input.size === undefined && hasImages(input));
  return follows && hasImages(input) ? null : exactSize({ width: 1, height: 1 }, area);
}

function hasImages(input: JsonObject): boolean {
  const urls = input.image_urls ?? input.image_url;
  return typeof urls === "string" || (Array.isArray(urls) && urls.length > 0);
}

function fit(size: Size): Size {
  const scale = Math.min(1, SIDE_MAX / Math.max(size.width, size.height));
  return {
    width: Math.max(16, Math.round(size.width * scale)),
    height: Math.max(16, Math.round(size.height * scale)),
  };
}
