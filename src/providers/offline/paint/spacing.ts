import { propWidth } from "../props/prop.ts";
import type { Place } from "./place.ts";
import type { Stage } from "./stage.ts";

/** Moves apart what would stand in front of something else, as far as the frame has room. */
export function spaceOut(stage: Stage, places: readonly Place[]): Place[] {
  const standing = places.filter(takesRoom).sort((a, b) => a.x - b.x);
  if (standing.length < 2) return [...places];
  const xs = standing.map(({ x }) => x);
  const half = standing.map(halfWidth);
  for (let round = 0; round < 4; round += 1) {
    for (let index = 1; index < xs.length; index += 1) {
      const [left = 0, right = 0] = [xs[index - 1], xs[index]];
      const wanted = ((half[index - 1] ?? 0) + (half[index] ?? 0)) * 0.94;
      const lack = Math.max(0, wanted - (right - left));
      xs[index - 1] = left - lack / 2;
      xs[index] = right + lack / 2;
    }
    xs.forEach((x, index) => {
      const wide = (half[index] ?? 0) > stage.width * 0.25;
      const edge = Math.min(stage.width / 2, (half[index] ?? 0) * (wide ? 0.66 : 1));
      xs[index] = Math.min(stage.width - edge, Math.max(edge, x));
    });
  }
  const moved = new Map(standing.map((place, index) => [place.name, xs[index] ?? place.x]));
  return places.map((place) => ({ ...place, x: moved.get(place.name) ?? place.x }));
}

const SOLID: ReadonlySet<string> = new Set(["animal", "figure", "object", "food", "vehicle"]);

/** Trees and houses may stand behind others, and whole rows keep their own order. */
function takesRoom({ subject, medium, carrier }: Place): boolean {
  if (subject.count > 1 || subject.rank > 0 || carrier !== undefined) return false;
  if (subject.draw === "door" || subject.draw === "fence") return false;
  const { relation } = subject;
  const apart = relation === null || relation.how === "fights";
  return medium === "ground" && apart && SOLID.has(subject.category);
}

/** Half of what it covers; arms and tails may reach beyond. */
function halfWidth({ subject, height }: Place): number {
  const wide = propWidth({ ...subject, phase: 0, random: () => 0 }) / 200;
  const share = { person: 0.5, beast: 0.8 }[subject.draw] ?? 0.94;
  return height * wide * (subject.motion === "fight" && subject.draw === "person" ? 0.8 : share);
}
