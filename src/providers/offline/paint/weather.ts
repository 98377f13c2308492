import { between } from "../chance.ts";
import { SETTINGS } from "../scene/settings.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch } from "./colour.ts";
import { glow } from "./sky.ts";
import { type Layer, livingLayer, type Moment, type Stage } from "./stage.ts";

/** What falls, floats and flies in front: closed forms of time, so that any moment can be drawn. */
export function weatherLayers(stage: Stage): Layer[] {
  const { plan } = stage;
  const { scene } = SETTINGS[plan.setting];
  const outdoors = ["land", "street", "forest", "sky", "cave"].includes(scene);
  const kinds: (keyof typeof WEATHERS)[] = [];
  if (outdoors && (plan.has.rain !== undefined || plan.has.storm !== undefined)) kinds.push("rain");
  if (outdoors && (plan.has.snow !== undefined || plan.setting === "snowfield")) kinds.push("snow");
  if (plan.has.leaves !== undefined || (plan.has.autumn !== undefined && outdoors))
    kinds.push("leaves");
  if (plan.has.petals_fall !== undefined || plan.subjects.some(({ kind }) => kind === "blossom"))
    kinds.push("petals");
  for (const kind of ["fireflies", "embers", "confetti", "bubbles"] as const)
    if (plan.has[kind] !== undefined) kinds.push(kind);
  if (plan.setting === "undersea" && !kinds.includes("bubbles")) kinds.push("bubbles");
  if (plan.setting === "volcano" && !kinds.includes("embers")) kinds.push("embers");
  const layers = [...new Set(kinds)].map((kind) => WEATHERS[kind](stage));
  if (outdoors && plan.has.fog !== undefined) layers.unshift(fogLayer(stage));
  if (outdoors && plan.has.storm !== undefined) layers.push(lightningLayer(stage));
  return layers;
}

interface Flake {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly speed: number;
  readonly phase: number;
  readonly tone: number;
}

function makeFlakes(stage: Stage, name: string, count: number): Flake[] {
  const random = stage.chance(`weather-${name}`);
  return Array.from({ length: count }, () => ({
    x: random(),
    y: random(),
    size: random(),
    speed: between(random, 0.7, 1.3),
    phase: random() * 6.283,
    tone: random(),
  }));
}

type Fall = (pen: Pen, flake: Flake, at: { readonly stage: Stage; readonly t: number }) => void;

function fallLayer(...[stage, name, count, draw]: [Stage, string, number, Fall]): Layer {
  const flakes = makeFlakes(stage, name, count);
  return livingLayer(stage, 1.1, (pen, { t }: Moment) => {
    for (const flake of flakes) draw(pen, flake, { stage, t });
  });
}

function wrap(value: number): number {
  return value - Math.floor(value);
}

const LEAVES: readonly Lch[] = [
  [0.62, 0.18, 50],
  [0.55, 0.2, 30],
  [0.74, 0.15, 80],
];
const PARTY: readonly Lch[] = [
  [0.62, 0.23, 25],
  [0.85, 0.17, 92],
  [0.6, 0.18, 250],
  [0.65, 0.2, 145],
  [0.7, 0.2, 340],
];

const WEATHERS = {
  rain: (stage: Stage): Layer =>
    fallLayer(stage, "rain", 420, (pen, { x, y, size, speed }, { t }) => {
      const { width, height, unit } = stage;
      const py = wrap(y + t * speed * (1.3 + size)) * 1.1 * height - height * 0.05;
      const px = wrap(x - py * 0.00001 - t * 0.05) * width * 1.1 - py * 0.05;
      const long = unit * (16 + 44 * size);
      pen.strokeStyle = css([0.9, 0.02, 235], 0.14 + 0.26 * size);
      pen.lineWidth = unit * (0.8 + 1.2 * size);
      pen.beginPath();
      pen.moveTo(px, py);
      pen.lineTo(px - long * 0.16, py + long);
      pen.stroke();
    }),
  snow: (stage: Stage): Layer =>
    fallLayer(stage, "snow", 300, (pen, { x, y, size, speed, phase }, { t }) => {
      const { width, height, unit } = stage;
      const big = size ** 4;
      pen.fillStyle = css([0.985, 0.01, 250], 0.5 + 0.45 * (1 - big));
      pen.beginPath();
      const py = wrap(y + t * speed * (0.05 + 0.08 * size)) * 1.06 * height;
      pen.arc(
        wrap(x + Math.sin(t * 0.8 + phase) * 0.012) * width,
        py,
        unit * (1.3 + 2.4 * size + 7 * big),
        0,
        Math.PI * 2,
      );
      pen.fill();
    }),
  leaves: (stage: Stage): Layer =>
    fallLayer(stage, "leaves", 46, (pen, flake, at) => tumble(pen, { flake, at, tones: LEAVES })),
  petals: (stage: Stage): Layer =>
    fallLayer(stage, "petals", 70, (pen, flake, at) =>
      tumble(pen, {
        flake,
        at,
        tones: [
          [0.88, 0.08, 355],
          [0.93, 0.05, 350],
        ],
      }),
    ),
  confetti: (stage: Stage): Layer =>
    fallLayer(stage, "confetti", 130, (pen, flake, at) => tumble(pen, { flake, at, tones: PARTY })),
  fireflies: (stage: Stage): Layer =>
    fallLayer(stage, "fireflies", 44, (pen, { x, y, size, phase }, { t }) => {
      const { width, height, unit } = stage;
      const blink = 0.35 + 0.65 * Math.max(0, Math.sin(t * 1.5 + phase));
      pen.globalCompositeOperation = "screen";
      const px = wrap(x + Math.sin(t * 0.4 + phase) * 0.03) * width;
      glow(pen, {
        x: px,
        y: height * (0.4 + 0.55 * y + Math.sin(t * 0.6 + phase * 2) * 0.02),
        radius: unit * (8 + 22 * size),
        colour: [0.93, 0.17, 105],
        alpha: blink,
      });
    }),
  embers: (stage: Stage): Layer =>
    fallLayer(stage, "embers", 90, (pen, { x, y, size, speed, phase }, { t }) => {
      const { width, height, unit } = stage;
      pen.globalCompositeOperation = "screen";
      pen.fillStyle = css([0.76, 0.2, 48], 0.35 + 0.6 * size);
      pen.beginPath();
      pen.arc(
        wrap(x + Math.sin(t + phase) * 0.02) * width,
        height * (1 - wrap(y + t * speed * 0.14)),
        unit * (1 + 3.4 * size ** 2),
        0,
        Math.PI * 2,
      );
      pen.fill();
    }),
  bubbles: (stage: Stage): Layer =>
    fallLayer(stage, "bubbles", 54, (pen, { x, y, size, speed, phase }, { t }) => {
      const { width, height, unit } = stage;
      const radius = unit * (3 + 13 * size ** 2);
      const px = wrap(x + Math.sin(t * 1.2 + phase) * 0.01) * width;
      const py = height * (1 - wrap(y + t * speed * 0.09));
      pen.strokeStyle = css([0.95, 0.03, 210], 0.6);
      pen.lineWidth = unit * 1.4;
      pen.beginPath();
      pen.arc(px, py, radius, 0, Math.PI * 2);
      pen.stroke();
      pen.fillStyle = css([0.97, 0.02, 210], 0.6);
      pen.beginPath();
      pen.arc(px - radius * 0.35, py - radius * 0.35, radius * 0.22, 0, Math.PI * 2);
      pen.fill();
    }),
} as const;

interface Tumble {
  readonly flake: Flake;
  readonly at: { readonly stage: Stage; readonly t: number };
  readonly tones: readonly Lch[];
}

function tumble(pen: Pen, { flake, at: { stage, t }, tones }: Tumble): void {
  const { width, height, unit } = stage;
  const { x, y, size, speed, phase, tone } = flake;
  const colour = tones[Math.floor(tone * tones.length)];
  if (colour === undefined) return;
  pen.save();
  pen.translate(
    wrap(x + t * 0.03 + Math.sin(t * 0.9 + phase) * 0.03) * width,
    wrap(y + t * speed * 0.09) * 1.06 * height,
  );
  pen.rotate(phase + t * speed * 1.4);
  pen.scale(1, 0.35 + 0.6 * Math.abs(Math.sin(t * 1.6 + phase)));
  pen.fillStyle = css(colour, 0.92);
  pen.beginPath();
  const long = unit * (6 + 9 * size);
  pen.ellipse(0, 0, long, long * 0.5, 0, 0, Math.PI * 2);
  pen.fill();
  pen.restore();
}

function fogLayer(stage: Stage): Layer {
  const { width, height, horizonY, plan, margin } = stage;
  const random = stage.chance("fog");
  const banks = Array.from({ length: 9 }, () => ({
    x: random(),
    y: between(random, -0.1, 0.34),
    wide: between(random, 0.4, 0.9),
    phase: random() * 6,
  }));
  return livingLayer(stage, 0.8, (pen, { t }) => {
    for (const { x, y, wide, phase } of banks) {
      const px = (x + Math.sin(t * 0.12 + phase) * 0.06) * width;
      const py = horizonY + y * height;
      const reach = wide * width * 0.6;
      pen.save();
      pen.translate(px, py);
      pen.scale(1, 0.2);
      const fill = pen.createRadialGradient(0, 0, 0, 0, 0, reach);
      fill.addColorStop(0, css(plan.palette.sky[3], 0.42));
      fill.addColorStop(1, css(plan.palette.sky[3], 0));
      pen.fillStyle = fill;
      pen.fillRect(-reach - margin, -reach, reach * 2 + margin * 2, reach * 2);
      pen.restore();
    }
  });
}

/** Lightning: one bolt in a still; in films it strikes now and then, for a few frames. */
function lightningLayer(stage: Stage): Layer {
  const { width, horizonY, unit } = stage;
  return livingLayer(stage, 0.1, (pen, { t, duration }) => {
    const strike = duration === 0 ? 0 : Math.floor(t / 2.6);
    const since = duration === 0 ? 0 : t - strike * 2.6 - 0.8;
    if (since < 0 || since > 0.34) return;
    const random = stage.chance(`bolt-${strike}`);
    const strength = 1 - since / 0.34;
    pen.globalCompositeOperation = "screen";
    pen.fillStyle = css([0.9, 0.04, 260], 0.16 * strength);
    pen.fillRect(0, 0, width, horizonY * 1.4);
    const x = width * between(random, 0.2, 0.8);
    for (const [wide, alpha] of [
      [13, 0.25],
      [4, 1],
    ] as const) {
      const bolt = stage.chance(`bolt-line-${strike}`);
      let px = x;
      pen.strokeStyle = css([0.96, 0.05, 270], alpha * strength);
      pen.lineWidth = wide * unit;
      pen.beginPath();
      pen.moveTo(px, 0);
      for (let step = 1; step <= 11; step += 1) {
        px += between(bolt, -36, 36) * unit;
        pen.lineTo(px, (horizonY * step) / 11);
      }
      pen.stroke();
    }
  });
}
