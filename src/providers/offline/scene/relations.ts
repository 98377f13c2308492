import { SUBJECT_CATEGORIES } from "./read.ts";
import type { Mention } from "./tokens.ts";

/** How one subject stands to another one. */
export interface Relation {
  readonly how: "rides" | "inside" | "crosses" | "fights" | "sits" | "leans" | "perches";
  /** The id of the other one. */
  readonly id: string;
}

const STEEDS: ReadonlySet<string> = new Set([
  ...["horse", "unicorn", "zebra", "donkey", "cow", "camel", "elephant", "rhino", "giraffe"],
  ...["polar_bear", "bear", "turtle", "whale", "dragon", "bicycle", "motorcycle", "brachiosaurus"],
]);
const OPEN_BOATS: ReadonlySet<string> = new Set(["boat", "carriage"]);
const SEATS: ReadonlySet<string> = new Set(["bench", "chair", "sofa", "bed", "swing", "desk"]);
const LEANERS: ReadonlySet<string> = new Set(["bicycle", "motorcycle", "guitar", "violin"]);
const BRIDGES: ReadonlySet<string> = new Set(["bridge", "viaduct"]);
const INSECTS: ReadonlySet<string> = new Set(["butterfly", "bee"]);
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
  const does = (verb: string): boolean =>
    mentions.some(
      ({ entry, place }) =>
        entry.category === "motion" &&
        entry.facts.go === verb &&
        place > mention.place &&
        place < next.place,
    );
  if (INSECTS.has(mention.entry.id) && next.entry.facts.draw === "flower" && said(UPON))
    return { how: "perches", id };
  const rides = does("ride");
  if (isAlive && does("fight") && isFoe(next)) return { how: "fights", id };
  if (isAlive && SEATS.has(id) && said(/^(on|in|upon|onto)$/)) return { how: "sits", id };
  if (LEANERS.has(mention.entry.id) && said(/^(leaning|leans|against)$/))
    return { how: "leans", id };
  if (isAlive && (rides || (STEEDS.has(id) && said(UPON)))) return { how: "rides", id };
  if (isAlive && OPEN_BOATS.has(id) && said(WITHIN)) return { how: "rides", id };
  const { category } = mention.entry;
  if (category === "vehicle" && BRIDGES.has(id) && said(ACROSS)) return { how: "crosses", id };
  if (VESSELS.has(id) && isFilling(mention) && said(/^(in|inside)$/)) return { how: "inside", id };
  return null;
}

function isFoe({ entry }: Mention): boolean {
  return entry.category === "figure" || entry.category === "animal";
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

const BEDDED: ReadonlySet<string> = new Set([
  "tulip",
  "lavender",
  "sunflower",
  "flower",
  "wheat",
  "corn",
]);

/** "A windmill and tulips": flowers without a number, in the open, are a bed of them. */
function isBed(mention: Mention, mentions: readonly Mention[]): boolean {
  if (!BEDDED.has(mention.entry.id) || mention.count < 3 || mention.counted) return false;
  const index = mentions.filter(({ entry }) => SUBJECT_CATEGORIES.has(entry.category));
  const vessel = index.some(({ entry }) => VESSELS.has(entry.id));
  const indoors = mentions.some(({ entry }) => INDOORS.has(entry.id));
  const land = index.some(({ entry }) => entry.category === "building");
  return !vessel && !indoors && (land || mentions.some(({ entry }) => entry.category === "place"));
}

const INDOORS: ReadonlySet<string> = new Set(["table", "room", "kitchen", "library", "windowsill"]);

/** A "field of sunflowers" and a "sunflower field" are more than can be counted. */
export function isField(mention: Mention, mentions: readonly Mention[]): boolean {
  if (mention.entry.category !== "plant") return false;
  if (isBed(mention, mentions)) return true;
  return mentions.some(({ text, place }) => {
    const ahead = place - mention.place;
    if (!/^(fields?|meadows?|garden|gardens|prairie)$/.test(text)) return false;
    return ahead === 1 || (mention.after.includes("of") && ahead < 0 && ahead > -4);
  });
}
