import type { Lch } from "../paint/colour.ts";
import { readColour, SUBJECT_CATEGORIES } from "./read.ts";
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
  /** The subject that it rides, by its id, or `null`. */
  readonly rides: string | null;
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
    const { entry, count, size, colour, place } = mention;
    if (!SUBJECT_CATEGORIES.has(entry.category)) continue;
    if (found.some((subject) => subject.id === entry.id) || found.length >= SUBJECTS_MAX) continue;
    const motion = mentions.find(
      (other) =>
        other.entry.category === "motion" && other.place > place && other.place < place + 7,
    );
    found.push({
      id: entry.id,
      category: entry.category,
      draw: entry.facts.draw ?? entry.id,
      kind: entry.facts.kind ?? "",
      metres: Number(entry.facts.h ?? 1),
      colour: colour ?? readColour(entry.facts.c),
      count,
      size,
      rides: ridden(mention, mentions),
      motion: motion?.entry.facts.go ?? null,
    });
  }
  return found;
}

/** A village without a house would be a field. */
function withHamlet(subjects: Subject[], mentions: readonly Mention[]): Subject[] {
  if (subjects.some(({ category }) => category === "building") || subjects.length >= SUBJECTS_MAX)
    return subjects;
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
    rides: null,
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
      return members.map((kind) => ({ ...subject, id: `${subject.id}-${kind}`, kind, count: 1 }));
    })
    .slice(0, SUBJECTS_MAX);
}

/** What a figure rides: the next subject after a form of `ride`. */
function ridden(rider: Mention, mentions: readonly Mention[]): string | null {
  const verb = mentions.find(
    ({ entry, text, place }) =>
      entry.id === "drive" &&
      text.startsWith("rid") &&
      place > rider.place &&
      place < rider.place + 4,
  );
  if (verb === undefined) return null;
  const mount = mentions.find(
    ({ entry, place }) => SUBJECT_CATEGORIES.has(entry.category) && place > verb.place,
  );
  return mount?.entry.id ?? null;
}
