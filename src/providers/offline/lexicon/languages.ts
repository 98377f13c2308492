import { CHINESE } from "./chinese.ts";
import { FRENCH, FRENCH_SMALL } from "./french.ts";
import { GERMAN, GERMAN_SMALL } from "./german.ts";
import { SPANISH, SPANISH_SMALL } from "./spanish.ts";

/** A language beside English: other words for the same entries. */
export interface Language {
  readonly id: "de" | "es" | "fr" | "zh";
  /** `id: words` for each entry that has words in this language. */
  readonly table: string;
  /** Words that mean nothing to a picture, by which the language is known. */
  readonly small: ReadonlySet<string>;
  readonly negators: ReadonlySet<string>;
  /** Endings of plurals. */
  readonly plurals: RegExp;
  /** Whether a colour stands after its noun. */
  readonly colourFollows: boolean;
}

/** All languages beside English. */
export const LANGUAGES: readonly Language[] = [
  {
    id: "de",
    table: GERMAN,
    small: wordsOf(GERMAN_SMALL),
    negators: wordsOf("ohne kein keine keinen keiner keinem nicht weder"),
    plurals: /(?:en|er|e|n|s)$/,
    colourFollows: false,
  },
  {
    id: "es",
    table: SPANISH,
    small: wordsOf(SPANISH_SMALL),
    negators: wordsOf("sin no ni ningún ninguna"),
    plurals: /s$/,
    colourFollows: true,
  },
  {
    id: "fr",
    table: FRENCH,
    small: wordsOf(FRENCH_SMALL),
    negators: wordsOf("sans pas ni aucun aucune"),
    plurals: /[sx]$/,
    colourFollows: true,
  },
  {
    id: "zh",
    table: CHINESE,
    small: new Set(),
    negators: wordsOf("没有 无 不要"),
    plurals: /们$/,
    colourFollows: false,
  },
];

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}
