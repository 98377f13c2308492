import type { Lch, Rgb } from "../paint/colour.ts";

/** The colours of a kind of light, from the top of the sky to the near ground. */
export interface Palette {
  /** Top, .45, .80 and horizon. */
  readonly sky: readonly [Lch, Lch, Lch, Lch];
  readonly sun: Lch;
  readonly far: Lch;
  readonly near: Lch;
  readonly cloudShade: Rgb;
  readonly cloudLit: Rgb;
  /** How dark it is, 0 (day) to 1 (night): lamps, windows and stars follow it. */
  readonly dark: number;
}

/** The names of the kinds of light. */
export type PaletteName =
  | "sunset"
  | "dawn"
  | "noon"
  | "golden"
  | "dusk"
  | "blueHour"
  | "night"
  | "storm"
  | "overcast"
  | "snow"
  | "autumn"
  | "desert"
  | "undersea"
  | "neon"
  | "candle"
  | "space";

/** The kinds of light, as OKLCH. */
export const PALETTES: Readonly<Record<PaletteName, Palette>> = {
  sunset: light(
    ".30 .09 285,.50 .14 335,.70 .16 45,.88 .13 80",
    ".97 .08 90,.70 .10 35,.14 .04 290",
    "92 52 92,255 168 110",
    0.25,
  ),
  dawn: light(
    ".52 .08 270,.70 .08 310,.85 .08 40,.94 .06 85",
    ".99 .04 90,.80 .05 320,.22 .05 265",
    "170 140 180,255 214 196",
    0.1,
  ),
  noon: light(
    ".52 .13 252,.66 .11 245,.82 .06 235,.93 .03 225",
    ".99 .02 95,.78 .05 245,.34 .09 145",
    "176 192 212,255 255 252",
    0,
  ),
  golden: light(
    ".58 .09 245,.74 .07 220,.87 .10 85,.95 .11 80",
    ".99 .07 92,.82 .09 75,.26 .06 70",
    "190 150 120,255 226 170",
    0.05,
  ),
  dusk: light(
    ".36 .10 278,.50 .12 305,.68 .14 20,.84 .12 62",
    ".96 .09 70,.56 .10 330,.17 .05 285",
    "96 66 118,255 158 128",
    0.5,
  ),
  blueHour: light(
    ".22 .09 280,.34 .10 272,.50 .10 262,.68 .09 40",
    ".90 .08 60,.45 .08 265,.11 .04 275",
    "50 56 100,150 150 200",
    0.75,
  ),
  night: light(
    ".13 .05 275,.20 .07 270,.30 .07 260,.38 .06 240",
    ".96 .02 240,.34 .05 260,.07 .02 270",
    "22 28 54,96 112 160",
    1,
  ),
  storm: light(
    ".30 .03 240,.40 .03 225,.55 .03 200,.66 .05 110",
    ".90 .03 100,.52 .03 215,.16 .02 240",
    "46 54 64,150 160 160",
    0.35,
  ),
  overcast: light(
    ".62 .03 245,.70 .025 240,.79 .02 230,.86 .02 200",
    ".96 .01 90,.72 .02 235,.30 .04 150",
    "150 158 168,222 226 230",
    0.05,
  ),
  snow: light(
    ".72 .04 250,.82 .03 245,.91 .02 240,.96 .01 80",
    ".99 .01 90,.86 .02 245,.40 .04 255",
    "190 200 214,255 255 255",
    0,
  ),
  autumn: light(
    ".66 .07 235,.80 .05 220,.92 .05 85,.96 .05 80",
    ".99 .05 90,.74 .09 60,.36 .12 42",
    "200 186 170,255 246 228",
    0,
  ),
  desert: light(
    ".58 .12 240,.74 .08 225,.88 .06 80,.94 .07 70",
    ".99 .04 90,.78 .09 55,.42 .11 42",
    "224 206 190,255 240 220",
    0,
  ),
  undersea: light(
    ".72 .10 205,.52 .10 220,.34 .09 240,.18 .06 255",
    ".96 .05 190,.45 .08 225,.12 .04 250",
    "60 120 150,140 220 220",
    0.3,
  ),
  neon: light(
    ".15 .08 300,.24 .14 310,.38 .18 345,.55 .20 20",
    ".85 .20 350,.40 .17 330,.10 .05 290",
    "60 30 90,220 110 220",
    0.9,
  ),
  candle: light(
    ".13 .02 50,.20 .04 55,.34 .07 62,.46 .08 75",
    ".95 .09 80,.40 .07 60,.10 .02 45",
    "40 30 24,200 160 110",
    0.8,
  ),
  space: light(
    ".07 .03 280,.09 .04 285,.11 .05 300,.13 .05 270",
    ".98 .02 90,.30 .06 280,.06 .02 270",
    "40 30 80,140 120 220",
    1,
  ),
};

function light(...[sky, ground, clouds, dark]: readonly [string, string, string, number]): Palette {
  const skies = sky.split(",").map(readTriple);
  const [sun, far, near] = ground.split(",").map(readTriple);
  const [cloudShade, cloudLit] = clouds.split(",").map(readTriple);
  return {
    sky: [at(skies[0]), at(skies[1]), at(skies[2]), at(skies[3])],
    sun: at(sun),
    far: at(far),
    near: at(near),
    cloudShade: at(cloudShade),
    cloudLit: at(cloudLit),
    dark,
  };
}

function readTriple(text: string): Lch {
  const [first = 0, second = 0, third = 0] = text.trim().split(" ").map(Number);
  return [first, second, third];
}

function at(colour: Lch | undefined): Lch {
  return colour ?? [0.5, 0, 0];
}
