import type { Entry } from "../lexicon/lexicon.ts";
import { commasOfList, type ListAhead } from "./negated-list.ts";
import { AND, beginsThing, isAdjective, OR, STOPS } from "./small-words.ts";

/** Words of a prompt in which a negator bans what is named. */
const REACH = 4;

const SCENES: ReadonlySet<string> = new Set(["place", "time", "season"]);

/** What stands behind a word. */
export type Ahead = Pick<ListAhead, "words" | "thingAt">;

/** How far a negator reaches: "no dogs, cats or birds" is none, "no dogs and a cat" has the cat. */
export class NegatedScope {
  #left = 0;
  /** The category of the thing that was banned last, and whether an article stood before it. */
  #named: string | null = null;
  #article = false;
  /** Whether a conjunction stood behind what was banned last. */
  #joined = false;
  /** Commas of the list that are still to come; `null` before its first one. */
  #commas: number | null = null;

  /** Whether a word is negated. "No people on the beach" is a beach. */
  reaches({ id, category }: Entry): boolean {
    const whereOrWhen = SCENES.has(category) && id !== "sky";
    if (whereOrWhen && this.#named !== null && !this.#joined) this.#left = 0;
    return this.#left > 0;
  }

  open(): void {
    this.#left = REACH;
    this.#named = null;
    this.#article = false;
    this.#joined = false;
    this.#commas = null;
  }

  /** Takes a word that is banned. */
  ban(entry: Entry): void {
    this.#left -= 1;
    this.#joined = false;
    if (!isAdjective(entry)) this.#named = entry.category;
  }

  /** Reads a small word or a mark with what stands behind it. */
  pass(word: string, ahead: Ahead): void {
    if (word === ",") this.#passComma(ahead);
    else if (this.#left > 0) this.#passWord(word, ahead);
  }

  #passWord(word: string, ahead: Ahead): void {
    if (AND.has(word) || OR.has(word)) {
      this.#joined = true;
      // The last of a list is negated however long the list is.
      if (this.#commas !== null) this.#left = REACH;
    }
    const next = ahead.thingAt(0)?.entry ?? null;
    const begins = beginsThing(ahead.words[0] ?? "", next);
    if (STOPS.has(word)) this.#left = 0;
    else if (AND.has(word) && (begins || (this.#named !== null && isAdjective(next))))
      this.#left = 0;
    // "Without a dog or a cat" is without both.
    else if (OR.has(word) && begins && !this.#article) this.#left = 0;
    if (this.#named === null && !this.#article) this.#article = begins;
  }

  #passComma(ahead: Ahead): void {
    const category = this.#named;
    const commas =
      this.#commas ??
      (category === null ? 0 : commasOfList({ ...ahead, category, article: this.#article }));
    this.#commas = Math.max(0, commas - 1);
    this.#joined = commas > 0;
    this.#left = commas > 0 ? REACH : 0;
  }
}
