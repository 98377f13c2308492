import { hashText } from "../chance.ts";
import { ENGLISH_SCENE } from "../lexicon/english-scene.ts";
import { ENGLISH_SUBJECTS } from "../lexicon/english-subjects.ts";
import { ENGLISH_THINGS } from "../lexicon/english-things.ts";
import { buildLexicon, type Entry, type Lexicon } from "../lexicon/lexicon.ts";
import type { Lch } from "../paint/colour.ts";
import { NegatedScope } from "./scope.ts";
import type { Mention, Tokens } from "./tokens.ts";
import { chooseTongue, cutHan, type Tongue } from "./tongue.ts";

/** The words that are known. */
export const LEXICON: Lexicon = buildLexicon([ENGLISH_SUBJECTS, ENGLISH_THINGS, ENGLISH_SCENE]);

/** Longest phrase of the lexicon, in words. */
const PHRASE_MAX = 4;
/** A prompt beyond this many words is cut: what stands that late changes no picture. */
const WORDS_MAX = 600;
/** Words that are looked through for the end of a negated list. */
const LIST_MAX = 40;

const STOP = new Set(
  `
    the of in on at by for to from with and or is are be into over under through its his her
    their this that it as very some any there while where which who whose near behind
    between beside front around across against along above below inside outside up down out
    off then than so like style art image picture scene shot view detailed quality high low
    make create generate show video film clip animation render rendered using use more most
    slow slowly soft light lighting camera background foreground full new old young
    beautiful lovely nice great good lit body face eyes hair wearing has have having
    made looking one's we you i my your cross crosses crossing leaning leans falls shallow above
    beneath among amongst inside aboard wild launch launches
    saying says said reads titled named called calling labelled labeled marked written lettering
    rather showing talking staying paying laying living giving leaving shaped
    looked gazing facing`.match(/\S+/g),
);

/** Reads a prompt. Pure; `negative` is a second text whose every known word is banned. */
export function readPrompt(prompt: string, negative = ""): Tokens {
  const { text, quoted } = takeQuotes(prompt.normalize("NFKC"));
  const reader = new Reader(splitWords(text));
  reader.read();
  return { ...reader.result(), quoted, banned: [...reader.banned, ...readBanned(negative)] };
}

/** A quote with the word that announces it: a sign that reads "OPEN" reads nothing. */
const QUOTE =
  /(?:\b(?:reads|reading|saying|says)\s*[:,]?\s*)?["“”„«»「」『』]([^"“”„«»「」『』]{1,60})["“”«»」』]/giu;
/** Single marks are apostrophes too, so only what is announced counts. */
const SINGLE = /\b(?:reads|reading|saying|says|titled)\s*[:,]?\s*['‘]([^'‘’]{1,60})['’](?!\w)/giu;

function takeQuotes(prompt: string): { text: string; quoted: string[] } {
  const quoted: string[] = [];
  const take = (_whole: string, inner: string): string => {
    quoted.push(inner.trim());
    return " , ";
  };
  return { text: prompt.replace(QUOTE, take).replace(SINGLE, take), quoted };
}

/** "Twenty-one". */
const TENS = /^(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-\w+$/;

function splitWords(text: string): string[] {
  const marked = text
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/\[\[[^\]]*\]\]/g, " ");
  const words = marked.match(/\p{Script=Han}+|[\p{L}\p{N}][\p{L}\p{N}'&-]*|[,.;]/gu) ?? [];
  const cut = words.flatMap((word) => {
    if (/^\p{Script=Han}/u.test(word)) return cutHan(word, LEXICON);
    return TENS.test(word) ? word.split("-") : [word];
  });
  return cut.slice(0, WORDS_MAX);
}

function readBanned(negative: string): string[] {
  const reader = new Reader(splitWords(negative));
  reader.read();
  return reader.result().mentions.map((mention) => mention.entry.id);
}

interface Phrase {
  readonly entry: Entry;
  /** In words. */
  readonly length: number;
}

class Reader {
  readonly banned: string[] = [];
  readonly #words: readonly string[];
  readonly #tongue: Tongue;
  readonly #mentions: Mention[] = [];
  readonly #unknown: { word: string; hash: number }[] = [];
  readonly #corrected: string[] = [];
  #count = 1;
  #size = 1;
  #colour: Lch | null = null;
  #counted = false;
  /** Position behind the last number. */
  #countedTo = -1;
  #between: string[] = [];
  readonly #negated = new NegatedScope();

  constructor(words: readonly string[]) {
    this.#words = words;
    this.#tongue = chooseTongue(words, LEXICON, STOP);
  }

  read(): void {
    for (let index = 0; index < this.#words.length; ) index += this.#step(index);
  }

  result(): Omit<Tokens, "quoted" | "banned"> {
    return { mentions: this.#mentions, unknown: this.#unknown, corrected: this.#corrected };
  }

  #step(index: number): number {
    const word = this.#words[index] ?? "";
    if (this.#tongue.isNegator(word)) this.#negated.open();
    const ahead = this.#words.slice(index + 1, index + 1 + LIST_MAX);
    this.#negated.pass(word, { words: ahead, thingAt: (place) => this.#thing(index + 1 + place) });
    if (word === "." || word === ";") this.#colour = null;
    const found = this.#find(index);
    if (found !== null) {
      const { entry, length } = found;
      this.#meet(entry, { text: this.#words.slice(index, index + length).join(" "), place: index });
      return length;
    }
    this.#between.push(word);
    this.#meetUnknown(word, index);
    return 1;
  }

  /** A known phrase, or an article that counts: "y un gato". */
  #thing(index: number): Phrase | null {
    const entry = this.#tongue.find(this.#words[index] ?? "");
    return this.#find(index) ?? (entry?.category === "count" ? { entry, length: 1 } : null);
  }

  /** The longest phrase that is known and begins at a place. */
  #find(index: number): Phrase | null {
    const word = this.#words[index] ?? "";
    for (let length = PHRASE_MAX; length > 0; length -= 1) {
      const phrase = this.#words.slice(index, index + length).join(" ");
      const entry = this.#tongue.find(phrase) ?? (length === 1 ? this.#hyphen(word) : null);
      if (entry !== null && (length > 1 || !this.#isIdle(word))) return { entry, length };
    }
    return null;
  }

  /** "Die" is an article to a German. */
  #isIdle(word: string): boolean {
    return this.#tongue.id !== "en" && this.#tongue.isSmall(word);
  }

  #hyphen(word: string): Entry | null {
    return word.includes("-") ? LEXICON.find(word.replaceAll("-", " ")) : null;
  }

  #meet(entry: Entry, at: { readonly text: string; readonly place: number }): void {
    if (entry.category !== "count" && this.#negated.reaches(entry)) {
      this.banned.push(entry.id);
      this.#negated.ban(entry);
      return;
    }
    if (entry.category === "count") this.#countNext(entry, at.place);
    if (entry.category === "size") this.#size = Number(entry.facts.s ?? 1);
    else if (entry.category !== "count") this.#add(entry, at);
    if (entry.category === "colour") this.#colourNext(readColour(entry.facts.c), at.place);
  }

  /** "Twenty one" is a sum, "two dozen" a product. */
  #countNext({ id, facts }: Entry, place: number): void {
    const n = Number(facts.n ?? 1);
    const joined = this.#countedTo === place;
    const tens = this.#count >= 20 && this.#count % 10 === 0;
    if (joined && tens && n < 10) this.#count += n;
    else if (joined && MULTIPLES.has(id)) this.#count = Math.min(COUNT_MAX, this.#count * n);
    else this.#count = n;
    this.#counted = true;
    this.#countedTo = place + 1;
  }

  /** A colour belongs to the noun after it, in some languages to the one before it. */
  #colourNext(colour: Lch | null, place: number): void {
    const index = this.#mentions.findLastIndex((m) => SUBJECT_CATEGORIES.has(m.entry.category));
    const last = this.#mentions[index];
    if (!this.#tongue.colourFollows || last === undefined || place - last.place > 2) {
      this.#colour = colour;
      return;
    }
    this.#mentions[index] = { ...last, colour };
  }

  #isPlural(text: string, entry: Entry): boolean {
    if (this.#tongue.id === "en") return isPlural(text, entry);
    if (!this.#tongue.isPlural(text)) return false;
    return [text.slice(0, -1), text.slice(0, -2)].some(
      (word) => word !== text && this.#tongue.find(word)?.id === entry.id,
    );
  }

  #add(entry: Entry, at: { readonly text: string; readonly place: number }): void {
    const isSubject = SUBJECT_CATEGORIES.has(entry.category);
    const first =
      isSubject && !this.#mentions.some((m) => SUBJECT_CATEGORIES.has(m.entry.category));
    const bare = !this.#counted && ALWAYS_PLURAL.has(at.text);
    const many = isSubject && this.#count === 1 && (bare || this.#isPlural(at.text, entry));
    const plural = many ? 3 : this.#count;
    this.#mentions.push({
      entry,
      ...at,
      weight: first ? 1.5 : 1,
      count: isSubject ? plural : 1,
      counted: this.#count !== 1,
      size: isSubject ? this.#size : 1,
      colour: isSubject || entry.category === "place" ? this.#colour : null,
      after: [...this.#between],
    });
    if (isSubject || entry.category === "place" || entry.category === "sky") this.#between = [];
    if (!isSubject) return;
    this.#count = 1;
    this.#counted = false;
    this.#size = 1;
    this.#colour = null;
  }

  #meetUnknown(word: string, index: number): void {
    if (/^\d+$/.test(word)) {
      const number = Number(word);
      if (number <= 0 || number > COUNT_MAX) return;
      this.#count = number;
      this.#countedTo = index + 1;
      return;
    }
    if (
      word.length < 3 ||
      STOP.has(word) ||
      this.#tongue.isSmall(word) ||
      this.#tongue.isNegator(word) ||
      !/\p{L}/u.test(word)
    )
      return;
    const near = this.#tongue.id === "en" ? LEXICON.guess(word) : null;
    if (near === null) {
      this.#unknown.push({ word, hash: hashText(word) });
      return;
    }
    this.#corrected.push(`${word} → ${near.id}`);
    this.#meet(near, { text: word, place: index });
  }
}

/** Numbers beyond it are years, sizes or countless. */
const COUNT_MAX = 100;
const MULTIPLES: ReadonlySet<string> = new Set(["dozen", "hundred"]);

/** What stands in a scene, as against where, when and how. */
export const SUBJECT_CATEGORIES: ReadonlySet<string> = new Set([
  "animal",
  "figure",
  "vehicle",
  "building",
  "plant",
  "object",
  "food",
]);

/** Reads `lightness/chroma/hue`. */
export function readColour(text: string | undefined): Lch | null {
  const [lightness, chroma, hue] = (text ?? "").split("/").map(Number);
  if (lightness === undefined || chroma === undefined || hue === undefined) return null;
  return [lightness, chroma, hue];
}

/** Words that mean several unless one is said. */
const ALWAYS_PLURAL = new Set(["sheep", "deer", "cattle"]);

/** Plurals that do not end in s. */
const PLURALS = /^(men|women|people|children|mice|geese|fishermen|firefighters)$/;

function isPlural(text: string, entry: Entry): boolean {
  if (PLURALS.test(text)) return true;
  if (!text.endsWith("s") || text === entry.id || text.endsWith("ss")) return false;
  const singular = [text.slice(0, -1), text.slice(0, -2), text.replace(/ves$/, "f")];
  return singular.some(
    (word) =>
      word !== text && (LEXICON.find(word)?.id === entry.id || entry.id === `${word}_fruit`),
  );
}
