import { drawLimb, type Joint } from "../props/limb.ts";
import { leafMass } from "../props/tree.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { groundColour, groundOf } from "./ground.ts";
import type { Place } from "./place.ts";
import type { Stage } from "./stage.ts";

/** Something that stands on a rise, how wide it is and where. */
export interface Mound {
  readonly stage: Stage;
  readonly place: Place;
  readonly wide: number;
  readonly x: number;
}

/** The hill that something stands on, with a path that winds up. */
export function drawHill(pen: Pen, { stage, place, wide, x }: Mound): void {
  const { height, horizonY, unit, plan } = stage;
  const colour = groundColour(stage, groundOf(stage));
  const foot = horizonY + height * 0.1;
  const reach = wide * 0.62 + height * 0.3;
  const fill = pen.createLinearGradient(x - reach, place.y, x + reach, foot);
  const [lit, shaded] = [mix(colour, plan.palette.sun, 0.22), shift(colour, [-0.1, 1, 6])];
  fill.addColorStop(0, css(plan.sun.x < 0.5 ? lit : shaded));
  fill.addColorStop(0.5, css(colour));
  fill.addColorStop(1, css(plan.sun.x < 0.5 ? shaded : lit));
  pen.fillStyle = fill;
  pen.beginPath();
  pen.moveTo(x - reach * 1.5, foot);
  pen.bezierCurveTo(
    ...([x - reach * 0.9, foot, x - reach * 0.66, place.y - 12 * unit] as const),
    ...([x, place.y - 14 * unit] as const),
  );
  pen.bezierCurveTo(
    ...([x + reach * 0.66, place.y - 12 * unit, x + reach * 0.9, foot] as const),
    ...([x + reach * 1.5, foot] as const),
  );
  pen.quadraticCurveTo(x, foot + height * 0.07, x - reach * 1.5, foot);
  pen.fill();
  const path = mix([0.72, 0.05, 80], plan.palette.near, 0.2 + plan.palette.dark * 0.5);
  const turns = [
    [0.02, 0, 0.03],
    [0.16, 0.3, 0.05],
    [-0.2, 0.6, 0.075],
    [0.3, 1.05, 0.12],
  ] as const;
  const line = turns.flatMap(([side, down, broad]) => {
    const y = place.y + (foot - place.y) * down;
    return [[x + side * reach, y, broad * reach * 0.5] as const];
  });
  pen.fillStyle = css(path);
  pen.beginPath();
  line.forEach(([px, py, half], index) => {
    const [lx, ly, lh] = line[index - 1] ?? [px, py, half];
    if (index === 0) pen.moveTo(px - half, py);
    else pen.bezierCurveTo(lx - lh, (ly + py) / 2, px - half, (ly + py) / 2, px - half, py);
  });
  [...line].reverse().forEach(([px, py, half], index) => {
    const [lx, ly, lh] = [...line].reverse()[index - 1] ?? [px, py, half];
    if (index === 0) pen.lineTo(px + half, py);
    else pen.bezierCurveTo(lx + lh, (ly + py) / 2, px + half, (ly + py) / 2, px + half, py);
  });
  pen.fill();
}

/** Land under what stands where there is water. */
export function drawMound(pen: Pen, { stage, place, wide, x }: Mound): void {
  const { plan, height, width, unit } = stage;
  const coast = plan.setting === "coast" || plan.setting === "sea" || plan.setting === "ice";
  const colour =
    plan.setting === "ice"
      ? groundColour(stage, "snow")
      : coast
        ? mix(groundColour(stage, "grass"), [0.4, 0.03, 60], 0.35)
        : groundColour(stage, "grass");
  const reach = Math.max(wide * 0.9, width * 0.24);
  const side = x < width / 2 ? -1 : 1;
  const random = stage.chance(`mound-${place.name}`);
  const stone: Lch = plan.setting === "ice" ? [0.8, 0.06, 230] : [0.36, 0.03, 50];
  const rock = shift(mix(colour, stone, 0.6), [-0.06, 0.8, 0]);
  const far = side < 0 ? -width * 0.3 : width * 1.3;
  const foot = coast ? place.y + height * 0.2 : place.y + height * 0.07;
  pen.fillStyle = css(rock);
  pen.beginPath();
  pen.moveTo(far, foot);
  pen.lineTo(far, place.y + 4 * unit);
  pen.lineTo(x, place.y - 2 * unit);
  for (let step = 0; step <= 9; step += 1) {
    const t = step / 9;
    pen.lineTo(
      x - side * reach * (0.55 + t * 0.5) + (random() - 0.5) * 26 * unit,
      place.y + (foot - place.y) * t ** 0.9,
    );
  }
  pen.closePath();
  pen.fill();
  pen.fillStyle = css(colour);
  pen.beginPath();
  pen.moveTo(far, place.y + 44 * unit);
  pen.lineTo(far, place.y - 6 * unit);
  pen.quadraticCurveTo(x, place.y - 22 * unit, x - side * reach * 0.62, place.y + 10 * unit);
  pen.quadraticCurveTo(x, place.y + 30 * unit, far, place.y + 44 * unit);
  pen.fill();
}

/** The branch that a bird sits on, from beyond the frame, with leaves at its twigs. */
export function drawBranch(pen: Pen, { stage, place, wide, x }: Mound): void {
  const { width, plan, unit } = stage;
  const side = x < width / 2 ? -1 : 1;
  const bark: Lch = mix([0.34, 0.05, 52], plan.palette.near, 0.2 + plan.palette.dark * 0.4);
  drawLimb(pen, bark, [
    [side < 0 ? -width * 0.08 : width * 1.08, place.y + wide * 0.28, 26 * unit],
    [x + side * wide * 0.3, place.y + 15 * unit, 17 * unit],
    [x, place.y + 10 * unit, 13 * unit],
    [x - side * wide * 0.75, place.y - wide * 0.1, 5 * unit],
  ]);
  const random = stage.chance(`branch-${place.name}`);
  const bare = plan.has.winter !== undefined || plan.has.snow !== undefined;
  const leaf: Lch = [
    0.5 - plan.palette.dark * 0.27,
    0.13,
    plan.has.autumn !== undefined ? 52 : 135,
  ];
  for (const [index, share] of [-0.62, -0.3, 0.42, 0.7, 0.95].entries()) {
    const from = { x: x + side * share * wide, y: place.y + 8 * unit };
    if (share > 0) from.y += share * wide * 0.16;
    const up = index % 2 === 0 ? -1 : 1;
    const end: Joint = [from.x - side * wide * 0.16, from.y + up * wide * 0.16, 2.4 * unit];
    drawLimb(pen, bark, [[from.x, from.y, 7 * unit], end]);
    const at = [end[0], end[1], wide * 0.17, wide * 0.13] as const;
    if (!bare) leafMass(pen, { leaf, random, at, count: 26, size: 11 * unit });
  }
}
