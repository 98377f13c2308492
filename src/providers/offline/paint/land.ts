import { between, type Random } from "../chance.ts";
import { SETTINGS } from "../scene/settings.ts";
import { isWithout } from "../scene/without.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { fractal, makeNoise, noiseSeed } from "./noise.ts";
import { type Ridge, ridgesOf } from "./ridges.ts";
import { cachedLayer, type Layer, type Stage } from "./stage.ts";

/** The colour of a plane: 0 is the haze at the horizon, 1 the nearest ground. */
export function planeColour(stage: Stage, nearness: number): Lch {
  const { palette } = stage.plan;
  return mix(palette.far, palette.near, nearness ** 1.25);
}

/** The land behind the middle ground, as planes with haze between them. */
export function farLayers(stage: Stage): Layer[] {
  const { far } = SETTINGS[stage.plan.setting];
  const wanted = stage.plan.has.mountains !== undefined && far === "hills" ? "mountains" : far;
  const bare = isWithout(stage.plan, "trees");
  const ridges = ridgesOf(stage, wanted).filter(({ shape }) => !bare || shape !== "trees");
  return ridges.map((ridge, index) =>
    cachedLayer(stage, 0.1 + index * 0.11, (pen) => paintRidge(pen, stage, ridge)),
  );
}

const POINTS = 700;

/** Paints one plane: its body with haze at the foot, and the lit and shaded slopes of peaks. */
export function paintRidge(pen: Pen, stage: Stage, ridge: Ridge): void {
  const tops = ridgeLine(stage, ridge);
  const { width, height, margin, plan } = stage;
  const colour = ridge.tint ?? planeColour(stage, ridge.nearness);
  const haze = mix(colour, plan.palette.sky[3], 0.62 * (1 - ridge.nearness) ** 0.7);
  const top = Math.min(...tops);
  const fill = pen.createLinearGradient(0, top, 0, ridge.foot);
  fill.addColorStop(0, css(colour));
  fill.addColorStop(0.3, css(mix(colour, haze, 0.25)));
  fill.addColorStop(1, css(haze));
  pen.save();
  outline(pen, { stage, tops, bottom: height + margin });
  pen.fillStyle = fill;
  pen.fill();
  pen.clip();
  if (ridge.shape === "peaks") paintSlopes(pen, { stage, ridge, tops, colour });
  if (ridge.shape === "dunes") paintDuneShade(pen, { stage, ridge, tops, colour });
  if (ridge.shape === "mesa") paintStrata(pen, { stage, ridge, tops, colour });
  pen.restore();
  const mist = pen.createLinearGradient(0, ridge.foot - height * 0.13, 0, ridge.foot);
  mist.addColorStop(0, css(plan.palette.sky[3], 0));
  mist.addColorStop(1, css(plan.palette.sky[3], 0.26 * (1 - ridge.nearness * 0.7) * fogOf(stage)));
  pen.fillStyle = mist;
  pen.fillRect(-margin, ridge.foot - height * 0.13, width + 2 * margin, height * 0.13 + 2);
}

/** How much haze there is; 1 is a clear day. */
export function fogOf({ plan }: Stage): number {
  const fog = plan.has.fog ?? 0;
  return Math.min(2.6, (plan.mood === "epic" ? 1.4 : 1) + fog * 1.3);
}

function outline(
  pen: Pen,
  {
    stage,
    tops,
    bottom,
  }: { readonly stage: Stage; readonly tops: readonly number[]; readonly bottom: number },
): void {
  const { width, margin } = stage;
  const step = (width + 2 * margin) / (tops.length - 1);
  pen.beginPath();
  pen.moveTo(-margin, bottom);
  tops.forEach((y, index) => void pen.lineTo(-margin + index * step, y));
  pen.lineTo(width + margin, bottom);
  pen.closePath();
}

function ridgeLine(stage: Stage, ridge: Ridge): number[] {
  const { height, plan } = stage;
  const noise = makeNoise(noiseSeed(plan.seed, `ridge-${ridge.name}`));
  const rough = fractal(noise, 6);
  const tops: number[] = [];
  for (let index = 0; index < POINTS; index += 1) {
    const u = index / (POINTS - 1);
    const hero = Math.max(0, 1 - Math.abs(u - ridge.heroX) / ridge.reach) ** 1.15;
    const rise = profile({ u, hero, ridge, noise, rough });
    tops.push(ridge.foot - rise * ridge.rise * height);
  }
  return tops;
}

interface Profile {
  readonly u: number;
  readonly hero: number;
  readonly ridge: Ridge;
  readonly noise: (x: number, y: number) => number;
  readonly rough: (x: number, y: number) => number;
}

function profile({ u, hero, ridge, noise, rough }: Profile): number {
  if (ridge.shape === "peaks") {
    const ridged = 1 - Math.abs(rough(u * 7, 3) * 2 - 1);
    const detail = (rough(u * 26, 9) - 0.5) * 0.13;
    return (
      ridge.hero * hero * (0.72 + 0.28 * ridged) + (1 - ridge.hero * 0.45) * ridged * 0.5 + detail
    );
  }
  if (ridge.shape === "hills") return 0.35 + hero * 0.45 + (noise(u * 4, 2) - 0.5) * 0.7;
  if (ridge.shape === "dunes") {
    const wave = (u * 2.3 + noise(u * 2, 5) * 0.9) % 1;
    return 0.25 + 0.55 * (wave < 0.68 ? (wave / 0.68) ** 1.4 : (1 - wave) / 0.32) + hero * 0.2;
  }
  if (ridge.shape === "mesa") {
    const block = Math.min(1, Math.max(0, (hero - 0.25) * 14)) * 0.72;
    const second = noise(u * 5, 4) > 0.66 ? 0.4 : 0;
    return Math.max(block, second) + 0.1 + rough(u * 30, 1) * 0.06;
  }
  if (ridge.shape === "islands") return Math.max(-0.2, hero * (0.7 + 0.5 * rough(u * 9, 3)) - 0.16);
  const spikes = Math.abs(((u * 90 + noise(u * 60, 8) * 1.6) % 1) - 0.5) * 2;
  return 0.4 + hero * 0.3 + (noise(u * 5, 6) - 0.5) * 0.3 + spikes * 0.3 * (0.5 + noise(u * 40, 2));
}

interface Slopes {
  readonly stage: Stage;
  readonly ridge: Ridge;
  readonly tops: readonly number[];
  readonly colour: Lch;
}

function paintSlopes(pen: Pen, { stage, ridge, tops, colour }: Slopes): void {
  const { width, height, margin, plan, unit } = stage;
  const random = stage.chance(`slopes-${ridge.name}`);
  const step = (width + 2 * margin) / (tops.length - 1);
  const lit = mix(colour, plan.palette.sun, 0.5);
  const shade = shift(mix(colour, plan.palette.sky[0], 0.45), [-0.06, 1, 0]);
  const sunSide = plan.sun.x > ridge.heroX ? 1 : -1;
  const deep = ridge.rise * height;
  const snowLine = ridge.foot - deep * (ridge.snow ? 0.5 : 0.74);
  for (let index = 3; index < tops.length - 3; index += 1) {
    const y = tops[index] ?? 0;
    const slope = (tops[index + 3] ?? y) - (tops[index - 3] ?? y);
    const x = -margin + index * step;
    const facing = slope * sunSide > 0;
    const length = deep * between(random, 0.12, 0.5);
    const tone =
      y < snowLine && ridge.snow
        ? facing
          ? SNOW_LIT
          : mix(shade, SNOW_SHADE, 0.7)
        : facing
          ? lit
          : shade;
    pen.strokeStyle = css(tone, facing ? 0.34 : 0.28);
    pen.lineWidth = unit * between(random, 1.4, 4.2);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.quadraticCurveTo(
      x + slope * 0.5,
      y + length * 0.45,
      x + Math.sign(slope) * length * between(random, 0.2, 0.6),
      y + length,
    );
    pen.stroke();
  }
  if (ridge.snow) paintSnowCaps(pen, { stage, ridge, tops, colour, random });
}

const SNOW_LIT: Lch = [0.985, 0.015, 85];
const SNOW_SHADE: Lch = [0.8, 0.04, 260];

function paintSnowCaps(
  pen: Pen,
  { stage, ridge, tops, random }: Slopes & { readonly random: Random },
): void {
  const { width, margin, height, plan } = stage;
  const step = (width + 2 * margin) / (tops.length - 1);
  const line = ridge.foot - ridge.rise * height * 0.56;
  const warm = mix(SNOW_LIT, plan.palette.sun, plan.palette.dark > 0.6 ? 0.3 : 0.2);
  const cap = mix(warm, plan.palette.sky[1], plan.palette.dark * 0.7 + 0.12);
  pen.fillStyle = css(cap, 0.8);
  pen.beginPath();
  pen.moveTo(-margin, height);
  tops.forEach((y, index) => void pen.lineTo(-margin + index * step, y));
  for (let index = tops.length - 1; index >= 0; index -= 2) {
    const y = tops[index] ?? 0;
    const depth = Math.max(0, line - y) * between(random, 0.25, 0.75);
    pen.lineTo(-margin + index * step, y + depth);
  }
  pen.closePath();
  pen.fill();
}

function paintDuneShade(pen: Pen, { stage, tops, colour }: Slopes): void {
  const { width, margin, plan, height, unit } = stage;
  const step = (width + 2 * margin) / (tops.length - 1);
  const sunSide = plan.sun.x > 0.5 ? 1 : -1;
  const shade = shift(colour, [-0.13, 1.1, -8]);
  for (let index = 2; index < tops.length - 2; index += 1) {
    const y = tops[index] ?? 0;
    const slope = (tops[index + 2] ?? y) - (tops[index - 2] ?? y);
    const facing = slope * sunSide > 0;
    const x = -margin + index * step;
    const fill = pen.createLinearGradient(0, y, 0, y + height * 0.12);
    const tone = facing ? mix(colour, plan.palette.sun, 0.3) : shade;
    fill.addColorStop(0, css(tone, facing ? 0.75 : 0.7));
    fill.addColorStop(1, css(tone, 0));
    pen.fillStyle = fill;
    pen.fillRect(x, y, step + unit, height * 0.12);
  }
}

function paintStrata(pen: Pen, { stage, ridge, colour }: Slopes): void {
  const { width, height, margin, plan } = stage;
  const random = stage.chance(`strata-${ridge.name}`);
  for (
    let y = ridge.foot - ridge.rise * height * 1.2;
    y < ridge.foot;
    y += height * between(random, 0.008, 0.022)
  ) {
    pen.fillStyle = css(
      random() < 0.5 ? mix(colour, plan.palette.sun, 0.3) : shift(colour, [-0.07, 1.1, -6]),
      0.35,
    );
    pen.fillRect(-margin, y, width + 2 * margin, height * between(random, 0.003, 0.01));
  }
}
