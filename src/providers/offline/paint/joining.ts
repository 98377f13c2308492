import { beastBuild } from "../props/beast-builds.ts";
import { skeleton } from "../props/beast-frame.ts";
import { propWidth } from "../props/prop.ts";
import type { Subject } from "../scene/subjects.ts";
import type { Place } from "./place.ts";
import type { Stage } from "./stage.ts";

/** Puts who rides, sits on, lies in or crosses something where that is. */
export function joinPlace(place: Place, places: readonly Place[]): Place {
  const { subject } = place;
  const met = gather(place, places);
  const { relation } = subject;
  const other = places.find((each) => each.subject.id === relation?.id && each.subject !== subject);
  if (relation === null || other === undefined) return met;
  if (relation.how === "inside") return fill(place, other);
  if (relation.how === "crosses") return cross(place, other);
  if (relation.how === "sits") return seat(place, other);
  if (relation.how === "leans") return lean(place, other);
  if (relation.how === "perches") return perch(place, other);
  return relation.how === "rides" ? mount(place, other) : met;
}

/** The first of a group stands aside for the second. */
function leadX({ x, height }: Place): number {
  return x - height * 0.16;
}

const GROUPED = /^(couple|family)-/;

/** Couples and families stand shoulder to shoulder. */
function gather(place: Place, places: readonly Place[]): Place {
  const { rank, id } = place.subject;
  if (rank === 0) return GROUPED.test(id) ? { ...place, x: leadX(place), flipped: false } : place;
  const [group = ""] = id.split("-");
  const first = places.find(({ subject }) => subject.id.startsWith(group) && subject.rank === 0);
  if (first === undefined) return place;
  const side = rank % 2 === 1 ? 1 : -1;
  const x = leadX(first) + side * Math.ceil(rank / 2) * 0.27 * first.height;
  return { ...place, x, y: first.y, flipped: side > 0 };
}

/** Who fights stands face to face with the other one. */
export function faceFoe(
  stage: Stage,
  { place, places }: { readonly place: Place; readonly places: readonly Place[] },
): Place {
  const { subject } = place;
  if (subject.motion !== "fight") return place;
  const foot = Math.max(...places.map(({ y, medium }) => (medium === "air" ? 0 : y)));
  const attacks = subject.relation?.how === "fights";
  const attacked = places.some(({ subject: each }) => each.relation?.id === subject.id);
  if (attacks || attacked) {
    const tall = attacked && subject.category === "animal" ? 1.7 : 1;
    const wide = propWidth({ ...subject, phase: 0, random: () => 0 }) / 100;
    return {
      ...place,
      x: stage.width * (attacks ? 0.2 : 0.72),
      y: foot,
      height: Math.min(place.height * tall, (stage.width * 0.94) / wide),
      flipped: !attacks,
      medium: "ground",
    };
  }
  if (subject.count < 2) return place;
  const index = Number(place.name.split("-").at(-1) ?? 0);
  const pair = Math.floor(index / 2) - (Math.ceil(subject.count / 2) - 1) / 2;
  const side = index % 2 === 0 ? -1 : 1;
  const middle = stage.width * 0.5 + pair * place.height * 1.5;
  return { ...place, x: middle + side * place.height * 0.4, y: foot, flipped: side > 0 };
}

/** How high the seat of a thing is, as a share of its height. */
const SEATS: Readonly<Record<string, number>> = {
  ...{ bench: 0.38, chair: 0.48, sofa: 0.46, bed: 0.45, swing: 0.3, desk: 0.98 },
};

/** People sit with their feet on the ground, animals lie on the seat. */
function seat(place: Place, under: Place): Place {
  const { subject } = place;
  const level = SEATS[under.subject.draw] ?? 0.4;
  const depth = under.depth + 0.001;
  if (subject.draw !== "person") {
    const height = Math.min(place.height, under.height * (subject.count > 1 ? 0.66 : 0.84));
    const index = Number(place.name.split("-").at(-1) ?? 0);
    const share = subject.count > 1 ? index / (subject.count - 1) - 0.5 : 0;
    return {
      ...place,
      height,
      x: under.x + share * under.height * 1.5,
      y: under.y - level * under.height,
      depth,
      medium: "worn",
    };
  }
  const reads = subject.motion === "read";
  const height = (level * under.height) / 0.29;
  const seated = { ...subject, motion: reads ? "sitread" : "sit" };
  const x = under.x + (subject.count > 1 ? (place.x - under.x) * 0.3 : 0);
  return { ...place, subject: seated, height, x, y: under.y, depth, flipped: false };
}

/** A butterfly sits on the head of a flower. */
function perch(place: Place, flower: Place): Place {
  const height = flower.height * (place.subject.draw === "bee" ? 0.14 : 0.27);
  const x = flower.x + flower.height * 0.08;
  const y = flower.y - flower.height * 0.8 + height * 0.3;
  return { ...place, height, x, y, depth: flower.depth + 0.002, tilt: 0.5, medium: "worn" };
}

/** A bicycle leans on a fence: close before it, a little aslant. */
function lean(place: Place, on: Place): Place {
  const y = on.y + place.height * 0.12;
  return { ...place, x: on.x + on.height * 0.2, y, depth: on.depth + 0.12, tilt: -0.06 };
}

/** Flowers stand in a vase, oranges lie in a bowl: before what they are in is drawn. */
function fill(place: Place, vessel: Place): Place {
  const index = Number(place.name.split("-").at(-1) ?? 0);
  const count = Math.max(1, place.subject.count);
  if (place.subject.category !== "plant") return heap(place, { vessel, index, count });
  const share = count === 1 ? 0 : (index / (count - 1)) * 2 - 1;
  return {
    ...place,
    height: vessel.height * 1.05,
    x: vessel.x + share * 0.26 * vessel.height,
    y: vessel.y - (0.78 - Math.abs(share) * 0.12) * vessel.height,
    depth: vessel.depth - 0.01 - Math.abs(share) * 0.001,
    medium: "worn",
  };
}

interface Heap {
  readonly vessel: Place;
  readonly index: number;
  readonly count: number;
}

/** A row lies in the bowl, as wide as its rim at most; the others lie on it, in the gaps. */
function heap(place: Place, { vessel, index, count }: Heap): Place {
  const low = Math.ceil((count + 1) / 2);
  const row = count === 1 ? 1 : index < low ? low : count - low;
  const size = count === 1 ? 0.62 : Math.max(0.36, Math.min(0.62, 1.3 / (0.1 + 0.9 * low)));
  const step = Math.min(size * 0.9, (1.26 - size) / Math.max(1, low - 1));
  const over = index < low ? 0 : size * 0.64;
  const across = (index < low ? index : index - low) - (row - 1) / 2;
  return {
    ...place,
    height: vessel.height * size,
    x: vessel.x + across * step * vessel.height,
    y: vessel.y - (0.5 - 0.34 * size + over) * vessel.height,
    depth: vessel.depth - 0.01 - (over > 0 ? 0.002 : Math.abs(across) * 0.0001),
    medium: "worn",
  };
}

/** A train on a bridge runs on its deck. */
function cross(place: Place, bridge: Place): Place {
  const stone = bridge.subject.draw === "viaduct";
  const height = Math.min(place.height, bridge.height * (stone ? 0.42 : 0.5));
  const y = bridge.y - bridge.height * (stone ? 0.965 : 0.38);
  return { ...place, height, x: bridge.x, y, depth: bridge.depth + 0.001, medium: "worn" };
}

/** A rider sits on the back of the mount, just before it. */
function mount(place: Place, under: Place): Place {
  const boat = under.subject.draw === "boat";
  const low = boat || under.subject.draw === "carriage";
  const share = place.subject.metres / Math.max(0.8, under.subject.metres);
  const ridden = Math.min(1.3, Math.max(0.34, share * 0.92));
  const height = under.height * (boat ? 1.5 : low ? 0.8 : ridden);
  const motion = boat && place.subject.motion !== "fish" ? "row" : low ? "sit" : "ride";
  const back = under.y - backOf(under.subject) * under.height;
  return {
    ...place,
    subject: { ...place.subject, motion },
    height,
    x: under.x - (under.flipped ? -1 : 1) * under.height * (boat ? 0.12 : 0.02),
    y: low ? under.y - under.height * 0.14 : back + height * 0.37,
    flipped: under.flipped,
    depth: under.depth + (low ? -0.001 : 0.001),
    medium: under.medium === "water" ? "water" : "worn",
    carrier: under.subject,
  };
}

/** How high the back or the saddle of a mount is, as a share of its height. */
function backOf({ draw, kind }: Subject): number {
  if (draw === "bicycle" || draw === "motorcycle") return 0.66;
  if (draw !== "beast") return 0.56;
  const { leg, deep } = beastBuild(kind);
  return (leg + deep * 0.82) / 100;
}

/** What is held: how high its foot is over the holder's, its height, how far aside, its lean. */
const HELD: Readonly<Record<string, readonly [number, number, number, number?]>> = {
  umbrella: [0.62, 0.74, 0.14],
  balloons: [0.63, 0.74, 0.14],
  flag: [0.44, 0.9, 0.14],
  guitar: [0.4, 0.42, 0.1, -1.15],
  violin: [0.66, 0.26, 0.08, 1.1],
  trumpet: [0.72, 0.2, 0.16],
  lantern: [0.4, 0.22, 0.15],
  book: [0.575, 0.11, 0.185],
  glasses: [0.86, 0.055, 0.01],
  hat: [0.93, 0.1, 0],
  crown: [0.95, 0.08, 0],
};

/** Where a book is held by who sits, and by a robot. */
const BOOK_OF_SEATED = [0.455, 0.11, 0.15] as const;
const BOOK_OF_ROBOT = [0.33, 0.24, 0.02] as const;

/** On a sitting cat, glasses and hats sit elsewhere than on people. */
const HELD_BY_CAT: typeof HELD = {
  glasses: [0.56, 0.22, 0],
  hat: [0.8, 0.3, 0],
  crown: [0.82, 0.26, 0],
};

/** Puts what somebody holds or wears where hands and heads are. */
export function handOver(place: Place, places: readonly Place[]): Place {
  const { subject } = place;
  const holder = places.find(
    (each) => each.subject.category === "figure" || isCat(each) || each.subject.motion === "eat",
  );
  if (holder === undefined || subject.count > 1 || holder === place) return place;
  const way = holder.flipped ? -1 : 1;
  if (subject.draw === "kite") return flyKite(place, holder);
  const [up, share, aside, tilt = 0] = grip(holder.subject, subject);
  if (share === 0) return place;
  const height = holder.height * share;
  const x = holder.x + way * aside * holder.height;
  const y = holder.y - up * holder.height;
  const depth = holder.depth + (subject.draw === "umbrella" ? -0.002 : 0.002);
  const flipped = holder.flipped;
  const held = subject.draw === "book" && holder.subject.draw === "person";
  return {
    ...place,
    subject: held ? { ...subject, motion: "held" } : subject,
    ...{ x, y, height, flipped, depth, tilt: tilt * way, medium: "worn" },
  };
}

/** A kite stands high before the one whose hand its string comes from. */
function flyKite(place: Place, holder: Place): Place {
  const way = holder.flipped ? -1 : 1;
  const hand = { x: holder.x + way * 0.13 * holder.height, y: holder.y - 0.63 * holder.height };
  const height = holder.height * 0.42;
  const x = hand.x + way * holder.height * 0.85;
  const y = hand.y - holder.height * 0.45;
  return { ...place, x, y, height, tether: hand, medium: "worn" };
}

/** At the mouth of an animal; people hold what they eat to theirs. */
function bite({ draw, kind }: Subject): readonly [number, number, number] {
  if (draw === "person") return [0.79, 0.09, 0.14];
  if (draw !== "beast") return [0, 0, 0];
  const { nose } = skeleton(beastBuild(kind), "stand");
  return [(98 - nose[1]) / 100 - 0.14, 0.22, (nose[0] + nose[2] + 4) / 100];
}

function grip(
  holder: Subject,
  { draw, category }: Subject,
): readonly [number, number, number, number?] {
  if (category === "food") return holder.motion === "eat" ? bite(holder) : [0, 0, 0];
  if (holder.category !== "figure") return HELD_BY_CAT[draw] ?? [0, 0, 0];
  if (draw === "book") {
    if (holder.motion === "sitread") return BOOK_OF_SEATED;
    if (holder.motion !== "read") return [0, 0, 0];
    if (holder.draw === "robot") return BOOK_OF_ROBOT;
  }
  return HELD[draw] ?? [0, 0, 0];
}

function isCat({ subject }: Place): boolean {
  return subject.kind === "cat" && subject.motion === null;
}
