import { between, chanceOf, hashText, pick } from "../chance.ts";
import type { Style } from "../data/style.ts";
import { STYLES, styleNamed } from "../data/styles.ts";
import { INSTRUMENT_WORDS, MOODS, REMOVALS, SCENES } from "../data/words.ts";
import type { Singer } from "../score.ts";
import type { LyricSection } from "../text/lyrics.ts";
import { type Mode, readKey } from "../theory.ts";

/** What is to be composed, read from the customer's words. */
export interface Brief {
  readonly seed: number;
  readonly title: string;
  readonly tags: string;
  readonly prompt: string;
  readonly style: Style;
  readonly bpm: number;
  readonly key: number;
  readonly mode: Mode;
  readonly barBeats: number;
  /** Wanted length in seconds, or `null` when the words and the form decide. */
  readonly durationS: number | null;
  /** Added to the energy of each section. */
  readonly energy: number;
  /** Stems and instruments that must not be heard. */
  readonly removed: ReadonlySet<string>;
  /** An instrument that the text asks for by name, or `null`. */
  readonly solo: string | null;
  readonly weirdness: number;
  readonly singer: Singer | null;
  readonly lyrics: readonly LyricSection[];
  /** Whether we wrote the lyrics, so that lines may be left out of a short song. */
  readonly lyricsMayShrink: boolean;
}

/** The words of a request, as far as music is concerned. */
export interface Wish {
  readonly seed: number;
  readonly title: string;
  /** Text that describes style; for simple requests the idea itself. */
  readonly style: string;
  readonly prompt: string;
  readonly negative: string;
  readonly styleWeight: number | null;
  readonly weirdness: number | null;
  readonly singer: Singer | null;
  readonly lyrics: readonly LyricSection[];
  /** Whether the prompt describes music (an idea) or is the lyrics themselves. */
  readonly promptIsLyrics: boolean;
}

/** Reads a wish: style, tempo, key, metre, length, moods, instruments. Pure. */
export function readBrief(wish: Wish): Brief {
  const described = wish.promptIsLyrics ? "" : wish.prompt;
  const text = `${wish.style} ${described}`.normalize("NFKC");
  const plain = ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{N}&/#-]+/gu, " ")} `;
  const chance = chanceOf(wish.seed, "brief");
  const style = chooseStyle({ plain, title: wish.title, negative: wish.negative.toLowerCase() });
  const mood = moodOf(plain);
  const asked = readKey(text);
  const barBeats = readMetre(plain) ?? style.barBeats;
  const drawnKey = between(chance, 0, 11);
  const drawnMode = chooseMode(style, mood.dark, chance());
  return {
    seed: wish.seed,
    title: wish.title,
    tags: tagsOf(wish, style, mood.found),
    prompt: wish.prompt,
    style,
    bpm:
      readTempo(plain) ??
      drawTempo({ style, mood: mood.tempo, weight: wish.styleWeight, chance: chance() }),
    key: asked?.key ?? drawnKey,
    mode: asked?.mode ?? drawnMode,
    barBeats,
    durationS: readDuration(plain),
    energy: mood.energy,
    removed: removalsOf(wish.negative, plain),
    solo: soloOf(plain),
    weirdness: Math.min(1, Math.max(0, wish.weirdness ?? 0.15)),
    singer: wish.singer,
    lyrics: wish.lyrics,
    lyricsMayShrink: !wish.promptIsLyrics,
  };
}

function chooseStyle(words: {
  readonly plain: string;
  readonly title: string;
  readonly negative: string;
}): Style {
  let best: Style | null = null;
  let bestScore = 0;
  for (const style of STYLES) {
    const refused = style.words.some((word) => words.negative.includes(word) && word !== "calm");
    const score = refused ? 0 : scoreStyle(style, words.plain);
    if (score > bestScore) {
      best = style;
      bestScore = score;
    }
  }
  if (best !== null) return best;
  const near = `${words.plain} ${words.title.toLowerCase()}`;
  const scene = SCENES.find((row) => row.words.some((word) => hasWord(near, word)));
  if (scene !== undefined && !words.negative.includes(scene.style)) return styleNamed(scene.style);
  const open = STYLES.filter((style) => !words.negative.includes(style.id));
  return pick(chanceOf(hashText(near), "style"), open.length > 0 ? open : STYLES);
}

/** Earlier words count more: "jazz with a pop touch" is jazz. */
function scoreStyle(style: Style, plain: string): number {
  let score = 0;
  for (const [order, word] of style.words.entries()) {
    const at = plain.indexOf(` ${word}`);
    if (at < 0) continue;
    const own = word === style.id || style.id.includes(word) ? 2 : order < 4 ? 1.2 : 0.7;
    score = Math.max(score, own * (1 + word.length / 40) * (1 / (1 + at / 160)));
  }
  return score;
}

function hasWord(text: string, word: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "u").test(text);
}

interface Mood {
  readonly tempo: number;
  readonly dark: number;
  readonly energy: number;
  readonly found: readonly string[];
}

function moodOf(plain: string): Mood {
  const found: string[] = [];
  let [tempo, dark, energy] = [1, 0, 0];
  for (const mood of MOODS) {
    const word = mood.words.find((candidate) => hasWord(plain, candidate));
    if (word === undefined) continue;
    found.push(word);
    tempo *= mood.tempo;
    dark += mood.dark;
    energy += mood.energy;
  }
  return { tempo: Math.min(1.3, Math.max(0.7, tempo)), dark, energy, found };
}

function chooseMode(style: Style, dark: number, draw: number): Mode {
  const dim = (mode: Mode) => mode === "minor" || mode === "phrygian" || mode === "dorian";
  const wanted = style.modes.filter((mode) =>
    dark > 0.5 ? dim(mode) : dark < -0.5 ? !dim(mode) : true,
  );
  const modes = wanted.length > 0 ? wanted : style.modes;
  if (wanted.length === 0 && dark > 0.5) return "minor";
  return modes[Math.floor(draw * modes.length)] ?? "major";
}

/** "92 bpm", "tempo 92"; between 40 and 240. `null` when no tempo is asked for. */
export function readTempo(plain: string): number | null {
  const found = /(\d{2,3})\s*-?bpm/.exec(plain) ?? /tempo (?:of )?(\d{2,3})/.exec(plain);
  const bpm = Number(found?.[1]);
  return bpm >= 40 && bpm <= 240 ? bpm : null;
}

function drawTempo(draw: {
  readonly style: Style;
  readonly mood: number;
  readonly weight: number | null;
  readonly chance: number;
}): number {
  const [low, high] = draw.style.bpm;
  const own = low + (high - low) * draw.chance;
  const pull = 0.3 + 0.7 * Math.min(1, Math.max(0, draw.weight ?? 1));
  return Math.round((108 + (own - 108) * pull) * draw.mood);
}

function readMetre(plain: string): number | null {
  const found = /(?<!\d)([2-7])\/([48])(?!\d)/.exec(plain);
  if (found === null) return hasWord(plain, "waltz") ? 3 : null;
  const beats = (Number(found[1]) * 4) / Number(found[2]);
  return beats >= 2 && beats <= 7 ? beats : null;
}

/** "30 seconds", "2 minutes", "1:30"; 8 to 480 seconds. `null` when no length is asked for. */
export function readDuration(plain: string): number | null {
  const clock = /(?<![\d/])(\d):([0-5]\d)(?!\d)/.exec(plain);
  const found = /(\d+(?:\.\d+)?)\s*-?(seconds?|secs?|minutes?|mins?)(?![\p{L}])/u.exec(plain);
  const unit = found?.[2] ?? "";
  const said =
    clock === null
      ? Number(found?.[1]) * (unit.startsWith("m") ? 60 : 1)
      : Number(clock[1]) * 60 + Number(clock[2]);
  return Number.isFinite(said) && said > 0 ? Math.min(480, Math.max(8, said)) : null;
}

function removalsOf(negative: string, plain: string): ReadonlySet<string> {
  const removed = new Set<string>();
  const unwanted = negative.toLowerCase().match(/[\p{L}&-]+/gu) ?? [];
  const said = [...plain.matchAll(/ (?:no|without) ([\p{L}-]+)/gu)].map((found) => found[1] ?? "");
  for (const word of [...unwanted, ...said]) {
    for (const name of REMOVALS[word] ?? []) removed.add(name);
  }
  return removed;
}

function soloOf(plain: string): string | null {
  for (const [word, instrument] of Object.entries(INSTRUMENT_WORDS)) {
    if (!hasWord(plain, word)) continue;
    if (new RegExp(`(?:no|without) ${word}`).test(plain)) continue;
    return instrument;
  }
  return null;
}

function tagsOf(wish: Wish, style: Style, moods: readonly string[]): string {
  if (wish.style.trim() !== "" && wish.style !== wish.prompt) return wish.style.trim();
  return [style.id, ...moods].join(", ");
}
