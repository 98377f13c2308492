import type { Pen } from "../paint/canvas.ts";
import { type Lch, shift } from "../paint/colour.ts";
import { drawBlob, drawLimb, drawLine, drawOval, drawShape } from "./limb.ts";
import type { PersonParts } from "./person-parts.ts";

const WOOD: Lch = [0.36, 0.07, 55];
const STEEL: Lch = [0.86, 0.012, 240];
const GOLD: Lch = [0.78, 0.13, 85];

/** What is worn on the back or held on the far side. */
export function drawGearBehind(pen: Pen, parts: PersonParts): void {
  const { outfit, pose, art } = parts;
  const [x, y] = pose.neck;
  if (outfit.prop === "wings") drawWings(pen, parts);
  if (outfit.prop === "pack") {
    const tone: Lch = outfit.hat === "bubble" ? [0.8, 0.01, 250] : [0.4, 0.08, 60];
    drawLimb(pen, tone, [
      [x - 8, y + 7, 5],
      [x - 8.5, y + 22, 6],
    ]);
  }
  if (outfit.prop === "staff") {
    const [hx, hy] = pose.far.hand;
    drawLimb(pen, WOOD, [
      [hx - 1, hy - 28, 1.3],
      [hx, hy, 1.2],
      [hx - 1, 97, 1.1],
    ]);
    pen.fillStyle = pen.createRadialGradient(hx - 1, hy - 31, 0, hx - 1, hy - 31, 11);
    glowDot(pen, [hx - 1, hy - 31, 11]);
    drawOval(pen, [0.86, 0.11, 205], [hx - 1, hy - 31, 3.8, 4.2]);
  }
  if (art.pose === "row") drawOar(pen, pose.far.hand, -1);
  if (art.pose === "broom") drawBroom(pen);
}

function drawBroom(pen: Pen): void {
  drawLimb(pen, WOOD, [
    [-30, 73, 1.5],
    [10, 65, 1.5],
    [44, 54, 1.3],
  ]);
  for (let twig = 0; twig < 9; twig += 1)
    drawLimb(pen, shift([0.66, 0.1, 75], [(twig % 3) * -0.06, 1, 0]), [
      [-28, 72, 1.6],
      [-40, 70 + twig * 1.4, 1.4],
      [-50, 66 + twig * 2.6, 0.5],
    ]);
}

function glowDot(pen: Pen, [x, y, r]: readonly [number, number, number]): void {
  const fill = pen.createRadialGradient(x, y, 0, x, y, r);
  fill.addColorStop(0, "rgba(190,245,255,.85)");
  fill.addColorStop(1, "rgba(120,210,255,0)");
  pen.fillStyle = fill;
  pen.fillRect(x - r, y - r, r * 2, r * 2);
}

/** What is held in the near hand or stands before the body. */
export function drawGear(pen: Pen, parts: PersonParts): void {
  const { outfit, pose, art } = parts;
  const [x, y] = pose.near.hand;
  if (outfit.prop === "sword") drawSword(pen, parts);
  else if (outfit.prop === "cane" && art.pose === "stand")
    drawLine(pen, { colour: WOOD, wide: 2 }, [
      [x + 5, y - 1],
      [x + 2, y - 3],
      [x + 1.4, y + 4],
      [x + 3, 97.5],
    ]);
  else if (outfit.prop === "mic") {
    drawLimb(
      pen,
      [0.5, 0.01, 260],
      [
        [11, 26, 0.8],
        [13, 98, 0.8],
      ],
    );
    drawOval(pen, [0.2, 0.01, 260], [10, 23, 2.4, 2.8]);
  }
  if (art.pose === "cast") glowDot(pen, [x + 4, y - 4, 9]);
  if (art.pose === "row") drawOar(pen, pose.near.hand, 1);
  if (art.pose === "fish") {
    drawLine(pen, { colour: WOOD, wide: 1.1 }, [
      [x - 8, y + 6],
      [x + 12, y - 22],
      [x + 34, y - 38],
    ]);
    drawLine(pen, { colour: [0.9, 0.01, 90], wide: 0.35 }, [
      [x + 34, y - 38],
      [x + 36, 70],
      [x + 36, 100],
    ]);
  }
}

/** Low at rest, forward in a fight, with a shield on the other arm. */
function drawSword(pen: Pen, { pose, art, outfit }: PersonParts): void {
  const fights = art.pose === "fight";
  if (fights && outfit.hat === "helmet") {
    const [sx, sy] = pose.far.hand;
    drawBlob(pen, shift(outfit.cape ?? GOLD, [-0.04, 1, 0]), [
      [sx - 9, sy - 12],
      [sx, sy - 14],
      [sx + 9, sy - 12],
      [sx + 9, sy + 4],
      [sx, sy + 17],
      [sx - 9, sy + 4],
    ]);
    drawLine(pen, { colour: GOLD, wide: 1.6 }, [
      [sx, sy - 12],
      [sx, sy + 12],
    ]);
    drawLine(pen, { colour: GOLD, wide: 1.6 }, [
      [sx - 7, sy - 4],
      [sx + 7, sy - 4],
    ]);
  }
  const [x, y] = pose.near.hand;
  pen.save();
  pen.translate(x + 1.5, y + 1);
  pen.rotate(fights ? 0.72 : 2.75);
  drawShape(pen, STEEL, [
    [-1.5, -3],
    [1.5, -3],
    [1.2, -36],
    [0, -40],
    [-1.2, -36],
  ]);
  drawShape(pen, shift(STEEL, [-0.16, 1, 0]), [
    [0, -3],
    [1.5, -3],
    [1.2, -36],
    [0, -40],
  ]);
  drawLimb(pen, GOLD, [
    [-5, -3, 1.1],
    [5, -3, 1.1],
  ]);
  drawLimb(pen, WOOD, [
    [0, -2, 1],
    [0, 4, 1],
  ]);
  drawOval(pen, GOLD, [0, 5, 1.5, 1.5]);
  pen.restore();
}

/** From the hand over the gunwale into the water. */
function drawOar(pen: Pen, [x, y]: readonly [number, number], side: 1 | -1): void {
  const tone = side === 1 ? ([0.62, 0.09, 65] as const) : ([0.48, 0.08, 60] as const);
  const [endX, endY] = side === 1 ? [x - 34, 114] : [x + 34, 104];
  drawLimb(pen, tone, [
    [x, y, 1.1],
    [endX, endY, 1],
  ]);
  drawLimb(pen, tone, [
    [endX, endY, 1.4],
    [endX - side * 6, endY + 7, 2.6],
    [endX - side * 9, endY + 10.5, 1.6],
  ]);
}

function drawWings(pen: Pen, { pose }: PersonParts): void {
  const [x, y] = pose.neck;
  const feather: Lch = [0.97, 0.01, 90];
  for (const side of [-1, 1])
    for (let row = 0; row < 6; row += 1) {
      const long = 34 - row * 2;
      drawLimb(pen, shift(feather, [-0.02 * (row % 3), 1, 0]), [
        [x + side * 4, y + 7 + row, 3],
        [x + side * (16 + long * 0.2), y - 8 + row * 6, 4.6],
        [x + side * long, y + 6 + row * 9, 1],
      ]);
    }
}
