import { type Chance, chanceOf, hashText, pick } from "../chance.ts";
import { ENDINGS, HEADS, HOOKS, STOP_WORDS } from "../data/verses.ts";
import type { SectionKind } from "../score.ts";

/** A stretch of lyrics. A section without lines is played, not sung. */
export interface LyricSection {
  readonly kind: SectionKind;
  readonly lines: readonly string[];
}

/** A written song. */
export interface Lyrics {
  readonly title: string;
  readonly sections: readonly LyricSection[];
}

/**
 * Writes lyrics about an idea: its own words in the lines, rhymes in pairs, a chorus that returns.
 * @param size How many sections with words: 2 is a verse and a chorus, 5 a whole song.
 */
export function writeLyrics(idea: string, seed: number, size: number): Lyrics {
  const chance = chanceOf(seed, "lyrics");
  const themes = themesOf(idea);
  const title = titleOf(themes, chance);
  const families = shuffled(ENDINGS, chance);
  const verse = (order: number) =>
    stanza({ themes, chance, endings: families.slice(order * 2, order * 2 + 2) });
  const chorus = chorusOf({ title, themes, chance, endings: families[6] ?? [] });
  const plan: LyricSection[] = [
    { kind: "verse", lines: verse(0) },
    { kind: "chorus", lines: chorus },
    { kind: "verse", lines: verse(1) },
    { kind: "chorus", lines: chorus },
    { kind: "bridge", lines: verse(2).slice(0, 2) },
    { kind: "chorus", lines: chorus },
  ];
  return { title, sections: plan.slice(0, size) };
}

/** The text of lyrics with their section marks, as customers write them. */
export function lyricsText(lyrics: readonly LyricSection[]): string {
  return lyrics
    .map(({ kind, lines }) =>
      [`[${kind.charAt(0).toUpperCase()}${kind.slice(1)}]`, ...lines].join("\n"),
    )
    .join("\n\n");
}

const KINDS: readonly (readonly [RegExp, SectionKind])[] = [
  [/pre.?chorus/i, "prechorus"],
  [/chorus|hook|refrain|refrão|estribillo|refrain/i, "chorus"],
  [/bridge|middle/i, "bridge"],
  [/intro/i, "intro"],
  [/outro|end|coda/i, "outro"],
  [/solo|instrumental|interlude/i, "solo"],
  [/break|drop/i, "break"],
  [/verse|strophe|vers/i, "verse"],
];

/** Reads lyrics with marks such as `[Verse 1]`; without marks, empty lines part sections. */
export function readLyrics(text: string): readonly LyricSection[] {
  const sections: { kind: SectionKind; lines: string[] }[] = [];
  let open: { kind: SectionKind; lines: string[] } | null = null;
  let marked = false;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    const mark = /^[[(]([^\])]{2,40})[\])]:?$/.exec(line);
    const kind =
      mark === null ? undefined : KINDS.find(([pattern]) => pattern.test(mark[1] ?? ""))?.[1];
    if (kind !== undefined) {
      open = { kind, lines: [] };
      sections.push(open);
      marked = true;
    } else if (line === "") {
      if (!marked) open = null;
    } else if (mark === null && /[\p{L}\p{N}]/u.test(line)) {
      if (open === null) {
        open = { kind: sections.length % 2 === 1 ? "chorus" : "verse", lines: [] };
        sections.push(open);
      }
      open.lines.push(line);
    }
  }
  return sections;
}

/** The words of an idea that carry it, longest and rarest first; at most six. */
export function themesOf(idea: string): readonly string[] {
  const words =
    idea
      .toLowerCase()
      .normalize("NFKC")
      .match(/[\p{L}][\p{L}'’-]+/gu) ?? [];
  const kept = [...new Set(words)].filter((word) => !STOP_WORDS.has(word) && word.length > 2);
  return kept.length > 0 ? kept.slice(0, 6) : ["heart", "light"];
}

function titleOf(themes: readonly string[], chance: Chance): string {
  const [first = "light", second] = themes;
  const shapes =
    second === undefined
      ? [`The ${first}`, `Only ${first}`, `${first} Again`]
      : [`${first} and ${second}`, `${second} in the ${first}`, `${first} ${second}`];
  return titleCase(pick(chance, shapes));
}

/** Capital letters as in titles. */
export function titleCase(text: string): string {
  return text
    .replaceAll(
      /(^|\s)(\p{L})/gu,
      (_, space: string, letter: string) => space + letter.toUpperCase(),
    )
    .replaceAll(/\b(And|The|In|Of)\b(?!^)/g, (word, _group: string, at: number) =>
      at === 0 ? word : word.toLowerCase(),
    );
}

interface Stanza {
  readonly themes: readonly string[];
  readonly chance: Chance;
  readonly endings: readonly (readonly string[])[];
}

function stanza({ themes, chance, endings }: Stanza): readonly string[] {
  const lines: string[] = [];
  for (const family of endings) {
    const [one, two] = shuffled(family, chance);
    for (const end of [one, two]) {
      const theme = themes[lines.length % themes.length] ?? "light";
      lines.push(capital(`${fill(pick(chance, HEADS), theme)} ${end ?? ""}`));
    }
  }
  return lines;
}

function chorusOf(song: {
  readonly title: string;
  readonly themes: readonly string[];
  readonly chance: Chance;
  readonly endings: readonly string[];
}): readonly string[] {
  const { chance, themes } = song;
  const hook = song.title.toLowerCase();
  const [one = "", two = ""] = shuffled(song.endings, chance);
  const answer = fill(pick(chance, HOOKS), themes[0] ?? "light");
  return [
    capital(`oh, ${hook}, ${one}`),
    capital(answer),
    capital(`oh, ${hook}, ${two}`),
    capital(fill(pick(chance, HOOKS), themes[1] ?? themes[0] ?? "heart")),
  ];
}

function fill(template: string, theme: string): string {
  return template.replace("*", theme);
}

function capital(line: string): string {
  const text = line.trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function shuffled<T>(items: readonly T[], chance: Chance): readonly T[] {
  return items
    .map((item, index) => ({ item, order: hashText(`${index}:${chance()}`) }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
