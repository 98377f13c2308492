import { fileURLToPath } from "node:url";
import { type Canvas, createCanvas, GlobalFonts, type SKRSContext2D } from "@napi-rs/canvas";

export type { Canvas } from "@napi-rs/canvas";

/** What painters draw with. */
export type Pen = SKRSContext2D;

/** A canvas with its pen. */
export interface Sheet {
  readonly canvas: Canvas;
  readonly pen: Pen;
  readonly width: number;
  readonly height: number;
}

/** An empty, transparent canvas; sizes are rounded up to whole pixels. */
export function openSheet(width: number, height: number): Sheet {
  const [wide, high] = [Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height))];
  const canvas = createCanvas(wide, high);
  return { canvas, pen: canvas.getContext("2d"), width: wide, height: high };
}

/** Families that text can be set in; both are shipped. */
export const FONTS = { serif: "Vidgo Serif", poster: "Vidgo Poster" } as const;

const FONT_FILES = {
  [FONTS.serif]: "dm-serif-display-latin-400-normal.woff",
  [FONTS.poster]: "bebas-neue-latin-400-normal.woff",
} as const;

/** Makes the shipped fonts known to the canvas; further calls do nothing. */
export function registerFonts(): void {
  for (const [family, file] of Object.entries(FONT_FILES)) {
    if (GlobalFonts.has(family)) continue;
    GlobalFonts.registerFromPath(
      fileURLToPath(new URL(`../fonts/${file}`, import.meta.url)),
      family,
    );
  }
}
