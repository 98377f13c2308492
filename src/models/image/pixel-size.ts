import { isJsonObject, type Json } from "../../lib/json.ts";

/** A picture's size in pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Reads `2304x1536` or `{width, height}`; `null` for a ratio, a preset or anything else. */
export function pixelSize(size: Json | undefined): PixelSize | null {
  if (isJsonObject(size)) return sized(Number(size.width), Number(size.height));
  const match = typeof size === "string" ? /^(\d+)[xX](\d+)$/.exec(size) : null;
  return match === null ? null : sized(Number(match[1]), Number(match[2]));
}

function sized(width: number, height: number): PixelSize | null {
  return width > 0 && height > 0 ? { width, height } : null;
}
