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
  return withHamlet(expand(readSubjects(mentions)), mentions);
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

function motionOf({ entry, count, place }: Mention, mentions: readonly Mention[]): string | null {
  const verb = mentions.find((other) => {
    if (other.entry.category !== "motion") return false;
    const ahead = other.place - place;
    if (other.entry.id === "hang") return Math.abs(ahead) === 1;
    return ahead > 0 && ahead < 7;
  });
  const flocks = FLOCKING.has(entry.facts.kind ?? "") && count > 2;
  return verb?.entry.facts.go ?? (flocks ? "fly" : null);
}

/** A village without a house would be a field. */
function withHamlet(subjects: Subject[], mentions: readonly Mention[]): Subject[] {
  if (subjects.some(({ category }) => category === "building") || subjects.length >= SUBJECTS_MAX)
    return subjects;
  if (mentions.some(({ entry }) => entry.id === "street")) return subjects;
  if (!mentions.some(({ text }) => /^(village|hamlet|town|farm|ranch)/.test(text))) return subjects;
  const barn = mentions.some(({ text }) => /^(farm|ranch)/.test(text));
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
      if (subject.draw === "balloons") return [{ ...subject, count: 1 }];
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
