/** Centre and level of five formants: hertz and decibels. */
export interface Formants {
  readonly hz: readonly number[];
  readonly db: readonly number[];
}

function shape(hz: readonly number[], db: readonly number[]): Formants {
  return { hz, db };
}

/** Sung vowels of a tenor. */
export const MALE_VOWELS: Readonly<Record<string, Formants>> = {
  a: shape([650, 1080, 2650, 2900, 3250], [0, -6, -7, -8, -22]),
  A: shape([660, 1500, 2500, 2900, 3300], [0, -8, -10, -12, -24]),
  e: shape([440, 1700, 2600, 3200, 3580], [0, -12, -12, -14, -20]),
  i: shape([290, 1870, 2800, 3250, 3540], [0, -14, -16, -18, -28]),
  I: shape([370, 1720, 2500, 3200, 3500], [0, -13, -14, -16, -26]),
  o: shape([430, 820, 2600, 2800, 3000], [0, -9, -12, -12, -26]),
  u: shape([350, 640, 2700, 2900, 3300], [0, -16, -17, -14, -26]),
  "@": shape([500, 1300, 2450, 2900, 3400], [0, -8, -12, -14, -24]),
  "3": shape([470, 1250, 1750, 2900, 3400], [0, -8, -10, -16, -26]),
};

/** Sung vowels of a soprano, a little lower than the published ones, for pop rather than opera. */
export const FEMALE_VOWELS: Readonly<Record<string, Formants>> = {
  a: shape([800, 1200, 2900, 3900, 4950], [0, -6, -20, -20, -40]),
  A: shape([800, 1720, 2850, 3900, 4950], [0, -9, -18, -22, -42]),
  e: shape([480, 2000, 2850, 3700, 4950], [0, -14, -15, -26, -46]),
  i: shape([310, 2200, 2950, 3900, 4950], [0, -12, -18, -24, -42]),
  I: shape([420, 2020, 2900, 3900, 4950], [0, -13, -17, -24, -42]),
  o: shape([460, 850, 2830, 3800, 4950], [0, -10, -20, -22, -46]),
  u: shape([370, 740, 2700, 3800, 4950], [0, -14, -28, -34, -54]),
  "@": shape([580, 1500, 2700, 3800, 4950], [0, -9, -18, -24, -44]),
  "3": shape([540, 1450, 2000, 3700, 4950], [0, -9, -14, -26, -46]),
};

/** Vowels that glide: from one target to another. */
export const DIPHTHONGS: Readonly<Record<string, readonly [string, string]>> = {
  ai: ["a", "I"],
  ei: ["e", "I"],
  oi: ["o", "I"],
  au: ["a", "u"],
  ou: ["o", "u"],
};

/** How a consonant is made. Times are seconds, levels 0 to 1. */
export interface Consonant {
  /** Silence or hum before the burst. */
  readonly gapS: number;
  /** The audible part. */
  readonly soundS: number;
  /** Hum of the voice while it lasts. */
  readonly voice: number;
  /** Noise of the breath: level, centre in hertz, and width (0.5 broad, 3 narrow). */
  readonly noise: number;
  readonly noiseHz: number;
  readonly noiseQ: number;
  /** Formants that a voiced one passes through, or `null`. */
  readonly locus: readonly number[] | null;
}

function consonant(
  times: readonly [number, number],
  voice: number,
  rest: { noise?: readonly [number, number, number]; locus?: readonly number[] },
): Consonant {
  const [noise, noiseHz, noiseQ] = rest.noise ?? [0, 4000, 1];
  const [gapS, soundS] = times;
  return { gapS, soundS, voice, noise, noiseHz, noiseQ, locus: rest.locus ?? null };
}

/** The consonants of the phoneme alphabet. */
export const CONSONANTS: Readonly<Record<string, Consonant>> = {
  p: consonant([0.045, 0.012], 0, { noise: [0.5, 900, 0.8] }),
  b: consonant([0.035, 0.008], 0.12, { noise: [0.25, 800, 0.8] }),
  t: consonant([0.045, 0.016], 0, { noise: [0.55, 4200, 0.9] }),
  d: consonant([0.03, 0.008], 0.12, { noise: [0.3, 3600, 0.9] }),
  k: consonant([0.045, 0.02], 0, { noise: [0.55, 1900, 1.2] }),
  g: consonant([0.03, 0.01], 0.12, { noise: [0.3, 1700, 1.2] }),
  f: consonant([0, 0.085], 0, { noise: [0.2, 6500, 0.5] }),
  v: consonant([0, 0.06], 0.4, { noise: [0.1, 6000, 0.5], locus: [300, 1100, 2300, 3200, 3900] }),
  th: consonant([0, 0.08], 0, { noise: [0.16, 6000, 0.5] }),
  dh: consonant([0, 0.045], 0.4, {
    noise: [0.07, 5500, 0.5],
    locus: [300, 1400, 2500, 3200, 3900],
  }),
  s: consonant([0, 0.1], 0, { noise: [0.42, 7000, 1.6] }),
  z: consonant([0, 0.075], 0.35, {
    noise: [0.26, 6800, 1.6],
    locus: [290, 1500, 2500, 3300, 3900],
  }),
  sh: consonant([0, 0.1], 0, { noise: [0.45, 3400, 1.3] }),
  zh: consonant([0, 0.07], 0.35, {
    noise: [0.28, 3200, 1.3],
    locus: [290, 1700, 2400, 3300, 3900],
  }),
  ch: consonant([0.04, 0.075], 0, { noise: [0.5, 3600, 1.2] }),
  j: consonant([0.03, 0.055], 0.2, {
    noise: [0.32, 3300, 1.2],
    locus: [290, 1800, 2500, 3300, 3900],
  }),
  h: consonant([0, 0.06], 0, { noise: [0.16, 1600, 0.5] }),
  m: consonant([0, 0.065], 0.5, { locus: [270, 1000, 2200, 3000, 3600] }),
  n: consonant([0, 0.06], 0.5, { locus: [270, 1500, 2400, 3100, 3700] }),
  ng: consonant([0, 0.07], 0.5, { locus: [270, 1900, 2500, 3100, 3700] }),
  l: consonant([0, 0.055], 0.6, { locus: [350, 1100, 2700, 3300, 3800] }),
  r: consonant([0, 0.055], 0.6, { locus: [400, 1150, 1600, 3000, 3700] }),
  w: consonant([0, 0.055], 0.6, { locus: [300, 620, 2300, 3000, 3700] }),
  y: consonant([0, 0.05], 0.6, { locus: [280, 2150, 2900, 3400, 3900] }),
};
