import type { Random } from "../chance.ts";
import type { Pen } from "../paint/canvas.ts";
import type { Lch } from "../paint/colour.ts";
import { drawBeast } from "./beast.ts";
import { drawBird } from "./bird.ts";
import { BUILDINGS } from "./buildings.ts";
import { CREATURES } from "./creatures.ts";
import { FOODS } from "./foods.ts";
import { OBJECTS } from "./objects.ts";
import { drawPerson, type PersonArt } from "./person.ts";
import { drawPlant } from "./plants.ts";
import { type Drawing, drawingWidth, drawLights, drawShapes, tonesOf } from "./shapes.ts";
import { drawTree } from "./tree.ts";
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
};

/** How wide a prop is, in hundredths of its height. */
export function propWidth({ draw, kind, motion }: PropArt): number {
  if (isSittingCat({ draw, kind, motion })) return 110;
  if (draw === "beast")
    return kind === "crocodile" ? 420 : kind === "mouse" || kind === "squirrel" ? 190 : 230;
  if (draw === "bird") return 170;
  if (draw === "person") return motion === "dance" ? 100 : 90;
  if (draw === "tree") return 120;
  if (draw === "flower" || draw === "wheat") return 110;
  const drawing = DRAWINGS[kind] ?? DRAWINGS[draw];
  return drawing === undefined ? 130 : drawingWidth(drawing) * 1.06;
}

/** Whether there is a painter for it. */
export function canDraw(draw: string, kind: string): boolean {
  return PAINTED.has(draw) || kind in DRAWINGS || draw in DRAWINGS;
}

const PAINTED = new Set([
  "beast",
  "bird",
  "person",
  "tree",
  "flower",
  "mushroom",
  "cactus",
  "bamboo",
  "bush",
  "wheat",
]);

/** Draws a prop, 100 high, its foot on y = 100, its middle on x = 0, looking to the right. */
export function drawProp(pen: Pen, art: PropArt): void {
  const tones = tonesOf(art.colour ?? [0.55, 0.12, 40]);
  const { draw, kind, motion, random } = art;
  const moving = motion === "walk" || motion === "run";
  if (isSittingCat(art)) drawShapes(pen, CREATURES.kitty ?? "", tones);
  else if (draw === "beast")
    drawBeast(pen, { kind, tones, random, step: moving ? art.phase : null });
  else if (draw === "bird")
    drawBird(pen, { kind, tones, flap: motion === "fly" ? art.phase : null });
  else if (draw === "person") {
    const variant = Math.floor(random() * 4);
    drawPerson(pen, {
      kind,
      tones,
      variant,
      coloured: art.colour !== null,
      step: moving || motion === "dance" ? art.phase : null,
      pose: poseOf(motion, kind),
    });
  } else if (draw === "tree") drawTree(pen, { kind, tones, random });
  else if (PAINTED.has(draw)) drawPlant(pen, { draw, kind, tones, random });
  else {
    const drawing = DRAWINGS[kind] ?? DRAWINGS[draw];
    if (drawing !== undefined) drawShapes(pen, drawing, tones);
  }
}

/** A cat that does not walk sits and looks at the viewer, as cats do. */
function isSittingCat({ draw, kind, motion }: Pick<PropArt, "draw" | "kind" | "motion">): boolean {
  return draw === "beast" && kind === "cat" && motion === null;
}

/** Draws the lit windows and lamps of a prop alone, for the night. */
export function drawPropLights(pen: Pen, { draw, kind, colour }: PropArt): void {
  const drawing = DRAWINGS[kind] ?? DRAWINGS[draw];
  if (drawing !== undefined && !PAINTED.has(draw))
    drawLights(pen, drawing, tonesOf(colour ?? [0.5, 0.1, 40]));
}

function poseOf(motion: string | null, kind: string): PersonArt["pose"] {
  if (kind === "dancer") return "dance";
  if (kind === "runner") return "run";
  if (motion === "run" || motion === "jump") return "run";
  return motion === "walk" || motion === "sit" || motion === "dance" ? motion : "stand";
}
