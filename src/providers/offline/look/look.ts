import { grade } from "./grade.ts";
import { paintInk } from "./ink.ts";
import { paintLowPoly, paintPixels } from "./mosaic.ts";
import type { Look } from "./options.ts";
import { paintOil } from "./paint.ts";
import { paintBlueprint, paintPoster } from "./print.ts";
import { paintWatercolour } from "./watercolour.ts";

/** Looks by the name that the lexicon gives them. */
export const LOOKS: Readonly<Record<string, Look>> = {
  oil: (target, options) => paintOil(target, { ...options, size: 1, jitter: 11 }),
  impressionist: (target, options) => paintOil(target, { ...options, size: 1.5, jitter: 24 }),
  watercolour: paintWatercolour,
  ink: paintInk,
  lowpoly: (target, options) => paintLowPoly(target, { ...options, cells: 46, lead: false }),
  stained: (target, options) => paintLowPoly(target, { ...options, cells: 30, lead: true }),
  pixel: paintPixels,
  poster: paintPoster,
  pop: (target, options) => {
    grade(target, { saturation: 1.7, contrast: 1.25, tint: null });
    paintPoster(target, { ...options, title: null });
  },
  papercut: paintPoster,
  blueprint: paintBlueprint,
  noir: (target) => grade(target, { saturation: 0, contrast: 1.35, tint: null }),
  sepia: (target) => grade(target, { saturation: 0, contrast: 1.05, tint: [112, 66, 20] }),
  anime: (target) => grade(target, { saturation: 1.3, contrast: 1.06, tint: null }),
  neon: (target) => grade(target, { saturation: 1.25, contrast: 1.1, tint: null }),
  photo: (target) => grade(target, { saturation: 0.94, contrast: 1.08, tint: null }),
};

/** Looks that draw every frame anew would flicker and cost too much in films: these are grades. */
export const FILM_LOOKS: ReadonlySet<string> = new Set([
  "noir",
  "sepia",
  "anime",
  "neon",
  "photo",
  "pixel",
]);
