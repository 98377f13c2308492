import type { Pen } from "../paint/canvas.ts";
import { type Lch, shift } from "../paint/colour.ts";
import { drawBlob, drawLimb, drawLine, drawOval, drawShape } from "./limb.ts";
import type { Outfit } from "./outfits.ts";

/** A head to put a hat on: its middle and its radius. */
export interface HatPlace {
  readonly outfit: Outfit;
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

/** Draws what somebody wears on the head, if anything. */
export function drawHat(pen: Pen, place: HatPlace): void {
  const { hat } = place.outfit;
  HATS[hat === "cap" ? "straw" : (hat ?? "")]?.(pen, place);
}

const GOLD: Lch = [0.84, 0.15, 88];

const HATS: Readonly<Record<string, (pen: Pen, place: HatPlace) => void>> = {
  tricorn: (pen, { x, y, r }) => {
    drawOval(pen, [0.2, 0.02, 280], [x, y - r * 0.95, r * 0.9, r * 0.62]);
    drawBlob(
      pen,
      [0.16, 0.02, 280],
      [
        [x - r * 1.7, y - r * 1.25],
        [x - r * 0.9, y - r * 1.1],
        [x, y - r * 1.75],
        [x + r * 0.9, y - r * 1.1],
        [x + r * 1.8, y - r * 1.25],
        [x + r * 1.1, y - r * 0.45],
        [x - r * 1.1, y - r * 0.45],
      ],
    );
    drawLine(pen, { colour: GOLD, wide: r * 0.1 }, [
      [x - r * 1.4, y - r * 1],
      [x, y - r * 0.62],
      [x + r * 1.5, y - r * 1],
    ]);
    drawOval(pen, [0.96, 0.01, 90], [x + r * 0.1, y - r * 1.12, r * 0.26, r * 0.24]);
  },
  witch: drawPointedHat,
  wizard: (pen, place) => {
    drawPointedHat(pen, place);
    drawBeard(pen, place);
  },
  crown: (pen, { x, y, r }) => {
    const foot = y - r * 0.72;
    drawShape(pen, GOLD, [
      [x - r * 0.98, foot],
      [x - r * 1.12, foot - r * 1.0],
      [x - r * 0.52, foot - r * 0.46],
      [x, foot - r * 1.25],
      [x + r * 0.52, foot - r * 0.46],
      [x + r * 1.12, foot - r * 1.0],
      [x + r * 0.98, foot],
      [x, foot + r * 0.2],
    ]);
    drawLine(pen, { colour: [0.66, 0.13, 70], wide: r * 0.16 }, [
      [x - r * 0.96, foot - r * 0.06],
      [x, foot + r * 0.12],
      [x + r * 0.96, foot - r * 0.06],
    ]);
    for (const [dx, dy, tone] of [
      [-1.12, -1.06, [0.95, 0.02, 90]],
      [0, -1.32, [0.95, 0.02, 90]],
      [1.12, -1.06, [0.95, 0.02, 90]],
      [-0.5, -0.12, [0.5, 0.17, 255]],
      [0, -0.3, [0.55, 0.22, 25]],
      [0.5, -0.12, [0.5, 0.17, 255]],
    ] as const)
      drawOval(pen, tone, [x + dx * r, foot + dy * r, r * 0.12, r * 0.12]);
  },
  helmet: (pen, { x, y, r }) => {
    drawOval(pen, [0.7, 0.01, 250], [x, y - r * 0.1, r * 1.15, r * 1.25]);
    drawShape(
      pen,
      [0.15, 0.01, 260],
      [
        [x - r * 0.2, y],
        [x + r * 1.1, y],
        [x + r * 1.1, y + r * 0.24],
        [x - r * 0.2, y + r * 0.24],
      ],
    );
    drawLimb(
      pen,
      [0.52, 0.22, 25],
      [
        [x, y - r * 1.2, r * 0.3],
        [x - r, y - r * 1.9, r * 0.4],
        [x - r * 1.7, y - r * 1.2, r * 0.2],
      ],
    );
  },
  straw: (pen, { outfit, x, y, r }) => {
    const tone: Lch = outfit.hat === "straw" ? [0.84, 0.1, 88] : [0.56, 0.2, 27];
    drawOval(pen, tone, [x, y - r * 0.75, r, r * 0.6]);
    drawOval(pen, shift(tone, [-0.07, 1, 0]), [
      x + (outfit.hat === "cap" ? r * 0.9 : 0),
      y - r * 0.5,
      r * (outfit.hat === "cap" ? 0.8 : 1.9),
      r * 0.22,
    ]);
  },
  cook: (pen, { x, y, r }) => {
    for (const dx of [-0.6, 0, 0.6])
      drawOval(pen, [0.97, 0.01, 90], [x + dx * r, y - r * 1.7, r * 0.62, r * 0.6]);
    drawShape(
      pen,
      [0.93, 0.01, 90],
      [
        [x - r * 0.9, y - r * 0.6],
        [x - r * 0.8, y - r * 1.7],
        [x + r * 0.8, y - r * 1.7],
        [x + r * 0.9, y - r * 0.6],
      ],
    );
  },
  bubble: (pen, { x, y, r }) => {
    drawOval(pen, [0.93, 0.01, 250], [x, y, r * 1.55, r * 1.55]);
    drawOval(pen, [0.3, 0.08, 250], [x + r * 0.25, y + r * 0.05, r * 1.1, r * 1]);
    drawOval(pen, [0.75, 0.08, 230], [x + r * 0.5, y - r * 0.35, r * 0.42, r * 0.26, -0.5]);
  },
  santa: (pen, { x, y, r }) => {
    drawShape(
      pen,
      [0.55, 0.21, 27],
      [
        [x - r * 1.1, y - r * 0.5],
        [x + r * 0.2, y - r * 2.2],
        [x + r * 1.8, y - r * 0.9],
        [x + r, y - r * 0.5],
      ],
    );
    drawLimb(
      pen,
      [0.97, 0.01, 90],
      [
        [x - r, y - r * 0.5, r * 0.32],
        [x + r, y - r * 0.5, r * 0.32],
      ],
    );
    drawOval(pen, [0.97, 0.01, 90], [x + r * 1.8, y - r * 0.8, r * 0.4, r * 0.4]);
    drawOval(pen, [0.95, 0.01, 90], [x + r * 0.2, y + r * 0.95, r * 0.7, r * 0.65]);
  },
  halo: (pen, { x, y, r }) => {
    drawOval(pen, [0.92, 0.13, 92], [x, y - r * 1.7, r * 1.1, r * 0.26]);
    drawOval(pen, [0.7, 0.05, 240], [x, y - r * 1.7, r * 0.85, r * 0.14]);
  },
  horns: (pen, { x, y, r }) => {
    drawOval(pen, [0.22, 0.03, 20], [x, y - r * 0.5, r * 1.2, r * 0.8]);
    drawLimb(pen, GOLD, [
      [x + r * 0.4, y - r, r * 0.2],
      [x + r * 1.1, y - r * 2, r * 0.1],
    ]);
    drawLimb(pen, GOLD, [
      [x - r * 0.4, y - r, r * 0.2],
      [x - r * 1.1, y - r * 2, r * 0.1],
    ]);
  },
};

function drawPointedHat(pen: Pen, { outfit, x, y, r }: HatPlace): void {
  drawShape(pen, outfit.top, [
    [x - r * 1.2, y - r * 0.5],
    [x - r * 0.4, y - r * 3.2],
    [x + r * 1.2, y - r * 0.6],
  ]);
  drawOval(pen, shift(outfit.top, [-0.06, 1, 0]), [x, y - r * 0.5, r * 1.9, r * 0.36, -0.05]);
}

/** From the cheeks to a point, with a moustache. */
function drawBeard(pen: Pen, { outfit, x, y, r }: HatPlace): void {
  const beard = shift(outfit.hair, [-0.03, 1, 0]);
  drawBlob(pen, beard, [
    [x - r * 0.5, y + r * 0.5],
    [x + r * 0.25, y + r * 0.72],
    [x + r * 0.98, y + r * 0.5],
    [x + r * 1.02, y + r * 1.2],
    [x + r * 0.6, y + r * 2.3],
    [x + r * 0.3, y + r * 3.1],
    [x - r * 0.1, y + r * 2.2],
    [x - r * 0.48, y + r * 1.2],
  ]);
  for (const side of [-1, 1])
    drawLimb(pen, outfit.hair, [
      [x + r * (0.27 + side * 0.06), y + r * 0.56, r * 0.12],
      [x + r * (0.27 + side * 0.5), y + r * 0.72, r * 0.05],
    ]);
}
