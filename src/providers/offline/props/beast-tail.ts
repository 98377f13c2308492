import type { Pen } from "../paint/canvas.ts";
import { type Lch, mix, shift } from "../paint/colour.ts";
import type { Part } from "./beast-frame.ts";
import { drawLimb, drawOval } from "./limb.ts";

/** Draws the tail; who runs lets it stream behind. */
export function drawBeastTail(pen: Pen, part: Part): void {
  const { frame, build, art } = part;
  const { hip } = frame;
  const [x, y] = [hip[0] - hip[2] * 0.82, hip[1] - hip[2] * 0.46];
  pen.save();
  pen.translate(x, y);
  if (art.gait === "lie") pen.rotate(-0.35);
  else if (art.gait === "walk" || art.gait === "run") {
    const sway = Math.sin(art.phase * Math.PI * 2) * 0.14;
    const streams = build.tail === "horse" || build.tail === "thin" ? 0.85 : 0.3;
    pen.rotate((art.gait === "run" ? (build.tail === "curl" ? -0.5 : streams) : 0.1) + sway);
  }
  TAILS[build.tail]?.(pen, part);
  pen.restore();
}

const TAILS: Readonly<Record<string, (pen: Pen, part: Part) => void>> = {
  bush: (pen, { art, body, build }) => {
    if (art.kind === "squirrel") {
      drawLimb(pen, body, [
        [2, 10, 5],
        [-16, 0, 11],
        [-22, -24, 14],
        [-8, -44, 12],
        [2, -40, 5],
      ]);
      return;
    }
    const tip: Lch = build.extra === "mask" && art.kind === "fox" ? [0.96, 0.02, 80] : body;
    drawLimb(pen, shift(body, [-0.04, 1, 0]), [
      [3, 3, 3],
      [-12, 8, 6],
      [-27, 17, 8.4],
      [-38, 21, 6],
    ]);
    drawLimb(pen, tip, [
      [-33, 19.5, 7],
      [-41, 21, 5],
      [-50, 20, 0.6],
    ]);
  },
  horse: (pen, { body, build }) => {
    const tone: Lch = build.extra === "horn" ? [0.76, 0.13, 340] : shift(body, [-0.15, 1, 0]);
    drawLimb(pen, tone, [
      [4, 2, 3],
      [-7, 4, 4],
      [-14, 18, 6],
      [-15, 36, 5.6],
      [-11, 52, 0.6],
    ]);
    drawLimb(pen, shift(tone, [0.06, 1, 0]), [
      [-8, 6, 1],
      [-12, 22, 2],
      [-12, 44, 0.3],
    ]);
  },
  curl: (pen, { body }) =>
    drawLimb(pen, shift(body, [-0.03, 1, 0]), [
      [5, 4, 4.4],
      [-5, -4, 3.8],
      [-12, -15, 3],
      [-12, -27, 1.8],
      [-6, -33, 0.5],
    ]),
  long: (pen, { art, body, build }) => {
    const thick = art.kind === "crocodile" ? 15 : 2.7;
    const drop = build.deep * 0.3;
    drawLimb(pen, body, [
      [5, drop, thick],
      [-14, drop + 4, thick * 0.92],
      [-30, drop, thick * 0.8],
      [-41, drop - 16, thick * 0.66],
      [-38, drop - 27, thick * (art.kind === "crocodile" ? 0.1 : 0.5)],
    ]);
  },
  thin: (pen, { body }) => {
    drawLimb(pen, body, [
      [5, 3, 2.4],
      [-3, 10, 1.6],
      [-5, 24, 1.2],
      [-4, 35, 1.1],
    ]);
    drawOval(pen, shift(body, [-0.18, 1, 0]), [-4, 38, 2.4, 5]);
  },
  short: (pen, { body }) => drawOval(pen, mix(body, [0.96, 0.01, 90], 0.5), [0, 4, 5, 5.5]),
};
