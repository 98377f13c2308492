import type { Lch } from "../paint/colour.ts";
import { readColour, SUBJECT_CATEGORIES } from "./read.ts";
import { isField, type Relation, relationOf } from "./relations.ts";
import type { Mention } from "./tokens.ts";

/** One thing that stands, flies or swims in a scene. */
export interface Subject {
  readonly id: string;
  readonly category: string;
  readonly draw: string;
  readonly kind: string;
  readonly metres: number;
  readonly colour: Lch | null;
  readonly count: number;
  readonly size: number;
  readonly motion: string | null;
  /** How it stands to another subject, or `null`. */
  readonly relation: Relation | null;
  /** Its number among those who stand close together, 0 for the first and for everybody else. */
  readonly rank: number;
}

/** Most different things in one picture. */
const SUBJECTS_MAX = 6;

/** The subjects of a scene: what was named, who a couple is, the houses of a village. */
export function subjectsOf(mentions: readonly Mention[]): Subject[] {
  return withHamlet(withOrchard(act(expand(readSubjects(mentions))), mentions), mentions);
}

function readSubjects(mentions: readonly Mention[]): Subject[] {
  const found: Subject[] = [];
  for (const mention of mentions) {
    const { entry, count, size, colour } = mention;
    if (!SUBJECT_CATEGORIES.has(entry.category)) continue;
    if (found.some((subject) => subject.id === entry.id) || found.length >= SUBJECTS_MAX) continue;
    found.push({
      id: entry.id,
      category: entry.category,
      draw: entry.facts.draw ?? entry.id,
      kind: entry.facts.kind ?? "",
      metres: Number(entry.facts.h ?? 1),
      colour: colour ?? readColour(entry.facts.c),
      count: isField(mention, mentions) ? FIELD : count,
      size,
      relation: relationOf(mention, mentions),
      rank: 0,
      motion: motionOf(mention, mentions),
    });
  }
  // The drawing of a cake has its candles.
  const cake = found.some(({ id }) => id === "cake");
  return found.filter(({ id }) => !cake || id !== "candle");
}

/** How many plants stand in a field. */
const FIELD = 36;
/** Birds that are seen in the air when there are several. */
const FLOCKING: ReadonlySet<string> = new Set(["song", "crow", "gull", "eagle"]);

function motionOf(mention: Mention, mentions: readonly Mention[]): string | null {
  const { entry, count, place } = mention;
  const later = mentions.filter((other) => other.place > place);
  const next = later.find((o) => SUBJECT_CATEGORIES.has(o.entry.category));
  // "A cat and a dog running": both do; "a cat watching a bird fly": only the bird does.
  const reach = next === undefined || next.after.includes("and") ? 7 : next.place - place;
  const before = mentions.find(({ entry: { facts }, place: at }) => at === place - 1 && facts.go);
  // "A galloping horse", but not "riding horses".
  if (before !== undefined && ALONE.has(before.entry.facts.go ?? ""))
    return before.entry.facts.go ?? null;
  const verb = mentions.find((other) => {
    if (other.entry.category !== "motion") return false;
    const ahead = other.place - place;
    if (other.entry.id === "hang") return Math.abs(ahead) === 1;
    return ahead > 0 && ahead < Math.min(7, reach);
  });
  // Who flies a kite stays on the ground.
  if (verb?.entry.id === "fly" && next?.entry.id === "kite") return "hold";
  if (verb !== undefined) return verb.entry.facts.go ?? null;
  const alive = entry.category === "animal" || entry.category === "figure";
  if (alive && later.some(({ after }) => after.some((word) => /^cross/.test(word)))) return "walk";
  return FLOCKING.has(entry.facts.kind ?? "") && count > 2 ? "fly" : null;
}

const HOLDABLE: ReadonlySet<string> = new Set([
  ...["umbrella", "balloons", "flag", "lantern", "kite"],
]);
const INSTRUMENTS: ReadonlySet<string> = new Set(["guitar", "violin", "trumpet"]);
const CROWNED: ReadonlySet<string> = new Set(["queen", "royal"]);

/** Who is named with a book reads it, who has an umbrella holds it up, and foes fight back. */
function act(subjects: readonly Subject[]): Subject[] {
  const hero = subjects.find(({ category }) => category === "figure");
  const has = (draws: ReadonlySet<string>): boolean =>
    subjects.some(({ draw, count }) => count === 1 && draws.has(draw));
  const own = hero?.count === 1 && hero.draw === "person" ? handsOf(hero, has) : null;
  const reads = hero?.motion === "read" && !subjects.some(({ draw }) => draw === "book");
  const ridden = subjects.flatMap(({ relation }) => (relation?.how === "rides" ? relation.id : []));
  const foes = subjects.flatMap(({ relation }) => (relation?.how === "fights" ? relation.id : []));
  return subjects
    .filter(({ draw }) => draw !== "crown" || hero === undefined || !CROWNED.has(hero.kind))
    .map((subject) => {
      if (foes.includes(subject.id)) return { ...subject, motion: "fight" };
      const borne = ridden.includes(subject.id) && subject.draw === "beast";
      if (borne && subject.motion === null) return { ...subject, motion: "walk" };
      if (subject.motion === "play" && own !== "play") return { ...subject, motion: "run" };
      return subject === hero && own !== null ? { ...subject, motion: own } : subject;
    })
    .concat(reads && hero.count === 1 ? [BOOK] : [])
    .slice(0, SUBJECTS_MAX);
}

/** What is done without anything else. */
const ALONE: ReadonlySet<string> = new Set([
  ...["run", "walk", "fly", "swim", "dance", "jump", "sleep", "howl"],
]);

/** What somebody reads who is not said to read anything. */
const BOOK: Subject = {
  ...{ id: "book", category: "object", draw: "book", kind: "", metres: 0.3 },
  ...{ colour: [0.42, 0.13, 25], count: 1, size: 1, motion: null, relation: null, rank: 0 },
};

function handsOf(
  { motion, kind }: Subject,
  has: (draws: ReadonlySet<string>) => boolean,
): string | null {
  if (motion !== null && motion !== "hold" && motion !== "play") return null;
  if (has(INSTRUMENTS)) return "play";
  if (motion === "play") return "run";
  if (has(HOLDABLE)) return "hold";
  if (has(new Set(["book"])) && kind !== "wizard") return "read";
  return null;
}

/** An orchard is its trees, in blossom or green. */
function withOrchard(subjects: Subject[], mentions: readonly Mention[]): Subject[] {
  const named = mentions.some(({ entry }) => entry.id === "orchard");
  if (!named || subjects.some(({ draw }) => draw === "tree")) return subjects;
  const spring = mentions.some(({ entry }) => entry.id === "spring");
  const tree: Subject = {
    ...BOOK,
    ...{ id: "tree", category: "plant", draw: "tree", kind: spring ? "blossom" : "oak", metres: 6 },
    ...{ colour: spring ? [0.88, 0.07, 355] : [0.48, 0.12, 132], count: 5 },
  };
  return [...subjects, tree].slice(0, SUBJECTS_MAX);
}

/** A village without a house would be a field. */
function withHamlet(subjects: Subject[], mentions: readonly Mention[]): Subject[] {
  if (subjects.some(({ category }) => category === "building") || subjects.length >= SUBJECTS_MAX)
    return subjects;
  if (mentions.some(({ entry }) => entry.id === "street")) return subjects;
  if (!mentions.some(({ text }) => /^(village|hamlet|town|farm(land)?|ranch)(s|es)?$/.test(text)))
    return subjects;
  const barn = mentions.some(({ text }) => /^(farm(land)?|ranch)(s|es)?$/.test(text));
  const house: Subject = {
    id: "house",
    category: "building",
    draw: "house",
    kind: barn ? "barn" : "house",
    metres: 7,
    colour: barn ? [0.48, 0.17, 27] : [0.86, 0.04, 75],
    count: barn ? 1 : 4,
    size: barn ? 1 : 0.7,
    motion: null,
    relation: null,
    rank: 0,
  };
  return [...subjects, house];
}

/** Who a couple or a family are; a crowd is many. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  couple: ["woman", "man"],
  family: ["man", "woman", "girl", "boy"],
};

function expand(subjects: readonly Subject[]): Subject[] {
  const balloon = subjects.find(({ id }) => id === "balloon");
  return subjects
    .filter(({ id }) => balloon === undefined || id !== "party_balloon")
    .flatMap((subject): Subject[] => {
      // The drawing is a bunch already.
      if (subject.draw === "balloons")
        return [{ ...subject, count: 1, kind: subject.count === 1 ? "balloon" : "" }];
      if (subject.kind === "crowd") return [{ ...subject, kind: "coat", count: 18 }];
      const members = GROUPS[subject.kind];
      if (members === undefined) return [subject];
      return members.map((kind, rank) => ({
        ...subject,
        id: `${subject.id}-${kind}`,
        kind,
        count: 1,
        rank,
      }));
    })
    .slice(0, SUBJECTS_MAX);
}
