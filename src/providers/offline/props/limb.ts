import type { Pen } from "../paint/canvas.ts";
import { css, type Lch } from "../paint/colour.ts";

/** A joint: where it is and how thick the body is there. */
export type Joint = readonly [x: number, y: number, radius: number];

/** Fills a chain of tapered capsules as one shape: what limbs, necks and bodies are made of. */
export function drawLimb(pen: Pen, colour: Lch, joints: readonly Joint[]): void {
  pen.fillStyle = css(colour);
  joints.forEach((joint, index) => {
    pen.beginPath();
    pen.arc(joint[0], joint[1], joint[2], 0, Math.PI * 2);
    pen.fill();
    const next = joints[index + 1];
    if (next !== undefined) fillBetween(pen, joint, next);
  });
}

function fillBetween(pen: Pen, from: Joint, to: Joint): void {
  const distance = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (distance < 0.01) return;
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const lean = Math.acos(Math.min(1, Math.max(-1, (from[2] - to[2]) / distance)));
  pen.beginPath();
  for (const [joint, side] of [
    [from, 1],
    [to, 1],
    [to, -1],
    [from, -1],
  ] as const) {
    const at = angle + lean * side;
    pen.lineTo(joint[0] + Math.cos(at) * joint[2], joint[1] + Math.sin(at) * joint[2]);
  }
  pen.closePath();
  pen.fill();
}

/** Fills a polygon. */
export function drawShape(
  pen: Pen,
  colour: Lch,
  points: readonly (readonly [number, number])[],
): void {
  pen.fillStyle = css(colour);
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.closePath();
  pen.fill();
}

/** Fills an ellipse. */
export function drawOval(
  pen: Pen,
  colour: Lch,
  [x, y, rx, ry, turn = 0]: readonly [number, number, number, number, number?],
): void {
  pen.fillStyle = css(colour);
  pen.beginPath();
  pen.ellipse(x, y, Math.max(0.01, rx), Math.max(0.01, ry), turn, 0, Math.PI * 2);
  pen.fill();
}
