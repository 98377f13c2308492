import { LANGUAGES, type Language } from "../lexicon/languages.ts";
import { type Entry, type Lexicon, translateLexicon } from "../lexicon/lexicon.ts";

/** A language as a prompt is read in it. */
export interface Tongue {
  readonly id: "en" | Language["id"];
  find(phrase: string): Entry | null;
  isSmall(word: string): boolean;
  isNegator(word: string): boolean;
  /** Whether a word may be a plural by its end. */
  isPlural(word: string): boolean;
  readonly colourFollows: boolean;
}

/** Chooses the language that knows most words of a prompt; English unless another knows more. */
export function chooseTongue(
  words: readonly string[],
  english: Lexicon,
  small: ReadonlySet<string>,
): Tongue {
  const tongues = tonguesOf(english);
  const scoreOf = (knows: (word: string) => boolean): number => words.filter(knows).length;
  const own = scoreOf((word) => small.has(word) || english.find(word) !== null);
  let best: { readonly tongue: Tongue | null; readonly score: number } = {
    tongue: null,
    score: own,
  };
  for (const tongue of tongues) {
    const score = scoreOf((word) => tongue.isSmall(word) || tongue.own(word));
    if (score > best.score) best = { tongue, score };
  }
  return best.tongue ?? englishTongue(english, small);
}

/** Cuts a run of Chinese signs into the longest words that are known. */
export function cutHan(run: string, english: Lexicon): readonly string[] {
  const han = tonguesOf(english).find(({ id }) => id === "zh");
  const words: string[] = [];
  for (let at = 0; at < run.length; ) {
    let length = Math.min(HAN_MAX, run.length - at);
    const knows = (word: string): boolean =>
      han?.own(word) === true || han?.isNegator(word) === true;
    while (length > 1 && !knows(run.slice(at, at + length))) length -= 1;
    words.push(run.slice(at, at + length));
    at += length;
  }
  return words;
}

const HAN_MAX = 5;

interface OwnTongue extends Tongue {
  /** Whether the language's own table knows a word. */
  own(word: string): boolean;
}

const known = new WeakMap<Lexicon, readonly OwnTongue[]>();

function tonguesOf(english: Lexicon): readonly OwnTongue[] {
  const found = known.get(english) ?? LANGUAGES.map((language) => makeTongue(language, english));
  known.set(english, found);
  return found;
}

function makeTongue(language: Language, english: Lexicon): OwnTongue {
  const lexicon = translateLexicon(english, language.table);
  return {
    id: language.id,
    find: (phrase) => lexicon.find(phrase) ?? english.find(phrase),
    own: (word) => lexicon.find(word) !== null,
    isSmall: (word) => language.small.has(word),
    isNegator: (word) => language.negators.has(word),
    isPlural: (word) => language.plurals.test(word),
    colourFollows: language.colourFollows,
  };
}

function englishTongue(english: Lexicon, small: ReadonlySet<string>): Tongue {
  return {
    id: "en",
    find: (phrase) => english.find(phrase),
    isSmall: (word) => small.has(word),
    isNegator: (word) => NEGATORS.has(word),
    isPlural: (word) => word.endsWith("s"),
    colourFollows: false,
  };
}

const NEGATORS = new Set(
  "no not without never neither nor except minus don't excluding avoid".split(" "),
);
