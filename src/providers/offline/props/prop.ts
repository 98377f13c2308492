import type { Random } from "../chance.ts";
import type { Pen } from "../paint/canvas.ts";
import type { Lch } from "../paint/colour.ts";
import { drawBeast } from "./beast.ts";
import { drawBird } from "./bird.ts";
import { BUILDINGS } from "./buildings.ts";
import { CREATURES } from "./creatures.ts";
import { drawDragon } from "./dragon.ts";
import { FOODS } from "./foods.ts";
import type { Gait } from "./gait.ts";
import { OBJECTS } from "./objects.ts";
import { drawPerson } from "./person.ts";
import type { PoseName } from "./person-pose.ts";
import { drawPlant } from "./plants.ts";
import { type Drawing, drawingWidth, drawLights, drawShapes, tonesOf } from "./shapes.ts";
import { drawTree } from "./tree.ts";
import { ONCOMING, VARIANTS, VIADUCT, VIOLIN } from "./variants.ts";
import { VEHICLES } from "./vehicles.ts";

/** What is to be drawn: a painter with its variant, colour and pose. */
export interface PropArt {
  readonly draw: string;
  readonly kind: string;
  readonly colour: Lch | null;
  readonly motion: string | null;
  /** Phase of step or wing beat, 0 to 1. */
  readonly phase: number;
  readonly random: Random;
}

/** Every drawing by its name; variants of a painter stand under the variant's name. */
const DRAWINGS: Readonly<Record<string, Drawing>> = {
  ...OBJECTS,
  ...FOODS,
  ...VEHICLES,
  ...BUILDINGS,
  ...CREATURES,
  ...VARIANTS,
  ...ONCOMING,
  violin: VIOLIN,
  viaduct: VIADUCT,
};

/** The drawing of a thing in what it does. */
function drawingOf({ draw, kind, motion }: Pick<PropArt, "draw" | "kind" | "motion">) {
  return (
    DRAWINGS[`${draw}_${motion}`] ??
    DRAWINGS[`${kind}_${motion}`] ??
    DRAWINGS[kind] ??
    DRAWINGS[draw]
  );
}

/** How wide a prop is, in hundredths of its height. */
export function propWidth(art: PropArt): number {
  const { draw, kind, motion } = art;
  if (isSittingCat({ draw, kind, motion })) return 110;
  if (draw === "beast")
    return kind === "crocodile" ? 420 : kind === "mouse" || kind === "squirrel" ? 190 : 230;
  if (draw === "dragon") return motion === "fight" ? 370 : 256;
  if (draw === "bird") return 170;
  if (draw === "person") return 100;
  if (draw === "tree") return 120;
  if (draw === "flower" || draw === "wheat" || draw === "corn") return 110;
  const drawing = drawingOf(art);
  return drawing === undefined ? 130 : drawingWidth(drawing) * 1.06;
}

/** Whether there is a painter for it. */
export function canDraw(draw: string, kind: string): boolean {
  return PAINTED.has(draw) || kind in DRAWINGS || draw in DRAWINGS;
}

const PAINTED = new Set([
  "beast",
  "dragon",
  "bird",
  "person",
  "tree",
  "flower",
  "mushroom",
  "cactus",
  "bamboo",
  "bush",
  "wheat",
  "corn",
]);

/** Draws a prop, 100 high, its foot on y = 100, its middle on x = 0, looking to the right. */
export function drawProp(pen: Pen, art: PropArt): void {
  const tones = tonesOf(art.colour ?? [0.55, 0.12, 40]);
  const { draw, kind, motion, random } = art;
  if (isSittingCat(art)) drawShapes(pen, CREATURES.kitty ?? "", tones);
  else if (draw === "beast")
    drawBeast(pen, { kind, tones, random, gait: gaitOf(motion), phase: art.phase });
  else if (draw === "dragon")
    drawDragon(pen, {
      body: tones.b ?? [0.45, 0.15, 25],
      flap: motion === "fly" ? art.phase : null,
      fire: motion === "fight" ? art.phase : null,
    });
  else if (draw === "bird")
    drawBird(pen, { kind, tones, flap: motion === "fly" ? art.phase : null });
  else if (draw === "person") {
    const variant = Math.floor(random() * 4);
    drawPerson(pen, {
      kind,
      tones,
      variant,
      coloured: art.colour !== null,
      pose: poseOf(motion, kind),
      phase: art.phase,
    });
  } else if (draw === "tree") drawTree(pen, { kind, tones, random });
  else if (PAINTED.has(draw)) drawPlant(pen, { draw, kind, tones, random });
  else {
    const drawing = drawingOf(art);
    if (drawing !== undefined) drawShapes(pen, drawing, tones);
  }
}

/** A cat that does not walk sits and looks at the viewer, as cats do. */
function isSittingCat({ draw, kind, motion }: Pick<PropArt, "draw" | "kind" | "motion">): boolean {
  return draw === "beast" && kind === "cat" && motion === null;
}

/** Draws the lit windows and lamps of a prop alone, for the night. */
export function drawPropLights(pen: Pen, art: PropArt): void {
  const { draw, colour } = art;
  const drawing = drawingOf(art);
  if (drawing !== undefined && !PAINTED.has(draw))
    drawLights(pen, drawing, tonesOf(colour ?? [0.5, 0.1, 40]));
}

function gaitOf(motion: string | null): Gait {
  if (motion === "run" || motion === "jump") return "run";
  if (motion === "sleep" || motion === "sit") return "lie";
  if (motion === "howl") return "howl";
  return motion === "walk" || motion === "dance" ? "walk" : "stand";
}

/** What is done by people of a sort when nothing else is said. */
const USUAL: Readonly<Record<string, PoseName>> = {
  dancer: "ballet",
  runner: "run",
  wizard: "cast",
  knight: "stand",
};

const POSES: Readonly<Record<string, PoseName>> = {
  ...{ run: "run", walk: "walk", sit: "sit", ride: "ride", row: "row", read: "read" },
  ...{ fight: "fight", fish: "fish", play: "play", hold: "hold", jump: "jump", wave: "wave" },
  ...{ fly: "fly", sitread: "sitread", dance: "dance", cast: "cast", sleep: "sit", eat: "eat" },
};

function poseOf(motion: string | null, kind: string): PoseName {
  if (kind === "witch" && motion === "fly") return "broom";
  if (kind === "dancer" && (motion === null || motion === "dance")) return "ballet";
  return POSES[motion ?? ""] ?? USUAL[kind] ?? "stand";
}
