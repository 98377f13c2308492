import type { Entry } from "../lexicon/lexicon.ts";

/** Marks and words behind which nothing is negated any more, commas of lists aside. */
export const STOPS: ReadonlySet<string> = new Set([
  ...[".", ";", "but", "with", "aber", "mit", "pero", "con", "mais", "avec"],
]);
/** Words that add one thing to another. */
export const AND: ReadonlySet<string> = new Set(["and", "und", "y", "e", "et", "和", "与"]);
/** Words that name another thing to choose, or to forbid beside the first. */
export const OR: ReadonlySet<string> = new Set([
  ...["or", "nor", "oder", "noch", "o", "u", "ou", "ni", "或"],
]);
/** Definite articles and the like; indefinite ones are counts. */
const ARTICLES = new Set(
  `the some his her its their der die das den dem el la los las unos unas le les l' du
    des`.match(/\S+/g),
);
const ADJECTIVES: ReadonlySet<string> = new Set(["colour", "size", "mood"]);

/** Whether a word with what it means begins a new thing: an article or a number. */
export function beginsThing(word: string, entry: Entry | null): boolean {
  return ARTICLES.has(word) || /^\d+$/.test(word) || entry?.category === "count";
}

/** Whether a known word only says how a thing is. */
export function isAdjective(entry: Entry | null): boolean {
  return entry !== null && ADJECTIVES.has(entry.category);
}
