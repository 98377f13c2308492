import { between } from "../chance.ts";
import { SETTINGS } from "../scene/settings.ts";
import { isWithout } from "../scene/without.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { fractal, makeNoise, noiseSeed } from "./noise.ts";
import { cachedLayer, type Layer, livingLayer, type Moment, type Stage } from "./stage.ts";
import { paintSwells } from "./swells.ts";
import { waterLayer } from "./water.ts";

/** The middle ground: what subjects stand on. */
export function groundLayers(stage: Stage): Layer[] {
  const ground = groundOf(stage);
  if (ground === "none") return [];
  if (ground === "water") {
    const rough = { sea: 2.2, coast: 1.6, ice: 0.7, city: 1 }[String(stage.plan.setting)] ?? 0.8;
    const wild = stage.plan.has.storm !== undefined ? 2.2 : 1;
    return [waterLayer(stage, stage.horizonY, rough * wild)];
  }
  return [cachedLayer(stage, 0.5, (pen) => paintGround(pen, stage, ground))];
}

/** What the ground of a scene is; snow lies on all of it but sand and water. */
export function groundOf({ plan }: Stage): string {
  const { ground } = SETTINGS[plan.setting];
  const snowy = plan.has.snow !== undefined || plan.has.winter !== undefined;
  return snowy && !["sand", "water", "none"].includes(ground) ? "snow" : ground;
}

/** The colour of the ground before light and distance. */
export function groundColour(stage: Stage, ground: string): Lch {
  const { plan } = stage;
  const own: Record<string, Lch> = {
    grass: plan.has.autumn !== undefined ? [0.58, 0.12, 85] : [0.56, 0.13, 132],
    sand: plan.setting === "beach" ? [0.85, 0.07, 82] : [0.74, 0.1, 68],
    snow: [0.94, 0.02, 245],
    dust:
      plan.setting === "moonscape"
        ? [0.6, 0.01, 260]
        : plan.setting === "marscape"
          ? [0.56, 0.13, 42]
          : plan.setting === "volcano"
            ? [0.3, 0.02, 40]
            : [0.68, 0.1, 78],
    road: [0.54, 0.11, 125],
  };
  const base = own[ground] ?? [0.55, 0.1, 130];
  const dark =
    plan.setting === "moonscape" ? 0.3 : plan.palette.dark * (ground === "snow" ? 0.7 : 1);
  const dim: Lch = [base[0] * (1 - dark * 0.72), base[1] * (1 - dark * 0.5), base[2]];
  return mix(dim, mix(plan.palette.near, plan.palette.far, 0.35), 0.28 + dark * 0.25);
}

function paintGround(pen: Pen, stage: Stage, ground: string): void {
  const { width, height, margin, horizonY, plan } = stage;
  const colour = groundColour(stage, ground);
  const fill = pen.createLinearGradient(0, horizonY, 0, height);
  fill.addColorStop(0, css(mix(colour, plan.palette.sky[3], 0.55)));
  fill.addColorStop(0.22, css(mix(colour, plan.palette.sun, 0.18)));
  fill.addColorStop(1, css(shift(colour, [-0.13, 1.05, 0])));
  pen.fillStyle = fill;
  pen.fillRect(-margin, horizonY, width + 2 * margin, height - horizonY + margin);
  if (plan.setting === "hills") paintSwells(pen, stage, colour);
  paintMottle(pen, { stage, colour });
  if (ground === "grass") paintTufts(pen, { stage, colour });
  if (ground === "sand" || ground === "dust" || ground === "snow")
    paintRipples(pen, { stage, colour });
  if (plan.setting === "beach") paintSurf(pen, stage);
  if (ground === "road") paintRoad(pen, stage);
  if (plan.setting === "river") paintRiver(pen, stage);
}

/** The sea behind a beach, with three lines of foam and wet sand before it. */
function paintSurf(pen: Pen, { width, height, margin, horizonY, unit, plan }: Stage): void {
  const deep = (height - horizonY) * 0.3;
  const wave = (x: number, phase: number): number =>
    Math.sin(x / (width * 0.11) + phase) * 7 * unit + Math.sin(x / (width * 0.037) + phase * 2) * 2;
  const band = (foot: number, phase: number, fill: Pen["fillStyle"]): void => {
    pen.fillStyle = fill;
    pen.beginPath();
    pen.moveTo(-margin, horizonY);
    for (let x = -margin; x <= width + margin; x += 8) pen.lineTo(x, foot + wave(x, phase));
    pen.lineTo(width + margin, horizonY);
    pen.fill();
  };
  const sea: Lch = [0.62 - plan.palette.dark * 0.4, 0.1, 205];
  band(horizonY + deep * 1.16, 2, "rgba(60,40,30,.2)");
  const fill = pen.createLinearGradient(0, horizonY, 0, horizonY + deep);
  fill.addColorStop(
    0,
    css(mix([0.5 - plan.palette.dark * 0.3, 0.11, 240], plan.palette.sky[2], 0.3)),
  );
  fill.addColorStop(1, css(mix(sea, plan.palette.sky[3], 0.35)));
  band(horizonY + deep * 1.03, 1, "rgba(255,255,255,.85)");
  band(horizonY + deep, 1, fill);
  pen.lineCap = "round";
  for (const [share, alpha] of [
    [0.3, 0.3],
    [0.55, 0.45],
    [0.8, 0.6],
  ] as const) {
    pen.strokeStyle = `rgba(255,255,255,${alpha})`;
    pen.lineWidth = (1 + share * 4) * unit;
    pen.beginPath();
    for (let x = -margin; x <= width + margin; x += 8) {
      pen.lineTo(x, horizonY + deep * share + wave(x, share * 20) * share);
    }
    pen.stroke();
  }
}

interface GroundWork {
  readonly stage: Stage;
  readonly colour: Lch;
}

function paintMottle(pen: Pen, { stage, colour }: GroundWork): void {
  const { width, height, margin, horizonY, plan } = stage;
  const random = stage.chance("mottle");
  const deep = height - horizonY;
  for (let index = 0; index < 260; index += 1) {
    const u = random() ** 1.3;
    const y = horizonY + deep * (0.02 + u * 0.98);
    const long = width * (0.02 + 0.12 * u) * between(random, 0.5, 1.4);
    const lit = random() < 0.5;
    pen.fillStyle = css(
      lit ? mix(colour, plan.palette.sun, 0.4) : shift(colour, [-0.08, 1, 6]),
      0.1 + 0.08 * u,
    );
    pen.beginPath();
    pen.ellipse(between(random, -margin, width + margin), y, long, long * 0.11, 0, 0, Math.PI * 2);
    pen.fill();
  }
}

function paintTufts(pen: Pen, { stage, colour }: GroundWork): void {
  const { width, height, margin, horizonY, unit, plan } = stage;
  const random = stage.chance("tufts");
  const deep = height - horizonY;
  pen.lineCap = "round";
  for (let index = 0; index < 1500; index += 1) {
    const u = Math.sqrt(index / 1500);
    const y = horizonY + deep * (0.03 + u * 0.97);
    const x = between(random, -margin, width + margin);
    const high = unit * (4 + 34 * u) * between(random, 0.5, 1.2);
    const lit = random();
    pen.strokeStyle = css(
      lit < 0.35
        ? mix(colour, plan.palette.sun, 0.42)
        : shift(colour, [-0.05 - 0.09 * random(), 1.1, between(random, -8, 8)]),
      0.6,
    );
    pen.lineWidth = unit * (0.8 + 2 * u);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.quadraticCurveTo(x, y - high * 0.6, x + between(random, -0.5, 0.5) * high, y - high);
    pen.stroke();
  }
}

function paintRipples(pen: Pen, { stage, colour }: GroundWork): void {
  const { width, height, margin, horizonY, unit, plan } = stage;
  const noise = fractal(makeNoise(noiseSeed(plan.seed, "ripples")), 3);
  const random = stage.chance("ripples");
  const deep = height - horizonY;
  for (let row = 0; row < 46; row += 1) {
    const u = (row / 46) ** 1.5;
    const base = horizonY + deep * (0.05 + u * 0.95);
    pen.strokeStyle = css(
      row % 2 === 0 ? mix(colour, plan.palette.sun, 0.45) : shift(colour, [-0.08, 1.05, -4]),
      between(random, 0.12, 0.34),
    );
    pen.lineWidth = unit * (0.8 + 3.2 * u);
    pen.beginPath();
    for (let step = 0; step <= 40; step += 1) {
      const x = -margin + ((width + 2 * margin) * step) / 40;
      const y =
        base + (noise(step * 0.22 + row * 0.31, row * 0.5) - 0.5) * deep * (0.05 + 0.12 * u);
      if (step === 0) pen.moveTo(x, y);
      else pen.lineTo(x, y);
    }
    pen.stroke();
  }
}

function paintRoad(pen: Pen, stage: Stage): void {
  const { width, height, horizonY, margin, plan, unit } = stage;
  const x = width * (plan.sun.x > 0.5 ? 0.44 : 0.56);
  const bottom = height + margin;
  const tone = mix([0.42 * (1 - plan.palette.dark * 0.6), 0.02, 260], plan.palette.sky[2], 0.14);
  pen.fillStyle = css(tone);
  pen.beginPath();
  pen.moveTo(x - 4 * unit, horizonY);
  pen.lineTo(x + 4 * unit, horizonY);
  pen.lineTo(width * 0.92, bottom);
  pen.lineTo(width * 0.08, bottom);
  pen.closePath();
  pen.fill();
  if (plan.setting === "railway") {
    paintRails(pen, stage, x);
    return;
  }
  pen.fillStyle = css([0.9, 0.08, 90], 0.85);
  for (let mark = 0; mark < 9; mark += 1) {
    const near = ((mark + 0.5) / 9) ** 2.2;
    const far = (mark / 9) ** 2.2;
    const middle = x + (width * 0.5 - x) * near;
    const wide = unit * (1 + 15 * near);
    pen.fillRect(
      middle - wide / 2,
      horizonY + (height - horizonY) * far,
      wide,
      (height - horizonY) * (near - far) * 0.6,
    );
  }
}

/** Sleepers and two rails that meet where the road would. */
function paintRails(pen: Pen, { width, height, horizonY, unit, plan }: Stage, x: number): void {
  const deep = height - horizonY;
  const wood = css([0.3 * (1 - plan.palette.dark * 0.5), 0.04, 55]);
  const steel = css([0.72 * (1 - plan.palette.dark * 0.5), 0.02, 250]);
  const middle = (near: number): number => x + (width * 0.5 - x) * near;
  pen.fillStyle = wood;
  for (let sleeper = 1; sleeper < 34; sleeper += 1) {
    const near = (sleeper / 34) ** 2.2;
    const wide = width * 0.66 * near;
    pen.fillRect(middle(near) - wide / 2, horizonY + deep * near, wide, 26 * unit * near + unit);
  }
  pen.strokeStyle = steel;
  for (const side of [-1, 1]) {
    for (let step = 0; step < 12; step += 1) {
      const [far, near] = [step / 12, (step + 1) / 12];
      pen.lineWidth = unit * (1 + 13 * near);
      pen.beginPath();
      pen.moveTo(middle(far) + side * width * 0.23 * far, horizonY + deep * far);
      pen.lineTo(middle(near) + side * width * 0.23 * near, horizonY + deep * near);
      pen.stroke();
    }
  }
}

function paintRiver(pen: Pen, stage: Stage): void {
  const { width, height, horizonY, margin, plan } = stage;
  const side = plan.sun.x > 0.5 ? 1 : -1;
  const deep = height - horizonY;
  const centre = (u: number): number =>
    width * (0.5 + side * (0.16 * Math.sin(u * 5.2 + 0.4) * (1 - u * 0.4)));
  const wide = (u: number): number => width * (0.012 + 0.34 * u ** 1.5);
  const fill = pen.createLinearGradient(0, horizonY, 0, height);
  fill.addColorStop(0, css(plan.palette.sky[3]));
  fill.addColorStop(0.4, css(mix(plan.palette.sky[2], plan.palette.sky[1], 0.5)));
  fill.addColorStop(1, css(shift(plan.palette.sky[0], [-0.06, 1, 0])));
  pen.beginPath();
  for (let step = 0; step <= 60; step += 1)
    pen.lineTo(centre(step / 60) - wide(step / 60), horizonY + deep * (step / 60) ** 1.2);
  pen.lineTo(centre(1) - wide(1), height + margin);
  pen.lineTo(centre(1) + wide(1), height + margin);
  for (let step = 60; step >= 0; step -= 1)
    pen.lineTo(centre(step / 60) + wide(step / 60), horizonY + deep * (step / 60) ** 1.2);
  pen.closePath();
  pen.fillStyle = fill;
  pen.fill();
}

/** What frames the picture in front: blades that sway, reeds, rocks. */
export function nearLayers(stage: Stage): Layer[] {
  const { near: own } = SETTINGS[stage.plan.setting];
  const white = stage.plan.has.snow !== undefined || stage.plan.has.winter !== undefined;
  const near = white && (own === "flowers" || own === "grass") ? "snow" : own;
  if (near === "none") return [];
  if (near === "rocks" || near === "snow") {
    return [cachedLayer(stage, 1.25, (pen) => paintRocks(pen, stage, near === "snow"))];
  }
  return [bladeLayer(stage, near)];
}

function bladeLayer(stage: Stage, near: string): Layer {
  const { width, height, margin, unit, plan } = stage;
  const random = stage.chance("blades");
  const dark = shift(plan.palette.near, [-0.02, 1.1, 0]);
  const blades = Array.from({ length: 130 }, () => {
    const x = between(random, -margin, width + margin);
    const edge = Math.abs(x / width - 0.5) * 2;
    return {
      x,
      high: unit * (28 + 150 * edge ** 2) * between(random, 0.5, 1.1),
      bend: between(random, -0.35, 0.35),
      tone: random(),
      phase: random() * 6.3,
    };
  });
  const hue = BLOSSOMS[Math.floor(stage.chance("fringe")() * BLOSSOMS.length)] ?? 350;
  const flowers: Lch = plan.accents[0] ?? [0.84, hue === 90 ? 0.02 : 0.13, hue];
  const planted = isWithout(plan, "flowers") || plan.subjects.some(({ draw }) => draw === "flower");
  return livingLayer(stage, 1.3, (pen, moment: Moment) => {
    pen.lineCap = "round";
    for (const blade of blades) {
      const sway =
        blade.bend + Math.sin(moment.t * 1.7 + blade.phase) * 0.05 * (1 + (plan.has.wind ?? 0) * 2);
      const topX = blade.x + sway * blade.high;
      const base = height + margin * 0.2 + unit * 6;
      pen.strokeStyle = css(mix(dark, plan.palette.sun, blade.tone * 0.22));
      pen.lineWidth = unit * (2 + blade.tone * 2.4);
      pen.beginPath();
      pen.moveTo(blade.x, base);
      pen.quadraticCurveTo(blade.x, base - blade.high * 0.6, topX, base - blade.high);
      pen.stroke();
      if (near === "reeds" && blade.tone > 0.6) {
        pen.lineWidth = unit * 8;
        pen.beginPath();
        pen.moveTo(topX, base - blade.high);
        pen.lineTo(topX + sway * 8, base - blade.high * 1.16);
        pen.stroke();
      }
      if (near === "flowers" && !planted && blade.tone > 0.7)
        paintFloret(pen, {
          x: topX,
          y: base - blade.high,
          size: unit * (4 + 6 * blade.tone),
          tone: mix(flowers, dark, 0.1 + plan.palette.dark * 0.4 + (1 - blade.tone) * 0.5),
        });
    }
  });
}

/** Hues of meadow flowers; 90 stands for white ones. */
const BLOSSOMS: readonly number[] = [350, 300, 55, 90, 255, 25];

interface Floret {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly tone: Lch;
}

function paintFloret(pen: Pen, { x, y, size, tone }: Floret): void {
  pen.fillStyle = css(tone);
  pen.beginPath();
  for (let petal = 0; petal < 5; petal += 1) {
    const a = (petal / 5) * Math.PI * 2 + x;
    pen.moveTo(x, y);
    pen.arc(x + Math.cos(a) * size, y + Math.sin(a) * size * 0.8, size * 0.72, 0, Math.PI * 2);
  }
  pen.fill();
  pen.fillStyle = css([tone[0] * 0.98, 0.13, 88]);
  pen.beginPath();
  pen.arc(x, y, size * 0.55, 0, Math.PI * 2);
  pen.fill();
}

function paintRocks(pen: Pen, stage: Stage, snowy: boolean): void {
  const { width, height, margin, unit, plan } = stage;
  const random = stage.chance("rocks");
  const body = snowy
    ? mix([0.9, 0.03, 250], plan.palette.near, 0.25 + plan.palette.dark * 0.4)
    : shift(plan.palette.near, [0.03, 0.6, 0]);
  const sunny = plan.sun.x > 0.5 ? 1 : -1;
  for (let index = 0; index < 9; index += 1) {
    const side = index % 2 === 0 ? between(random, -0.06, 0.26) : between(random, 0.74, 1.06);
    const [x, wide] = [side * width, unit * between(random, 70, 190)];
    const high = wide * between(random, 0.35, 0.75);
    const y = height + margin * 0.15 + unit * between(random, -12, 30);
    pen.fillStyle = css(body);
    pen.beginPath();
    pen.moveTo(x - wide, y + unit * 40);
    for (let step = 0; step <= 7; step += 1) {
      const a = Math.PI * (1 - step / 7);
      pen.lineTo(
        x + Math.cos(a) * wide * between(random, 0.85, 1.05),
        y - Math.sin(a) * high * between(random, 0.75, 1.1),
      );
    }
    pen.lineTo(x + wide, y + unit * 40);
    pen.closePath();
    pen.fill();
    pen.fillStyle = css(mix(body, plan.palette.sun, 0.4), 0.35);
    pen.beginPath();
    pen.ellipse(
      x + sunny * wide * 0.35,
      y - high * 0.62,
      wide * 0.4,
      high * 0.22,
      sunny * 0.5,
      0,
      Math.PI * 2,
    );
    pen.fill();
  }
}
