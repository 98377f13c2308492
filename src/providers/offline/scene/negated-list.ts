import type { Entry } from "../lexicon/lexicon.ts";
import { AND, beginsThing, isAdjective, OR, STOPS } from "./small-words.ts";

/** The words of a prompt behind a comma that stands behind something negated. */
export interface ListAhead {
  readonly words: readonly string[];
  /** The known word or phrase that begins at a place, and how many words it has. */
  thingAt(place: number): { readonly entry: Entry; readonly length: number } | null;
  /** The category of what was negated last. */
  readonly category: string;
  /** Whether the first thing had an indefinite article: "not a dog, a cat or a horse". */
  readonly article: boolean;
}

/**
 * How many commas a negated list still has: in "no dogs, cats or birds" one, in "no dogs, a cat"
 * none. A list ends in "or" or "nor"; in "and" where places are not mixed with things; or it names
 * three of a kind.
 */
export function commasOfList(ahead: ListAhead): number {
  let alike = 1;
  let commas = 0;
  let isOneSort = true;
  let isThing = true;
  for (let place = 0; isThing; ) {
    const item = readItem(ahead, place);
    if (item === null) break;
    commas += 1;
    isOneSort = isOneSort && sortOf(item.category) === sortOf(ahead.category);
    if (item.closed === "or" || (item.closed === "and" && isOneSort)) return commas;
    if (item.closed !== null) break;
    if (kindOf(item.category) === kindOf(ahead.category)) alike += 1;
    place = item.next;
    isThing = item.comma;
  }
  return alike >= 3 && commas === alike - 1 ? commas : 0;
}

interface Item {
  readonly category: string;
  /** The conjunction that ends the list with this item or the one behind it, if any does. */
  readonly closed: "and" | "or" | null;
  /** Whether a comma follows, and the place behind it. */
  readonly comma: boolean;
  readonly next: number;
}

/** Reads one thing with its adjectives and the conjunction before or behind it. */
function readItem(ahead: ListAhead, from: number): Item | null {
  const led = conjunction(ahead.words[from]);
  const first = led === null ? from : from + 1;
  const thing = readThing(ahead, first);
  if (thing === null) return null;
  const { end, category } = thing;
  const word = ahead.words[end];
  const isEnd = word === undefined || word === "," || STOPS.has(word);
  const rest = { category, comma: word === ",", next: end + 1 };
  if (led !== null) return { ...rest, closed: led };
  const trailing = conjunction(word);
  if (trailing === null) return isEnd ? { ...rest, closed: null } : null;
  const last = readThing(ahead, end + 1);
  if (last === null) return null;
  const kindred = trailing === "or" || sortOf(last.category) === sortOf(category);
  return kindred ? { ...rest, closed: trailing } : null;
}

/** Adjectives or unknown words before a thing, at most. */
const BEFORE_MAX = 3;

function readThing(
  ahead: ListAhead,
  from: number,
): { readonly end: number; readonly category: string } | null {
  const { words, article } = ahead;
  const found = ahead.thingAt(from);
  if (beginsThing(words[from] ?? "", found?.entry ?? null) && !article) return null;
  for (let place = from, steps = 0; steps <= BEFORE_MAX && place < words.length; steps += 1) {
    const word = words[place] ?? "";
    if (word === "," || STOPS.has(word) || conjunction(word) !== null) return null;
    const thing = ahead.thingAt(place);
    const isThing = thing !== null && !isAdjective(thing.entry) && thing.entry.category !== "count";
    if (isThing) return { end: place + thing.length, category: thing.entry.category };
    place += thing?.length ?? 1;
  }
  return null;
}

function conjunction(word = ""): "and" | "or" | null {
  if (OR.has(word)) return "or";
  return AND.has(word) ? "and" : null;
}

const SCENES: ReadonlySet<string> = new Set(["place", "time", "weather", "season", "sky"]);

/** What stands in a scene is of one sort; places, weathers and hours are others. */
function sortOf(category: string): string {
  return SCENES.has(category) ? category : "thing";
}

/** People and animals go together, as do things. */
function kindOf(category: string): string {
  if (category === "figure") return "animal";
  return category === "food" ? "object" : category;
}
