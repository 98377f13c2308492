import { between } from "../chance.ts";
import { isWithout } from "../scene/without.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { glow, skyLayers } from "./sky.ts";
import { cachedLayer, type Layer, livingLayer, type Stage } from "./stage.ts";

/** A street between houses in one-point projection, with lamps, signs and people far off. */
export function streetLayers(stage: Stage): Layer[] {
  return [
    ...skyLayers(stage),
    cachedLayer(stage, 0.3, (pen) => paintStreet(pen, stage)),
    ...(isWithout(stage.plan, "people")
      ? []
      : [livingLayer(stage, 0.45, (pen, { t }) => paintPeople(pen, stage, t))]),
  ];
}

function paintStreet(pen: Pen, stage: Stage): void {
  const { width, height, margin, horizonY, plan, unit } = stage;
  const vanish = width * (plan.sun.x > 0.5 ? 0.54 : 0.46);
  const wet = plan.has.rain !== undefined || plan.has.after_rain !== undefined;
  const road: Lch = [0.38 * (1 - plan.palette.dark * 0.5), 0.015, 260];
  const fill = pen.createLinearGradient(0, horizonY, 0, height);
  fill.addColorStop(0, css(mix(road, plan.palette.sky[3], wet ? 0.55 : 0.35)));
  fill.addColorStop(1, css(shift(road, [-0.04, 1, 0])));
  pen.fillStyle = fill;
  pen.fillRect(-margin, horizonY, width + margin * 2, height - horizonY + margin);
  const kerb = mix([0.56 * (1 - plan.palette.dark * 0.5), 0.02, 70], plan.palette.sky[3], 0.1);
  for (const side of [-1, 1]) {
    pen.fillStyle = css(kerb);
    pen.beginPath();
    pen.moveTo(vanish, horizonY);
    pen.lineTo(vanish + side * width * 0.42, height + margin);
    pen.lineTo(vanish + side * width * 1.4, height + margin);
    pen.lineTo(vanish + side * width * 1.4, horizonY);
    pen.fill();
  }
  paintHouses(pen, stage, vanish);
  pen.fillStyle = css([0.9, 0.03, 90], 0.7);
  for (let mark = 1; mark < 8; mark += 1) {
    const near = ((mark + 0.5) / 8) ** 2.4;
    const far = (mark / 8) ** 2.4;
    const wide = unit * (1 + 13 * near);
    pen.fillRect(
      vanish - wide / 2,
      horizonY + (height - horizonY) * far,
      wide,
      (height - horizonY) * (near - far) * 0.5,
    );
  }
  if (plan.palette.dark > 0.2 || wet) paintLamps(pen, stage, vanish);
}

/** Two rows that stand on the pavements, from far off to beyond the frame. */
function paintHouses(pen: Pen, stage: Stage, vanish: number): void {
  const random = stage.chance("street");
  const last = Math.min(
    0.72,
    (focalOf(stage) * wallOf(stage)) / (stage.width * 0.56 + stage.margin),
  );
  for (const side of [-1, 1] as const) {
    let z = 9;
    while (z > last) {
      const next = z * between(random, 0.74, 0.84);
      paintHouse(pen, {
        stage,
        side,
        vanish,
        far: z,
        near: next,
        high: between(random, 2.4, 4.6),
        tone: houseTone(stage, random()),
      });
      z = next;
    }
  }
}

/** Where walls stand beside the middle of the street: behind all who walk, in wide frames too. */
function wallOf({ width, height }: Stage): number {
  return 1.5 * Math.max(1, width / height);
}

function focalOf({ width, height }: Stage): number {
  return Math.min(width, height * 1.5) * 0.34;
}

const FACADES: readonly Lch[] = [
  [0.66, 0.1, 45],
  [0.76, 0.07, 80],
  [0.6, 0.09, 25],
  [0.68, 0.05, 230],
  [0.72, 0.06, 140],
  [0.55, 0.04, 60],
];

function houseTone(stage: Stage, random: number): Lch {
  const { plan } = stage;
  const tone = FACADES[Math.floor(random * FACADES.length)] ?? [0.6, 0.05, 60];
  const dim = 1 - plan.palette.dark * 0.62;
  return mix([tone[0] * dim, tone[1], tone[2]], plan.palette.near, 0.18);
}

interface House {
  readonly stage: Stage;
  readonly side: -1 | 1;
  readonly vanish: number;
  readonly far: number;
  readonly near: number;
  readonly high: number;
  readonly tone: Lch;
}

function paintHouse(pen: Pen, { stage, side, vanish, far, near, high, tone }: House): void {
  const { horizonY, plan } = stage;
  const focal = focalOf(stage);
  const at = (z: number): number => vanish + (side * focal * wallOf(stage)) / z;
  const level = (y: number, z: number): number => horizonY - (y * focal) / z;
  const foot = -0.62;
  const air = Math.min(0.6, far * 0.065);
  const lit = side > 0 === plan.sun.x < 0.5;
  const wall = mix(
    lit ? mix(tone, plan.palette.sun, 0.22) : shift(tone, [-0.08, 1, -6]),
    plan.palette.sky[3],
    air,
  );
  pen.fillStyle = css(wall);
  pen.beginPath();
  pen.moveTo(at(far), level(high, far));
  pen.lineTo(at(near), level(high, near));
  pen.lineTo(at(near), level(foot, near));
  pen.lineTo(at(far), level(foot, far));
  pen.fill();
  pen.fillStyle = css(shift(wall, [-0.12, 1, 0]));
  pen.beginPath();
  pen.moveTo(at(far), level(high + 0.1, far));
  pen.lineTo(at(near), level(high + 0.1, near));
  pen.lineTo(at(near), level(high - 0.06, near));
  pen.lineTo(at(far), level(high - 0.06, far));
  pen.fill();
  const random = stage.chance(`house-${side}-${far.toFixed(2)}`);
  const columns = 3;
  for (let floor = 0; floor < Math.floor(high / 0.75); floor += 1) {
    for (let column = 0; column < columns; column += 1) {
      const z = (share: number): number =>
        1 / (1 / far + (1 / near - 1 / far) * ((column + share) / columns));
      const shop = floor === 0;
      const low = shop ? -0.5 : floor * 0.75 - 0.1;
      const top = shop ? 0.2 : low + 0.46;
      const on = random() < 0.2 + plan.palette.dark * 0.45;
      const neon = plan.paletteName === "neon";
      const glass: Lch =
        on && plan.palette.dark > 0.15
          ? neon && random() < 0.5
            ? [0.72, 0.21, random() < 0.5 ? 340 : 200]
            : [0.86, 0.13, 80]
          : mix([0.36, 0.04, 240], plan.palette.sky[2], 0.4);
      pen.fillStyle = css(mix(glass, plan.palette.sky[3], air));
      pen.beginPath();
      pen.moveTo(at(z(0.22)), level(top, z(0.22)));
      pen.lineTo(at(z(0.8)), level(top, z(0.8)));
      pen.lineTo(at(z(0.8)), level(low, z(0.8)));
      pen.lineTo(at(z(0.22)), level(low, z(0.22)));
      pen.fill();
      if (shop) {
        pen.fillStyle = css(mix([0.58, 0.17, random() * 360], plan.palette.sky[3], air), 0.95);
        pen.beginPath();
        pen.moveTo(at(z(0.1)), level(top + 0.16, z(0.1)));
        pen.lineTo(at(z(0.92)), level(top + 0.16, z(0.92)));
        pen.lineTo(at(z(0.92)), level(top, z(0.92)));
        pen.lineTo(at(z(0.1)), level(top, z(0.1)));
        pen.fill();
      }
    }
  }
}

function paintLamps(pen: Pen, stage: Stage, vanish: number): void {
  const { width, height, horizonY, unit, plan } = stage;
  for (const z of [5, 3, 1.9, 1.25]) {
    for (const side of [-1, 1]) {
      const x = vanish + (side * width * 0.32) / z;
      const y = horizonY - (height * 0.34) / z;
      pen.fillStyle = css([0.2, 0.02, 260]);
      pen.fillRect(x - (3 * unit) / z, y, (7 * unit) / z, (height * 0.48) / z);
      pen.save();
      pen.globalCompositeOperation = "screen";
      const colour: Lch =
        plan.paletteName === "neon" ? [0.76, 0.18, side < 0 ? 320 : 200] : [0.9, 0.13, 75];
      glow(pen, {
        x,
        y,
        radius: (width * 0.24) / z,
        colour,
        alpha: 0.35 + 0.5 * plan.palette.dark,
      });
      pen.translate(x, horizonY + (height * 0.16) / z);
      pen.scale(0.35, 1);
      glow(pen, {
        x: 0,
        y: 0,
        radius: (height * 0.34) / z,
        colour,
        alpha: plan.has.rain === undefined ? 0.12 : 0.5,
      });
      pen.restore();
    }
  }
}

function paintPeople(pen: Pen, stage: Stage, t: number): void {
  const { width, height, horizonY, plan } = stage;
  const random = stage.chance("passers");
  const vanish = width * (plan.sun.x > 0.5 ? 0.54 : 0.46);
  const crowd = plan.subjects.some(({ kind }) => kind === "crowd") ? 46 : 12;
  for (let person = 0; person < crowd; person += 1) {
    const side = random() < 0.5 ? -1 : 1;
    const z = between(random, 1.9, 6) - ((t * 0.12 * (person % 2 === 0 ? 1 : -1)) % 1);
    const lane = side * between(random, 0.36, 0.52);
    const x = vanish + (lane * width) / z;
    const foot = horizonY + (height * 0.215) / z;
    const high = (height * 0.2) / z;
    const bob = Math.abs(Math.sin(t * 5 + person * 1.3)) * high * 0.03;
    pen.fillStyle = css(
      mix([0.24, 0.07, random() * 360], plan.palette.sky[3], Math.min(0.5, z * 0.07)),
    );
    pen.beginPath();
    pen.ellipse(x, foot - high * 0.88 - bob, high * 0.085, high * 0.1, 0, 0, Math.PI * 2);
    pen.roundRect(x - high * 0.13, foot - high * 0.78 - bob, high * 0.26, high * 0.46, high * 0.09);
    pen.fill();
    const step = Math.sin(t * 5 + person * 1.3) * high * 0.1;
    pen.fillRect(x - high * 0.1 + step, foot - high * 0.36, high * 0.09, high * 0.36);
    pen.fillRect(x + high * 0.01 - step, foot - high * 0.36, high * 0.09, high * 0.36);
  }
}
