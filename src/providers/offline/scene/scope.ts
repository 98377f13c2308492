import type { Entry } from "../lexicon/lexicon.ts";

/** Words of a prompt in which a negator bans what is named. */
const REACH = 4;

/** Marks and words behind which nothing is negated any more. */
const ENDS = new Set([",", ".", ";", "but", "with", "aber", "mit", "pero", "con", "mais", "avec"]);
const AND = new Set(["and", "und", "y", "e", "et", "和", "与"]);
const OR = new Set(["or", "oder", "o", "u", "ou", "ni", "或"]);
/** Definite articles and the like; indefinite ones are counts. */
const ARTICLES = new Set(
  `the some his her its their der die das den dem el la los las unos unas le les l' du
    des`.match(/\S+/g),
);
const SCENES: ReadonlySet<string> = new Set(["place", "time", "season"]);
const ADJECTIVES: ReadonlySet<string> = new Set(["colour", "size", "mood"]);

/** How far a negator reaches: "no dogs or cats" is neither, "no dogs and a cat" has the cat. */
export class NegatedScope {
  #left = 0;
  /** Whether a thing was banned since the negator, and whether an article stood before it. */
  #named = false;
  #article = false;
  /** Whether a conjunction stood behind what was banned last. */
  #joined = false;

  /** Whether a word is negated. "No people on the beach" is a beach. */
  reaches({ id, category }: Entry): boolean {
    const whereOrWhen = SCENES.has(category) && id !== "sky";
    if (whereOrWhen && this.#named && !this.#joined) this.#left = 0;
    return this.#left > 0;
  }

  open(): void {
    this.#left = REACH;
    this.#named = false;
    this.#article = false;
    this.#joined = false;
  }

  /** Takes a word that is banned. */
  ban({ category }: Entry): void {
    this.#left -= 1;
    this.#joined = false;
    if (!ADJECTIVES.has(category)) this.#named = true;
  }

  /** Reads a small word or a mark; `next` is the word behind it and what that means. */
  pass(word: string, next: { readonly word: string; readonly entry: Entry | null }): void {
    if (this.#left === 0) return;
    if (AND.has(word) || OR.has(word)) this.#joined = true;
    const begins = isArticle(next.word, next.entry);
    if (ENDS.has(word)) this.#left = 0;
    else if (AND.has(word) && (begins || (this.#named && isAdjective(next.entry)))) this.#left = 0;
    // "Without a dog or a cat" is without both.
    else if (OR.has(word) && begins && !this.#article) this.#left = 0;
    if (!this.#named && !this.#article) this.#article = begins;
  }
}

function isArticle(word: string, entry: Entry | null): boolean {
  return ARTICLES.has(word) || /^\d+$/.test(word) || entry?.category === "count";
}

function isAdjective(entry: Entry | null): boolean {
  return entry !== null && ADJECTIVES.has(entry.category);
}
