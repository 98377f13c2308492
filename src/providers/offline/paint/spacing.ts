import { propWidth } from "../props/prop.ts";
import type { Place } from "./place.ts";
import type { Stage } from "./stage.ts";

/**
 * Moves apart what would stand in front of something else. Where the frame has no room for all side
 * by side, all get smaller by as much.
 */
export function spaceOut(stage: Stage, places: readonly Place[]): Place[] {
  const row = rowOf(places);
  if (row.length < 2) return [...places];
  const half = row.map(halfWidth);
  const gaps = row.slice(1).map((place, index) => {
    const share = row[index]?.subject === place.subject ? TOGETHER : APART;
    return ((half[index] ?? 0) + (half[index + 1] ?? 0)) * share;
  });
  const wanted = gaps.reduce((sum, gap) => sum + gap, 0);
  const ends = ((half[0] ?? 0) + (half.at(-1) ?? 0)) * EDGE;
  const grow = Math.max(SHRUNK_MIN, Math.min(1, (stage.width * 0.98) / (wanted + ends)));
  const xs = settle(
    row.map(({ x }) => x),
    {
      gaps: gaps.map((gap) => gap * grow),
      edges: half.map((each) => edgeOf(stage, each * grow)),
      width: stage.width,
    },
  );
  const moved = new Map(row.map((place, index) => [place.name, xs[index] ?? place.x]));
  return places.map((place) => {
    const x = moved.get(place.name);
    return x === undefined ? place : { ...place, x, height: place.height * grow };
  });
}

/** How near neighbours may come beside the sum of their halves. */
const APART = 0.94;
const TOGETHER = 0.8;
/** How much of the outermost is kept inside the frame. */
const EDGE = 0.9;
/** Nothing gets smaller than this: rather some hide a part of others. */
const SHRUNK_MIN = 0.6;
/** More of a kind are a row or a field with an order of its own. */
const GROUP_MAX = 6;

/** Who stands in one row, from left to right; those of one kind keep together. */
function rowOf(places: readonly Place[]): readonly Place[] {
  const standing = places.filter(takesRoom);
  const middleOf = ({ subject }: Place): number => {
    const own = standing.filter((each) => each.subject === subject);
    return own.reduce((sum, { x }) => sum + x, 0) / own.length;
  };
  const middles = new Map(standing.map((place) => [place.subject, middleOf(place)]));
  const far = ({ subject }: Place): number => middles.get(subject) ?? 0;
  return standing.sort((a, b) => far(a) - far(b) || a.x - b.x);
}

interface Row {
  /** Least distance of each place to the next. */
  readonly gaps: readonly number[];
  /** Least distance of each to the sides of the frame. */
  readonly edges: readonly number[];
  readonly width: number;
}

const ROUNDS = 40;

/** Pushes apart what stands too close, until all have their distances. */
function settle(wished: readonly number[], { gaps, edges, width }: Row): readonly number[] {
  const xs = [...wished];
  for (let round = 0; round < ROUNDS; round += 1) {
    gaps.forEach((gap, index) => {
      const [left = 0, right = 0] = [xs[index], xs[index + 1]];
      const lack = Math.max(0, gap - (right - left));
      xs[index] = left - lack / 2;
      xs[index + 1] = right + lack / 2;
    });
    xs.forEach((x, index) => {
      const edge = edges[index] ?? 0;
      xs[index] = Math.min(width - edge, Math.max(edge, x));
    });
  }
  return xs;
}

/** What is wide may be cut a little by the frame. */
function edgeOf({ width }: Stage, half: number): number {
  return Math.min(width / 2, half * (half > width * 0.25 ? 0.66 : 1));
}

const SOLID: ReadonlySet<string> = new Set(["animal", "figure", "object", "food", "vehicle"]);

/** Trees and houses may stand behind others, and long rows keep their own order. */
function takesRoom({ subject, medium, carrier }: Place): boolean {
  if (subject.count > GROUP_MAX || subject.rank > 0 || carrier !== undefined) return false;
  if (subject.draw === "door" || subject.draw === "fence") return false;
  const { relation } = subject;
  const apart = relation === null || relation.how === "fights";
  const small = subject.category === "plant" && subject.metres < 1.2 && subject.count === 1;
  return medium === "ground" && apart && (small || SOLID.has(subject.category));
}

/** Half of what it covers; arms and tails may reach beyond. */
function halfWidth({ subject, height }: Place): number {
  const wide = propWidth({ ...subject, phase: 0, random: () => 0 }) / 200;
  const share = { person: 0.5, beast: 0.8 }[subject.draw] ?? 0.94;
  return height * wide * (subject.motion === "fight" && subject.draw === "person" ? 0.8 : share);
}
