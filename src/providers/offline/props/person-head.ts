import type { Pen } from "../paint/canvas.ts";
import { type Lch, mix, shift } from "../paint/colour.ts";
import { drawHat } from "./hats.ts";
import { drawBlob, drawLine, drawOval, type Point } from "./limb.ts";
import type { Outfit } from "./outfits.ts";
import type { Pose } from "./person-pose.ts";

/** A head to be drawn: whose, where and how it looks. */
export interface HeadArt {
  readonly kind: string;
  readonly outfit: Outfit;
  readonly pose: Pose;
  /** Which eyes and smile, 0 to 3. */
  readonly variant: number;
}

/** Long hair that falls behind the shoulders; drawn before the body. */
export function drawBackHair(pen: Pen, { outfit, pose }: HeadArt): void {
  if (outfit.hairLong !== true) return;
  const r = radius(outfit);
  atHead(pen, pose, () => {
    const back = pose.turn * r * 0.5;
    drawBlob(pen, shift(outfit.hair, [-0.04, 1, 0]), [
      [-r * 0.2 - back, -r * 1.3],
      [r * 0.95 - back, -r * 0.5],
      [r * 1.02 - back, r * 1.2],
      [r * 0.85 - back, r * 2.7],
      [-r * 0.4 - back, r * 3.1],
      [-r * 1.35 - back, r * 2.6],
      [-r * 1.1 - back, r * 0.8],
      [-r * 1.2 - back, -r * 0.5],
    ]);
  });
}

/** Draws the head with face, hair and hat. */
export function drawHead(pen: Pen, art: HeadArt): void {
  const { outfit, pose, kind } = art;
  const r = radius(outfit);
  atHead(pen, pose, () => {
    const aside = r * (0.06 + 0.3 * pose.turn);
    drawOval(pen, outfit.hair, [-r * 0.12, -r * 0.2, r * 1.04, r * 1.12]);
    drawOval(pen, shift(outfit.skin, [-0.06, 1.1, -4]), [
      -r * 0.86 + aside,
      r * 0.16,
      r * 0.17,
      r * 0.26,
    ]);
    drawBlob(pen, outfit.skin, [
      [-r * 0.82 + aside, -r * 0.75],
      [r * 0.1 + aside, -r * 1.1],
      [r * 0.9 + aside * 0.7, -r * 0.7],
      [r * 0.84 + aside * 0.8, r * 0.4],
      [r * 0.42 + aside * 1.2, r * 1.14],
      [-r * 0.16 + aside, r * 1.2],
      [-r * 0.78 + aside * 0.8, r * 0.55],
    ]);
    if (kind === "skeleton" || kind === "alien")
      drawHollows(pen, { r, aside, alien: kind === "alien" });
    else drawFace(pen, art, { r, aside });
    if (kind !== "skeleton" && kind !== "alien") drawFringe(pen, art, { r, aside });
    drawHat(pen, { outfit, x: 0, y: 0, r });
  });
}

function radius(outfit: Outfit): number {
  return 6.4 * (outfit.head ?? 1);
}

function atHead(pen: Pen, pose: Pose, draw: () => void): void {
  pen.save();
  pen.translate(pose.head[0], pose.head[1]);
  pen.rotate(pose.bow);
  draw();
  pen.restore();
}

interface Face {
  readonly r: number;
  /** How far the features stand off the middle. */
  readonly aside: number;
}

const IRIS: readonly Lch[] = [
  [0.5, 0.1, 240],
  [0.42, 0.08, 60],
  [0.5, 0.11, 150],
  [0.34, 0.06, 50],
];

function drawFace(pen: Pen, { outfit, variant, kind }: HeadArt, { r, aside }: Face): void {
  const { skin } = outfit;
  const blush: Lch = mix(skin, [0.66, 0.17, 22], 0.4);
  const dark: Lch = [0.2, 0.04, 45];
  pen.globalAlpha = 0.5;
  for (const x of [-0.42, 0.44]) drawOval(pen, blush, [x * r + aside, r * 0.46, r * 0.2, r * 0.14]);
  pen.globalAlpha = 1;
  for (const x of [-0.34, 0.36]) {
    const at = x * r + aside;
    drawOval(pen, [0.97, 0.01, 90], [at, r * 0.1, r * 0.19, r * 0.135]);
    const iris = IRIS[variant % IRIS.length] ?? dark;
    drawOval(pen, iris, [at + r * 0.03, r * 0.1, r * 0.115, r * 0.13]);
    drawOval(pen, [0.12, 0.02, 50], [at + r * 0.04, r * 0.1, r * 0.062, r * 0.075]);
    drawOval(pen, [0.99, 0, 0], [at + r * 0.075, r * 0.05, r * 0.034, r * 0.034]);
    drawLine(pen, { colour: dark, wide: r * 0.07 }, [
      [at - r * 0.21, r * 0.08],
      [at, -r * 0.05],
      [at + r * 0.22, r * 0.06],
    ]);
    drawLine(pen, { colour: mix(outfit.hair, dark, 0.5), wide: r * 0.085, alpha: 0.85 }, [
      [at - r * 0.23, -r * 0.2],
      [at, -r * 0.3],
      [at + r * 0.22, -r * 0.22],
    ]);
  }
  const shade: Lch = shift(skin, [-0.13, 1.2, -8]);
  drawLine(pen, { colour: shade, wide: r * 0.07 }, [
    [r * 0.08 + aside, r * 0.06],
    [r * 0.2 + aside * 1.1, r * 0.42],
    [r * 0.02 + aside, r * 0.47],
  ]);
  const lips: Lch = outfit.hairLong === true ? [0.55, 0.17, 18] : shift(skin, [-0.17, 1.5, -14]);
  const smile = kind === "clown" ? 0.12 : 0.05 + (variant % 3) * 0.02;
  drawBlob(pen, lips, [
    [-r * 0.24 + aside, r * (0.68 - smile * 0.4)],
    [r * 0.02 + aside, r * 0.69],
    [r * 0.3 + aside, r * (0.67 - smile * 0.4)],
    [r * 0.16 + aside, r * (0.76 + smile)],
    [-r * 0.1 + aside, r * (0.76 + smile)],
  ]);
  drawLine(pen, { colour: shift(lips, [-0.16, 1, 0]), wide: r * 0.04 }, [
    [-r * 0.22 + aside, r * (0.69 - smile * 0.3)],
    [r * 0.03 + aside, r * (0.71 + smile * 0.5)],
    [r * 0.27 + aside, r * (0.69 - smile * 0.3)],
  ]);
  drawLine(pen, { colour: shade, wide: r * 0.05, alpha: 0.5 }, [
    [-r * 0.3 + aside, r * 1.04],
    [r * 0.1 + aside, r * 1.1],
    [r * 0.42 + aside, r * 0.98],
  ]);
}

function drawHollows(pen: Pen, { r, aside, alien }: Face & { readonly alien: boolean }): void {
  const dark: Lch = [0.12, 0.02, 280];
  for (const [x, turn] of [
    [-0.36, 0.45],
    [0.4, -0.45],
  ] as const) {
    drawOval(pen, dark, [
      x * r + aside,
      r * 0.06,
      r * (alien ? 0.3 : 0.26),
      r * (alien ? 0.4 : 0.28),
      alien ? -turn : 0,
    ]);
    if (alien)
      drawOval(pen, [0.95, 0, 0], [x * r + aside + r * 0.08, -r * 0.08, r * 0.07, r * 0.1]);
  }
  if (!alien) drawOval(pen, dark, [aside + r * 0.04, r * 0.42, r * 0.09, r * 0.13]);
  for (let tooth = -2; tooth <= 2 && !alien; tooth += 1)
    drawLine(pen, { colour: dark, wide: r * 0.05 }, [
      [aside + tooth * r * 0.12, r * 0.68],
      [aside + tooth * r * 0.12, r * 0.9],
    ]);
  if (alien)
    drawLine(pen, { colour: dark, wide: r * 0.05 }, [
      [aside - r * 0.14, r * 0.72],
      [aside + r * 0.16, r * 0.72],
    ]);
}

/** Hair over the forehead, parted at the side, and strands before the shoulders. */
function drawFringe(pen: Pen, { outfit, pose }: HeadArt, { r, aside }: Face): void {
  const { hair } = outfit;
  const light = shift(hair, [0.08, 1, 4]);
  drawBlob(pen, hair, [
    [-r * 1.08, r * 0.15],
    [-r * 1.15, -r * 0.75],
    [-r * 0.35, -r * 1.38],
    [r * 0.6, -r * 1.3],
    [r * 1.04 + aside * 0.3, -r * 0.62],
    [r * 0.82 + aside * 0.5, -r * 0.5],
    [r * 0.15 + aside, -r * 0.86],
    [-r * 0.48 + aside * 0.8, -r * 0.4],
    [-r * 0.78 + aside * 0.6, r * 0.12],
  ]);
  const lock = (points: readonly Point[]): void =>
    drawLine(pen, { colour: light, wide: r * 0.06, alpha: 0.6 }, points);
  for (const step of [0, 0.22, 0.44])
    lock([
      [-r * (0.98 - step * 0.7), -r * 0.1 - step * r * 0.9],
      [-r * (0.68 - step), -r * (0.78 + step * 0.6)],
      [r * (step * 1.1 - 0.1), -r * (1.05 + step * 0.2)],
    ]);
  if (outfit.hairLong !== true) return;
  const back = pose.turn * r * 0.4;
  drawBlob(pen, hair, [
    [-r * 1.04 - back * 0.3, -r * 0.3],
    [-r * 0.7 - back * 0.3, r * 0.2],
    [-r * 0.62 - back, r * 1.4],
    [-r * 0.72 - back, r * 2.6],
    [-r * 1.2 - back, r * 2.3],
    [-r * 1.22 - back, r * 0.9],
  ]);
  lock([
    [-r * 0.98 - back * 0.4, 0],
    [-r * 0.9 - back, r * 1.1],
    [-r * 0.96 - back, r * 2.2],
  ]);
}
