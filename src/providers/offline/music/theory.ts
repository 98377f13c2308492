/** Steps of each mode in semitones above its tonic. */
export const MODES = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
  phrygian: [0, 1, 3, 5, 7, 8, 10],
} as const;

/** A key of {@link MODES}. */
export type Mode = keyof typeof MODES;

/** A chord without a place on the keyboard: pitch class of its root and what stands on it. */
export interface Harmony {
  /** 0 is C, 11 is B. */
  readonly root: number;
  /** Semitones above the root, ascending from 0. */
  readonly tones: readonly number[];
}

/** Tells whether a word names a mode of ours. */
export function isMode(word: string): word is Mode {
  return Object.hasOwn(MODES, word);
}

/** Pitch classes of a key, ascending from the tonic. */
export function scaleOf(key: number, mode: Mode): readonly number[] {
  return MODES[mode].map((step) => (key + step) % 12);
}

/** The remainder that is never negative: `wrap(-1, 12)` is 11. */
export function wrap(value: number, size: number): number {
  return ((value % size) + size) % size;
}

/** Hertz of a MIDI note, A4 (69) = 440. */
export function hertz(midi: number): number {
  return 440 * 2 ** ((midi - 69) / 12);
}

const NUMERALS = ["I", "II", "III", "IV", "V", "VI", "VII"];
const QUALITIES: Readonly<Record<string, readonly number[]>> = {
  "": [0, 4, 7],
  m: [0, 3, 7],
  "7": [0, 4, 7, 10],
  m7: [0, 3, 7, 10],
  maj7: [0, 4, 7, 11],
  "6": [0, 4, 7, 9],
  m6: [0, 3, 7, 9],
  "9": [0, 4, 7, 10, 14],
  m9: [0, 3, 7, 10, 14],
  maj9: [0, 4, 7, 11, 14],
  add9: [0, 4, 7, 14],
  sus4: [0, 5, 7],
  sus2: [0, 2, 7],
  dim: [0, 3, 6],
  m7b5: [0, 3, 6, 10],
  "5": [0, 7, 12],
};

/**
 * Reads a degree such as `vi`, `bVII`, `ii7`, `IVmaj7` or `V/V` in a key. A plain numeral means
 * the mode's own step (so `VI` in minor is the flat sixth), one with a sign the major scale's.
 */
export function harmonyOf(degree: string, key: number, mode: Mode): Harmony {
  const [symbol = degree, over] = degree.split("/");
  if (over !== undefined) {
    const target = harmonyOf(over, key, mode);
    return harmonyOf(symbol, target.root, "major");
  }
  const found = /^([b#]?)([ivIV]+)(.*)$/.exec(symbol);
  const sign = found?.[1] ?? "";
  const numeral = found?.[2] ?? "I";
  const suffix = found?.[3] ?? "";
  const index = Math.max(0, NUMERALS.indexOf(numeral.toUpperCase()));
  const step = sign === "" ? MODES[mode][index] : MODES.major[index];
  const shift = sign === "b" ? -1 : sign === "#" ? 1 : 0;
  const minor = numeral === numeral.toLowerCase();
  return {
    root: wrap(key + (step ?? 0) + shift, 12),
    tones: QUALITIES[qualityName(suffix, minor)] ?? (minor ? [0, 3, 7] : [0, 4, 7]),
  };
}

function qualityName(suffix: string, minor: boolean): string {
  if (!minor || suffix === "dim" || suffix.startsWith("m")) return suffix;
  return `m${suffix}`;
}

const LETTERS: Readonly<Record<string, number>> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 };
const NAMES = ["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

/** The name of a pitch class: `C`, `Eb`, `F#`. */
export function keyName(key: number): string {
  return NAMES[wrap(key, 12)] ?? "C";
}

/** A key as a text asks for it. */
export interface AskedKey {
  readonly key: number;
  readonly mode: Mode;
}

/** Finds "in D minor", "F# dorian", "key of C" in a text; `null` when there is none. */
export function readKey(text: string): AskedKey | null {
  const pattern =
    /(?:\b(in|key of)\s+)?\b([A-Ga-g])(?:\s?(#|♯|♭|sharp|flat)|(b))?(?:\s|-)?(major|minor|maj|min|m|dorian|mixolydian|lydian|phrygian)?\b/g;
  for (const found of text.matchAll(pattern)) {
    const [, lead, letter = "C", sharp, flat, mode] = found;
    const shouted = letter === letter.toUpperCase();
    if (lead === undefined && !(shouted && mode !== undefined && mode.length > 1)) continue;
    if (mode === undefined && !(lead === "key of" && shouted)) continue;
    const sign = sharp === "#" || sharp === "♯" || sharp === "sharp" ? 1 : 0;
    const lowered = flat === "b" || sharp === "♭" || sharp === "flat" ? -1 : 0;
    return {
      key: wrap((LETTERS[letter.toLowerCase()] ?? 0) + sign + lowered, 12),
      mode: modeNamed(mode),
    };
  }
  return null;
}

function modeNamed(word: string | undefined): Mode {
  if (word === "min" || word === "m") return "minor";
  return word !== undefined && isMode(word) ? word : "major";
}
