/** The side of the square in which a ratio is drawn, pixels. */
const SIDE = 24;

/** Width and height in pixels. */
export interface Sides {
  readonly width: number;
  readonly height: number;
}

/** The box of `16:9` or `1280*720` within a square of 24 pixels; `null` for what has no ratio. */
export function boxOf(ratio: string): Sides | null {
  const sides = /^(\d+(?:\.\d+)?)[:x*](\d+(?:\.\d+)?)$/i.exec(ratio);
  const [width, height] = [Number(sides?.[1]), Number(sides?.[2])];
  if (!(width > 0) || !(height > 0)) return null;
  const scale = SIDE / Math.max(width, height);
  return {
    width: Math.max(6, Math.round(width * scale)),
    height: Math.max(6, Math.round(height * scale)),
  };
}

/** The pixels that a value spells, as `1024x768` or as an object; `null` for all else. */
export function pixelsOf(value: unknown): Sides | null {
  if (typeof value === "string") {
    const sides = /^(\d{2,5})[x*](\d{2,5})$/i.exec(value);
    return sides === null ? null : { width: Number(sides[1]), height: Number(sides[2]) };
  }
  if (typeof value !== "object" || value === null) return null;
  if (!("width" in value) || !("height" in value)) return null;
  return { width: Number(value.width), height: Number(value.height) };
}

/** Width by height of what an input asks for, to keep its place; `null` when it does not say. */
export function ratioOfInput(input: Readonly<Record<string, unknown>>): number | null {
  for (const name of ["aspect_ratio", "size"]) {
    const value = input[name];
    const pixels = pixelsOf(value);
    if (pixels !== null) return pixels.width / pixels.height;
    const sides = typeof value === "string" ? /^(\d+):(\d+)$/.exec(value) : null;
    if (sides !== null) return Number(sides[1]) / Number(sides[2]);
  }
  return null;
}
