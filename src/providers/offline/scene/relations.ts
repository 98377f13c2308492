import { SUBJECT_CATEGORIES } from "./read.ts";
import type { Mention } from "./tokens.ts";

/** How one subject stands to another one. */
export interface Relation {
  readonly how: "rides" | "inside" | "crosses";
  /** The id of the other one. */
  readonly id: string;
}

const STEEDS: ReadonlySet<string> = new Set([
  ...["horse", "unicorn", "zebra", "donkey", "cow", "camel", "elephant", "rhino", "giraffe"],
  ...["polar_bear", "bear", "turtle", "whale", "dragon", "bicycle", "motorcycle", "brachiosaurus"],
]);
const OPEN_BOATS: ReadonlySet<string> = new Set(["boat", "carriage"]);
const VESSELS: ReadonlySet<string> = new Set(["vase", "dish", "cup", "glass", "potted_plant"]);
const UPON = /^(on|upon|riding|atop)$/;
const WITHIN = /^(in|inside|aboard|on|rowing)$/;
const ACROSS = /^(on|over|across|crossing|crosses|cross)$/;

/** What a subject does with the one named next to it, or `null`. */
export function relationOf(mention: Mention, mentions: readonly Mention[]): Relation | null {
  const known = mentions.filter(({ entry }) => SUBJECT_CATEGORIES.has(entry.category));
  const index = known.indexOf(mention);
  const next = known[index + 1];
  const before = known[index - 1];
  return toNext(mention, next, mentions) ?? toLast(mention, before);
}

function toNext(
  ...[mention, next, mentions]: [Mention, Mention | undefined, readonly Mention[]]
): Relation | null {
  if (next === undefined || next.place - mention.place > 6) return null;
  const { id } = next.entry;
  const said = (pattern: RegExp): boolean => next.after.some((word) => pattern.test(word));
  const isAlive = mention.entry.category === "figure" || mention.entry.category === "animal";
  const rides = mentions.some(
    ({ text, place }) => text.startsWith("rid") && place > mention.place && place < next.place,
  );
  if (isAlive && (rides || (STEEDS.has(id) && said(UPON)))) return { how: "rides", id };
  if (isAlive && OPEN_BOATS.has(id) && said(WITHIN)) return { how: "rides", id };
  const { category } = mention.entry;
  if (category === "vehicle" && id === "bridge" && said(ACROSS)) return { how: "crosses", id };
  if (VESSELS.has(id) && isFilling(mention) && said(/^(in|inside)$/)) return { how: "inside", id };
  return null;
}

/** "A vase of flowers": the vessel is named first. */
function toLast(mention: Mention, before: Mention | undefined): Relation | null {
  if (before === undefined || !VESSELS.has(before.entry.id) || !isFilling(mention)) return null;
  const held = mention.after.includes("of") || mention.after.includes("with");
  return held ? { how: "inside", id: before.entry.id } : null;
}

function isFilling({ entry }: Mention): boolean {
  return entry.category === "food" || entry.facts.draw === "flower";
}

/** Whether the sun or the moon is said to stand behind something. */
export function isBacklit(mentions: readonly Mention[]): boolean {
  return mentions.some((mention, index) => {
    const last = mentions[index - 1];
    const shines = last !== undefined && /^(sun|moon|eclipse|sunset|sunrise)$/.test(last.entry.id);
    return shines && mention.after.includes("behind");
  });
}

/** A "field of sunflowers" and a "sunflower field" are more than can be counted. */
export function isField(mention: Mention, mentions: readonly Mention[]): boolean {
  if (mention.entry.category !== "plant") return false;
  return mentions.some(({ text, place }) => {
    const ahead = place - mention.place;
    if (!/^(fields?|meadows?|garden|gardens|prairie)$/.test(text)) return false;
    return ahead === 1 || (mention.after.includes("of") && ahead < 0 && ahead > -4);
  });
}
