import type { Pen } from "../paint/canvas.ts";
import { css, type Lch } from "../paint/colour.ts";

/** A joint: where it is and how thick the body is there. */
export type Joint = readonly [x: number, y: number, radius: number];

/** A point of a drawing. */
export type Point = readonly [x: number, y: number];

/**
 * Fills a chain of joints as one rounded shape that bends softly at each of them: what limbs, necks
 * and bodies are made of.
 */
export function drawLimb(pen: Pen, colour: Lch, joints: readonly Joint[]): void {
  pen.fillStyle = css(colour);
  pen.beginPath();
  const bends = joints.length > 2 ? soften(joints) : joints;
  bends.forEach((joint, index) => {
    pen.moveTo(joint[0] + joint[2], joint[1]);
    pen.arc(joint[0], joint[1], Math.max(0.01, joint[2]), 0, Math.PI * 2);
    const next = bends[index + 1];
    if (next !== undefined) traceBetween(pen, joint, next);
  });
  pen.fill();
}

/** Joints between two joints of a chain. */
const STEPS = 5;

/** Lays a Catmull-Rom curve through joints; thickness follows without overshooting. */
function soften(joints: readonly Joint[]): readonly Joint[] {
  const soft: Joint[] = [];
  joints.slice(0, -1).forEach((from, index) => {
    const to = joints[index + 1] ?? from;
    const before = joints[index - 1] ?? from;
    const after = joints[index + 2] ?? to;
    for (let step = 0; step < STEPS; step += 1) {
      const t = step / STEPS;
      const eased = t * t * (3 - 2 * t);
      soft.push([
        curve([before[0], from[0], to[0], after[0]], t),
        curve([before[1], from[1], to[1], after[1]], t),
        from[2] + (to[2] - from[2]) * eased,
      ]);
    }
  });
  return [...soft, ...joints.slice(-1)];
}

function curve([a, b, c, d]: readonly [number, number, number, number], t: number): number {
  const slope = 0.4;
  const m1 = (c - a) * slope;
  const m2 = (d - b) * slope;
  const t2 = t * t;
  const t3 = t2 * t;
  return (
    (2 * t3 - 3 * t2 + 1) * b + (t3 - 2 * t2 + t) * m1 + (3 * t2 - 2 * t3) * c + (t3 - t2) * m2
  );
}

/** Turns the same way round as the circles, so that overlaps stay filled. */
function traceBetween(pen: Pen, from: Joint, to: Joint): void {
  const distance = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (distance < 0.01) return;
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const lean = Math.acos(Math.min(1, Math.max(-1, (from[2] - to[2]) / distance)));
  const corners = [
    [from, -1],
    [to, -1],
    [to, 1],
    [from, 1],
  ] as const;
  corners.forEach(([joint, side], index) => {
    const at = angle + lean * side;
    const x = joint[0] + Math.cos(at) * joint[2];
    const y = joint[1] + Math.sin(at) * joint[2];
    if (index === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  });
  pen.closePath();
}

/** Fills a polygon. */
export function drawShape(pen: Pen, colour: Lch, points: readonly Point[]): void {
  pen.fillStyle = css(colour);
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.closePath();
  pen.fill();
}

/** Fills a closed shape that goes softly round its points. */
export function drawBlob(pen: Pen, colour: Lch, points: readonly Point[]): void {
  pen.fillStyle = css(colour);
  pen.beginPath();
  points.forEach((point, index) => {
    const next = points[(index + 1) % points.length] ?? point;
    const [x, y] = [(point[0] + next[0]) / 2, (point[1] + next[1]) / 2];
    const first = points[0] ?? point;
    const last = points.at(-1) ?? point;
    if (index === 0) pen.moveTo((last[0] + first[0]) / 2, (last[1] + first[1]) / 2);
    pen.quadraticCurveTo(point[0], point[1], x, y);
  });
  pen.fill();
}

/** Draws a line that bends softly through its points. */
export function drawLine(
  pen: Pen,
  {
    colour,
    wide,
    alpha = 1,
  }: { readonly colour: Lch; readonly wide: number; readonly alpha?: number },
  points: readonly Point[],
): void {
  pen.strokeStyle = css(colour, alpha);
  pen.lineWidth = wide;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.beginPath();
  for (const [x, y] of soften(points.map(([x, y]) => [x, y, 1]))) pen.lineTo(x, y);
  pen.stroke();
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
