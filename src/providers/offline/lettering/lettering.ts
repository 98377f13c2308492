import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { GlobalFonts, type SKRSContext2D } from "@napi-rs/canvas";
import { type Coverage, readCoverage } from "./coverage.ts";

/** Faces that text can be set in. */
export type Face = "serif" | "poster";

/** A text as a pen can set it. */
export interface Lettering {
  /** The text without signs that no font has. */
  readonly text: string;
  /** For `pen.font`, behind the size: families that have all letters between them. */
  readonly families: string;
  /** Whether signs were left out. */
  readonly cut: boolean;
}

/**
 * Finds shipped fonts for a text and makes them known to the canvas; the machine's own fonts are
 * never asked, so equal texts give equal pictures. `null` when a letter is in none of them.
 */
export function letter(text: string, face: Face): Lettering | null {
  const composed = text.normalize("NFC");
  const needed = [...new Set(composed)].filter((sign) => !SILENT.test(sign));
  const fonts: string[] = [];
  let missing = needed;
  for (const file of [...FACES[face], ...scriptFonts(needed)]) {
    const left = missing.filter((sign) => !coverageOf(file).has(sign.codePointAt(0) ?? 0));
    if (left.length === missing.length && fonts.length > 0) continue;
    fonts.push(file);
    missing = left;
    if (missing.length === 0) break;
  }
  if (missing.some((sign) => LETTER.test(sign))) return null;
  for (const file of fonts) register(file);
  const lost = new Set(missing);
  const kept = [...composed].filter((sign) => !lost.has(sign)).join("");
  return {
    text: missing.length === 0 ? composed : kept.replace(/\s+/gu, " ").trim(),
    families: fonts.map((file) => `"${familyOf(file)}"`).join(", "),
    cut: missing.length > 0,
  };
}

/** Sets a pen to the largest size, at most `size`, at which a text is no wider than `width`. */
export function fitLetters(
  pen: SKRSContext2D,
  { text, families }: Lettering,
  { size, width }: { readonly size: number; readonly width: number },
): number {
  pen.font = `${size}px ${families}`;
  const fitting = Math.min(size, (size * width) / Math.max(1, pen.measureText(text).width));
  pen.font = `${fitting}px ${families}`;
  return fitting;
}

/** Capitals where a script has them for posters. */
export function capitals(text: string): string {
  if (/\p{Script=Georgian}/u.test(text)) return text;
  // Greek capitals bear no accents.
  return /\p{Script=Greek}/u.test(text) ? text.toLocaleUpperCase("el") : text.toUpperCase();
}

/** What to tell the owner of a task whose words cannot be lettered whole; `null` when they can. */
export function noteOn(title: string | null): string | null {
  const set = title === null || title === "" ? undefined : letter(title, "serif");
  if (set === null) return "The quoted words were left out: no shipped font has all their letters";
  return set?.cut === true ? "Signs that no shipped font has were left out of the words" : null;
}

/** What takes no glyph of its own: blanks, joiners, marks of direction. */
const SILENT = /[\s\p{Default_Ignorable_Code_Point}]/u;
/** What cannot be left out without changing a word. */
const LETTER = /[\p{L}\p{M}\p{N}]/u;

const FACES: Readonly<Record<Face, readonly string[]>> = {
  serif: ["dm-serif-display-latin-400-normal.woff", "dm-serif-display-latin-ext-400-normal.woff2"],
  poster: ["bebas-neue-latin-400-normal.woff", "bebas-neue-latin-ext-400-normal.woff2"],
};

/** Fonts of other scripts, by the script that calls for them. */
const SCRIPTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\p{Script=Cyrillic}/u, ["noto-sans-cyrillic", "noto-sans-cyrillic-ext"]],
  [/\p{Script=Greek}/u, ["noto-sans-greek", "noto-sans-greek-ext"]],
  [/\p{Script=Arabic}/u, ["noto-sans-arabic-arabic"]],
  [/\p{Script=Hebrew}/u, ["noto-sans-hebrew-hebrew"]],
  [/\p{Script=Thai}/u, ["noto-sans-thai-thai"]],
  [/\p{Script=Devanagari}/u, ["noto-sans-devanagari"]],
  [/\p{Script=Bengali}/u, ["noto-sans-bengali-bengali"]],
  [/\p{Script=Tamil}/u, ["noto-sans-tamil-tamil"]],
  [/\p{Script=Georgian}/u, ["noto-sans-georgian-georgian"]],
  [/\p{Script=Armenian}/u, ["noto-sans-armenian-armenian"]],
  [/[\p{Script=Latin}\p{Script=Inherited}]/u, ["noto-sans-vietnamese", "noto-sans-latin-ext"]],
];

const HAN = {
  simplified: "noto-sans-sc-chinese-simplified-700-normal.woff2",
  traditional: "noto-sans-tc-chinese-traditional-700-normal.woff2",
  japanese: "noto-sans-jp-japanese-700-normal.woff2",
  korean: "noto-sans-kr-korean-700-normal.woff2",
} as const;

const EAST =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3001-\u303f\uff01-\uff65]/u;

function scriptFonts(signs: readonly string[]): readonly string[] {
  const fonts = SCRIPTS.filter(([script]) => signs.some((sign) => script.test(sign)));
  const west = fonts.flatMap(([, names]) => names.map((name) => `${name}-700-normal.woff2`));
  return [...west, ...easternFonts(signs.filter((sign) => EAST.test(sign)))];
}

/** One font for a whole text where there is one: Han signs look different from land to land. */
function easternFonts(signs: readonly string[]): readonly string[] {
  if (signs.length === 0) return [];
  const { simplified, traditional, japanese, korean } = HAN;
  const has = (script: RegExp): boolean => signs.some((sign) => script.test(sign));
  const kana = has(/[\p{Script=Hiragana}\p{Script=Katakana}]/u);
  const first = kana ? [japanese] : has(/\p{Script=Hangul}/u) ? [korean] : [];
  const order = [...new Set([...first, simplified, traditional, japanese, korean])];
  const whole = order.find((file) =>
    signs.every((sign) => coverageOf(file).has(sign.codePointAt(0) ?? 0)),
  );
  return whole === undefined ? order : [whole];
}

const coverages = new Map<string, Coverage>();

function coverageOf(file: string): Coverage {
  const known = coverages.get(file) ?? readCoverage(readFileSync(pathOf(file)));
  coverages.set(file, known);
  return known;
}

function register(file: string): void {
  const family = familyOf(file);
  if (!GlobalFonts.has(family)) GlobalFonts.registerFromPath(pathOf(file), family);
}

/** Named so that no font of the machine bears the same name. */
function familyOf(file: string): string {
  return `Vidgo ${file.replace(/-\d+-normal\..*$/, "")}`;
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(`../fonts/${file}`, import.meta.url));
}
