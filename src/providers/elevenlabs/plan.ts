import type { JsonObject } from "../../lib/json.ts";
import type { SongWish } from "../songs.ts";

/** Limits of one chunk of a plan. */
const LINES_MAX = 30;
const LINE_LENGTH_MAX = 200;
const CHUNK_MS = { min: 3_000, max: 120_000 } as const;
/** Time for a heading's music without words, and for each sung line. */
const INTRO_MS = 8_000;
const LINE_MS = 4_000;
const SONG_MS_MAX = 600_000;
const STYLES_MAX = 20;

/** One part of a song. */
interface Part {
  /** `Verse 1`, or `null`. */
  readonly heading: string | null;
  readonly lines: readonly string[];
}

/**
 * Turns lyrics into a composition plan, which keeps them to the letter; `null` when they are too
 * long for one song. Parts are told by `[Headings]`, else by empty lines.
 */
export function planSong(wish: SongWish): JsonObject | null {
  const parts = partsOf(wish.lyrics).flatMap(withinLimits);
  const durations = parts.map(({ lines }) => durationOf(lines.length));
  if (durations.reduce((sum, each) => sum + each, 0) > SONG_MS_MAX) return null;
  const voice = wish.voice === null ? [] : [`${wish.voice} vocals`];
  const positive = [...stylesOf(wish.style), ...voice];
  const negative = stylesOf(wish.negative);
  return {
    chunks: parts.map(({ heading, lines }, position) => ({
      text: [...(heading === null ? [] : [`[${heading}]`]), ...lines].join("\n"),
      duration_ms: durations[position] ?? CHUNK_MS.min,
      positive_styles: positive,
      ...(negative.length === 0 ? {} : { negative_styles: negative }),
    })),
  };
}

function partsOf(lyrics: string): readonly Part[] {
  const parts: { heading: string | null; lines: string[] }[] = [];
  let isFresh = true;
  for (const raw of lyrics.split(/\r?\n/)) {
    const line = raw.trim();
    const heading = /^\[([^\]]{1,60})\]$/.exec(line)?.[1] ?? null;
    if (heading !== null) parts.push({ heading, lines: [] });
    else if (line !== "" && isFresh && (parts.at(-1)?.lines.length ?? 1) > 0) {
      parts.push({ heading: null, lines: [line] });
    } else if (line !== "") parts.at(-1)?.lines.push(line);
    isFresh = line === "";
  }
  return parts;
}

/** Breaks long lines at words, and long parts into several. */
function withinLimits({ heading, lines }: Part): readonly Part[] {
  const short = lines.flatMap(brokenAtWords);
  const count = Math.max(1, Math.ceil(short.length / LINES_MAX));
  return Array.from({ length: count }, (_, index) => ({
    heading: index === 0 ? heading : null,
    lines: short.slice(index * LINES_MAX, (index + 1) * LINES_MAX),
  }));
}

function brokenAtWords(line: string): readonly string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > LINE_LENGTH_MAX) {
    const space = rest.lastIndexOf(" ", LINE_LENGTH_MAX);
    const end = space > 0 ? space : LINE_LENGTH_MAX;
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...pieces, rest];
}

function durationOf(lines: number): number {
  const wanted = lines === 0 ? INTRO_MS : lines * LINE_MS;
  return Math.min(Math.max(wanted, CHUNK_MS.min), CHUNK_MS.max);
}

function stylesOf(text: string): readonly string[] {
  const words = text.split(/[,;\n]/).map((word) => word.trim());
  return words.filter((word) => word !== "").slice(0, STYLES_MAX);
}
