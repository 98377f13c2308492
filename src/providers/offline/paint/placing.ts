import { between } from "../chance.ts";
import { propWidth } from "../props/prop.ts";

import { SETTINGS } from "../scene/settings.ts";
import type { Subject } from "../scene/subjects.ts";
import { faceFoe, handOver, joinPlace } from "./joining.ts";
import type { Place } from "./place.ts";
import { windowOf } from "./room-window.ts";
import { spaceOut } from "./spacing.ts";
import type { Stage } from "./stage.ts";

const FLIERS = new Set([
  "airplane",
  "helicopter",
  "airballoon",
  "kite",
  "ufo",
  "butterfly",
  "bee",
  "dragon",
  "rocket",
  "spaceship",
]);
const SWIMMERS = new Set(["boat", "fish", "submarine", "origami"]);
const WATER_BIRDS = new Set(["duck", "swan"]);

/** Height beside the short side of the frame, for the first subject of each sort. */
const HEIGHTS: Readonly<Record<string, number>> = {
  animal: 0.4,
  figure: 0.56,
  vehicle: 0.3,
  building: 0.5,
  plant: 0.52,
  object: 0.44,
  food: 0.46,
};

/** Decides where everything stands: the hero off the middle, on the side away from the sun. */
export function placeSubjects(stage: Stage): Place[] {
  const { plan } = stage;
  const places: Place[] = [];
  const order = [...plan.subjects].sort((a, b) => rankOf(b) - rankOf(a));
  order.forEach((subject) => {
    const isHero = subject === plan.subjects[0];
    const slot = plan.subjects.indexOf(subject);
    places.push(...placeCopies(stage, { subject, slot, isHero }));
  });
  const hung = spaceOut(
    stage,
    places.map((place) => faceFoe(stage, { place: comeOn(stage, hang(stage, place)), places })),
  );
  return hung
    .map((place) => joinPlace(place, hung))
    .map((place, _, joined) => keepInside(stage, handOver(place, joined)))
    .sort((a, b) => a.depth - b.depth);
}

/** What belongs to a window, a wall or a ceiling goes there. */
function hang(stage: Stage, place: Place): Place {
  const { subject } = place;
  const { plan, height, width, horizonY } = stage;
  if (SETTINGS[plan.setting].scene !== "interior") return place;
  if (subject.draw === "door") {
    const tall = horizonY * 0.82;
    return { ...place, height: tall, y: horizonY + height * 0.012, depth: 0.42 };
  }
  if (subject.motion === "hang") {
    const high = Math.min(place.height, height * 0.2);
    return { ...place, height: high, y: height * 0.13 + high, medium: "worn", depth: 0.6 };
  }
  if (plan.has.windowsill === undefined || subject !== plan.subjects[0]) return place;
  const { x, sill, high } = windowOf(stage);
  const tall = Math.min(place.height, high * 0.86);
  return { ...place, x: x * width, y: sill, height: tall, medium: "worn", depth: 0.41 };
}

const ROADS: ReadonlySet<string> = new Set(["street", "road"]);

/** On a road that leads into the distance, a car comes towards the viewer. */
function comeOn(stage: Stage, place: Place): Place {
  const { plan, width, height, horizonY } = stage;
  const { subject } = place;
  const alone = subject.count === 1 && subject.draw === "car" && subject.kind !== "tractor";
  if (!alone || !ROADS.has(plan.setting)) return place;
  const kind = subject.kind === "truck" ? "bus" : subject.kind;
  const vanish = plan.setting === "road" ? 0.5 : plan.sun.x > 0.5 ? 0.54 : 0.46;
  const tall = Math.min(width, height) * ({ bus: 0.5, sedan: 0.36 }[kind] ?? 0.3) * subject.size;
  return {
    ...place,
    subject: { ...subject, kind, motion: "front" },
    x: width * (plan.subjects.length > 1 ? vanish + 0.06 : vanish),
    y: horizonY + (height - horizonY) * 0.76,
    height: tall,
    flipped: false,
    depth: 1.05,
  };
}

/** What is held up stays in the picture. */
function keepInside({ width }: Stage, place: Place): Place {
  const { subject, height, medium } = place;
  if (medium !== "worn" || (subject.draw !== "kite" && subject.draw !== "balloons")) return place;
  const x = Math.min(width * 0.9, Math.max(width * 0.1, place.x));
  return { ...place, x, y: Math.max(place.y, height * 1.04) };
}

/** Big things stand behind small ones. */
function rankOf(subject: Subject): number {
  return { building: 4, plant: 3, vehicle: 2, figure: 1, animal: 1 }[subject.category] ?? 0;
}

interface Slot {
  readonly subject: Subject;
  readonly slot: number;
  readonly isHero: boolean;
}

function placeCopies(stage: Stage, slot: Slot): Place[] {
  const { subject } = slot;
  const { plan } = stage;
  const count = Math.min(subject.count, 40);
  const medium = mediumOf(stage, subject);
  const height = heightOf(stage, slot, medium);
  const random = stage.chance(`place-${subject.id}`);
  const middle = middleOf(stage, slot);
  const wide = (propWidth({ ...subject, phase: 0, random }) / 100) * height;
  const share = plan.subjects.length > 1 ? 0.46 : 0.96;
  const free = count < 9 ? stage.width * share - wide : stage.width * 0.96;
  const span = Math.min(
    Math.max(free, wide * 0.7 * Math.min(3, count - 1)),
    wide * count * (count <= 1 ? 0 : count > 8 ? 0.45 : 0.92),
  );
  return Array.from({ length: count }, (_, index) => {
    const share = shareOf(index, { count, subject, random });
    const jitter = count > 1 ? between(random, -0.1, 0.1) / count : 0;
    const edge = Math.min(stage.width / 2, span / 2 + wide * 0.5);
    const centre = Math.min(stage.width - edge, Math.max(edge, middle * stage.width));
    const x = centre + (share - 0.5 + jitter) * span;
    const far = count > FIELD_FROM && subject.category === "plant";
    const lower = far ? (index / count) * 2.3 - 0.8 : count > 1 ? between(random, -0.5, 0.5) : 0;
    const { y, depth } = footOf(stage, { slot, medium, height, lower });
    const tall = height * (1 + lower * (far ? 0.5 : 0.16));
    return {
      subject,
      name: `${subject.id}-${index}`,
      x,
      y,
      height: medium === "ground" ? Math.min(tall, peakOf(subject) * y) : tall,
      flipped: facesLeft(stage, { x, subject, random: random() }),
      depth: depth + lower * 0.04 + index * 0.0001,
      medium,
    };
  });
}

/** How much of the room above its foot a building takes: in wide frames towers would be cut. */
function peakOf({ category, draw }: Subject): number {
  if (category !== "building") return Number.POSITIVE_INFINITY;
  return draw === "windmill" ? 0.8 : 0.95;
}

/** More plants than these are a field, which reaches into the distance. */
const FIELD_FROM = 16;

interface Row {
  readonly count: number;
  readonly subject: Subject;
  readonly random: () => number;
}

function shareOf(index: number, { count, subject, random }: Row): number {
  if (count === 1) return 0.5;
  if (count <= FIELD_FROM || subject.category !== "plant") return index / (count - 1);
  // Golden steps cover a field evenly without showing rows.
  return (index * 0.618 + random() * 0.06) % 1;
}

function mediumOf({ plan }: Stage, subject: Subject): Place["medium"] {
  const { scene, ground } = SETTINGS[plan.setting];
  if (scene === "undersea")
    return ["crab", "snail", "turtle", "beast"].includes(subject.draw) ? "ground" : "float";
  if (plan.setting === "space" || scene === "sky" || scene === "abstract") return "float";
  if (FLIERS.has(subject.draw) && ["land", "forest", "street", "sky"].includes(scene)) return "air";
  if (subject.category === "figure" && subject.motion === "fly" && scene === "land") return "air";
  if (subject.draw === "bird" && plan.has.branch !== undefined) return "ground";
  if (subject.draw === "bird" && subject.motion === "fly") return "air";
  const swims =
    SWIMMERS.has(subject.draw) ||
    WATER_BIRDS.has(subject.kind) ||
    subject.motion === "swim" ||
    subject.kind === "lotus";
  const wades = plan.has.shallows !== undefined && subject.category !== "building";
  return ground === "water" && (swims || wades) ? "water" : "ground";
}

/** What reaches from one side of the picture to the other. */
const SPANNING: ReadonlySet<string> = new Set(["viaduct", "fence"]);

const APART: ReadonlySet<string> = new Set(["fights", "leans", "inside"]);

/** Whether it takes no room of its own: what is ridden, held or sat upon does. */
function isJoined({ relation, draw }: Subject): boolean {
  if (relation !== null && !APART.has(relation.how)) return true;
  return ["umbrella", "book", "violin", "guitar", "flag"].includes(draw);
}

function heightOf(stage: Stage, { subject, slot, isHero }: Slot, medium: Place["medium"]): number {
  const { plan, width, height } = stage;
  const short = Math.min(width, height * 1.15);
  const hero = plan.subjects[0] ?? subject;
  const scene = SETTINGS[plan.setting].scene;
  const base = HEIGHTS[subject.category] ?? 0.4;
  const slim = [
    "tower",
    "lighthouse",
    "rocket",
    "skyscraper",
    "eiffel",
    "ferris",
    "pagoda",
    "windmill",
  ].includes(subject.draw)
    ? 1.22
    : 1;
  const least = subject.category === "object" || subject.category === "food" ? 0.36 : 0.48;
  const relative = isHero
    ? 1
    : Math.min(1.25, Math.max(least, (subject.metres / hero.metres) ** 0.36)) *
      (slot === 1 ? 0.92 : 0.8);
  const bed = !isHero && subject.category === "plant" && subject.count > FIELD_FROM ? 0.56 : 1;
  const near = plan.moves.includes("in")
    ? 1.25
    : plan.moves.includes("out") || plan.moves.includes("aerial")
      ? 0.7
      : 1;
  const bust = scene === "backdrop" && subject.category === "figure";
  const close = bust ? 3.1 : scene === "backdrop" ? 1.6 : 1;
  const apart = plan.subjects.filter((each) => !isJoined(each));
  const total = apart.reduce((sum, each) => sum + Math.min(4, each.count), 0);
  const crowded = apart.length > 1 ? Math.min(1, Math.max(0.55, 1.7 / Math.sqrt(total + 0.9))) : 1;
  const air = medium === "air" ? 0.85 : 1;
  const wanted = short * base * slim * relative * near * close * air * crowded * bed * subject.size;
  const wide = propWidth({ ...subject, phase: 0, random: () => 0 }) / 100;
  const room =
    (width * (SPANNING.has(subject.draw) ? 1.16 : subject.count > 1 ? 0.94 : 0.66)) /
    (wide * Math.max(1, Math.min(subject.count, 6) * (subject.draw === "tree" ? 0.5 : 0.92)));
  const high = subject.category === "building" ? 0.86 : 0.6;
  if (plan.has.hilltop !== undefined && isHero) return Math.min(wanted * high, room);
  if (scene === "backdrop" && subject.category === "plant") return height * 1.3;
  return Math.min(wanted, bust ? wanted : room, height * (bust ? 2.2 : 0.8));
}

function middleOf({ plan }: Stage, { slot, subject }: Slot): number {
  const { scene } = SETTINGS[plan.setting];
  if (SPANNING.has(subject.draw)) return 0.5;
  if (plan.backlit) return plan.sun.x;
  const centred = ["table", "stage", "backdrop", "corridor", "abstract"].includes(scene);
  const alone = plan.subjects.length === 1;
  if (alone) return centred ? 0.5 : plan.sun.x > 0.5 ? 0.38 : 0.62;
  const away =
    plan.sun.x > 0.5 ? [0.36, 0.68, 0.5, 0.16, 0.86, 0.58] : [0.64, 0.32, 0.5, 0.84, 0.14, 0.42];
  return away[slot % away.length] ?? 0.5;
}

interface Foot {
  readonly slot: Slot;
  readonly medium: Place["medium"];
  readonly height: number;
  readonly lower: number;
}

function footOf(stage: Stage, { slot, medium, height, lower }: Foot): { y: number; depth: number } {
  const { horizonY, plan } = stage;
  const deep = stage.height - horizonY;
  const { scene } = SETTINGS[plan.setting];
  if (medium === "air" && plan.backlit)
    return { y: stage.height * (plan.sun.y + lower * 0.14) + height * 0.5, depth: 0.7 };
  if (medium === "air")
    return { y: horizonY * (0.42 + slot.slot * 0.16 + lower * 0.3) + height * 0.5, depth: 0.7 };
  if (medium === "float")
    return {
      y: stage.height * (0.5 + (slot.slot % 2) * 0.12 + lower * 0.5) + height * 0.5,
      depth: 0.9,
    };
  if (medium === "water")
    return { y: horizonY + deep * (0.26 + lower * 0.2 + slot.slot * 0.1), depth: 0.75 };
  if (scene === "table")
    return { y: horizonY + deep * (0.36 + (slot.slot % 3) * 0.13 + lower * 0.16), depth: 1 };
  if (scene === "backdrop")
    return {
      y:
        slot.subject.category === "figure"
          ? stage.height * 0.2 + height * 0.95
          : slot.subject.category === "plant"
            ? stage.height * 1.38
            : stage.height * 0.9,
      depth: 1,
    };
  if (plan.has.branch !== undefined && slot.subject.draw === "bird")
    return { y: stage.height * 0.62 + lower * height * 0.1, depth: 1 };
  if (plan.has.hilltop !== undefined && slot.isHero)
    return { y: horizonY - stage.height * 0.09, depth: 0.6 };
  // Nothing stands in the sea behind a beach.
  const least = plan.setting === "beach" ? 0.44 + Math.max(0, -lower) * 0.26 : 0;
  const own = { building: 0.22, plant: 0.3, vehicle: 0.5 }[slot.subject.category] ?? 0.56;
  const share = Math.max(least, own);
  return {
    y: horizonY + deep * (share + lower * 0.26 + slot.slot * 0.05),
    depth: 0.55 + share * 0.7,
  };
}

function facesLeft(
  stage: Stage,
  {
    x,
    subject,
    random,
  }: { readonly x: number; readonly subject: Subject; readonly random: number },
): boolean {
  if (["building", "plant", "object", "food"].includes(subject.category)) return false;
  const together = subject.motion === "run" || subject.motion === "walk";
  if (subject.count > (together ? 1 : 3)) return stage.plan.sun.x < 0.5;
  return x > stage.width * 0.56 || (x > stage.width * 0.44 && random < 0.5);
}
