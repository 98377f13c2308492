import { between } from "../chance.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { makeNoise, noiseSeed } from "./noise.ts";
import { glow } from "./sky.ts";
import { cachedLayer, type Layer, livingLayer, type Stage } from "./stage.ts";

/** What makes a place that place: a fire mountain, falling water, a cave's mouth, ice. */
export function wonderLayers(stage: Stage): Layer[] {
  switch (stage.plan.setting) {
    case "volcano":
      return [cachedLayer(stage, 0.35, (pen) => paintVolcano(pen, stage)), plumeLayer(stage)];
    case "waterfall":
      return fallLayers(stage);
    case "cave":
      return [cachedLayer(stage, 0.8, (pen) => paintCave(pen, stage))];
    case "ice":
      return [cachedLayer(stage, 0.4, (pen) => paintIcebergs(pen, stage))];
    default:
      return [];
  }
}

function craterOf({ width, height, horizonY }: Stage): { x: number; y: number; wide: number } {
  return { x: width * 0.52, y: horizonY - height * 0.44, wide: Math.min(width, height) * 0.09 };
}

function paintVolcano(pen: Pen, stage: Stage): void {
  const { width, height, horizonY, plan, unit } = stage;
  const crater = craterOf(stage);
  const body: Lch = mix([0.27, 0.04, 30], plan.palette.far, 0.22);
  const reach = width * 0.44;
  const fill = pen.createLinearGradient(crater.x - reach, 0, crater.x + reach, 0);
  fill.addColorStop(0, css(shift(body, [plan.sun.x < 0.5 ? 0.1 : -0.06, 1, 0])));
  fill.addColorStop(1, css(shift(body, [plan.sun.x < 0.5 ? -0.08 : 0.1, 1, 0])));
  pen.fillStyle = fill;
  pen.beginPath();
  pen.moveTo(crater.x - crater.wide, crater.y);
  pen.quadraticCurveTo(
    crater.x - crater.wide * 1.5,
    horizonY - height * 0.1,
    crater.x - reach,
    horizonY + 8 * unit,
  );
  pen.lineTo(crater.x + reach, horizonY + 8 * unit);
  pen.quadraticCurveTo(
    crater.x + crater.wide * 1.5,
    horizonY - height * 0.1,
    crater.x + crater.wide,
    crater.y,
  );
  pen.quadraticCurveTo(crater.x, crater.y + 26 * unit, crater.x - crater.wide, crater.y);
  pen.fill();
  const random = stage.chance("lava");
  pen.lineCap = "round";
  for (let stream = 0; stream < 6; stream += 1) {
    let x = crater.x + (stream / 5 - 0.5) * crater.wide * 1.7;
    let y = crater.y + 8 * unit;
    pen.beginPath();
    pen.moveTo(x, y);
    const lean = (stream - 2.5) * 13;
    const steps = 6 + Math.floor(random() * 9);
    for (let step = 0; step < steps; step += 1) {
      x += (lean + between(random, -16, 16)) * unit;
      y += ((horizonY - crater.y) / 15) * between(random, 0.8, 1.15);
      pen.lineTo(x, y);
    }
    for (const [wide, tone] of [
      [22, [0.5, 0.2, 28]],
      [12, [0.68, 0.2, 42]],
      [5, [0.9, 0.15, 85]],
    ] as const) {
      pen.strokeStyle = css(tone, 0.9);
      pen.lineWidth = wide * unit;
      pen.stroke();
    }
  }
}

function plumeLayer(stage: Stage): Layer {
  const crater = craterOf(stage);
  const { unit } = stage;
  return livingLayer(stage, 0.35, (pen, { t }) => {
    const random = stage.chance("plume");
    for (let puff = 0; puff < 44; puff += 1) {
      const age = (puff / 44 + t * 0.05) % 1;
      const x = crater.x + (random() - 0.5) * crater.wide * (1 + age * 5) + age * age * 90 * unit;
      const y = crater.y - age * (crater.y + 40 * unit);
      const radius = crater.wide * (0.45 + age * 1.5);
      const tone = mix([0.62, 0.16, 45], [0.34, 0.02, 30], Math.min(1, age * 3.4));
      const fill = pen.createRadialGradient(x, y, 0, x, y, radius);
      fill.addColorStop(0, css(tone, 0.6 * (1 - age * 0.6)));
      fill.addColorStop(1, css(tone, 0));
      pen.fillStyle = fill;
      pen.fillRect(x - radius, y - radius, radius * 2, radius * 2);
    }
    pen.globalCompositeOperation = "screen";
    glow(pen, {
      x: crater.x,
      y: crater.y,
      radius: crater.wide * 3,
      colour: [0.72, 0.2, 45],
      alpha: 0.8,
    });
    for (let bomb = 0; bomb < 40; bomb += 1) {
      const age = (random() + t * 0.5) % 1;
      const speed = between(random, -1, 1);
      pen.fillStyle = css([0.8, 0.18, 60], 1 - age);
      pen.beginPath();
      pen.arc(
        crater.x + speed * age * 230 * unit,
        crater.y - (age * 420 - age * age * 400) * unit * between(random, 0.6, 1.2),
        between(random, 2, 6) * unit,
        0,
        Math.PI * 2,
      );
      pen.fill();
    }
  });
}

function fallLayers(stage: Stage): Layer[] {
  const { width, height, horizonY, plan, unit } = stage;
  const x = width * (plan.sun.x > 0.5 ? 0.4 : 0.6);
  const wide = Math.min(width, height) * 0.17;
  const top = horizonY - height * 0.46;
  const rock = mix([0.4, 0.03, 60], plan.palette.near, 0.35);
  return [
    cachedLayer(stage, 0.5, (pen) => paintCliff(pen, { stage, x, wide, top, rock })),
    livingLayer(stage, 0.5, (pen, { t }) => {
      const noise = makeNoise(noiseSeed(plan.seed, "fall"));
      const strands = 40;
      for (let strand = 0; strand < strands; strand += 1) {
        const px = x + ((strand + 0.5) / strands - 0.5) * wide;
        for (let piece = 0; piece < 12; piece += 1) {
          const v = (piece / 12 + t * 0.42 + noise(strand * 0.7, 2) * 1.3) % 1;
          const bright = noise(strand * 0.5 + 9, piece * 0.9);
          pen.fillStyle = css(
            mix(
              [0.97, 0.015, 230],
              plan.palette.sky[1],
              0.12 + plan.palette.dark * 0.5 + bright * 0.3,
            ),
            0.34 + 0.3 * bright,
          );
          pen.fillRect(
            px - wide / strands,
            top + v * (horizonY - top),
            (wide / strands) * 2,
            (horizonY - top) * 0.13,
          );
        }
      }
      const random = stage.chance("spray");
      for (let drop = 0; drop < 26; drop += 1) {
        const sx = x + (random() - 0.5) * wide * 2.2 + Math.sin(t * 1.2 + drop) * 8 * unit;
        const radius = unit * between(random, 30, 78);
        const fill = pen.createRadialGradient(sx, horizonY, 0, sx, horizonY, radius);
        fill.addColorStop(0, css([0.97, 0.01, 230], 0.3));
        fill.addColorStop(1, css([0.97, 0.01, 230], 0));
        pen.fillStyle = fill;
        pen.fillRect(sx - radius, horizonY - radius, radius * 2, radius * 2);
      }
    }),
  ];
}

interface Cliff {
  readonly stage: Stage;
  readonly x: number;
  readonly wide: number;
  readonly top: number;
  readonly rock: Lch;
}

function paintCliff(pen: Pen, { stage, x, wide, top, rock }: Cliff): void {
  const { width, margin, horizonY, unit, plan } = stage;
  const random = stage.chance("cliff");
  pen.fillStyle = css(rock);
  pen.beginPath();
  pen.moveTo(-margin, horizonY + 4);
  pen.lineTo(-margin, top - 30 * unit);
  for (let step = 0; step <= 24; step += 1) {
    const px = -margin + ((width + margin * 2) * step) / 24;
    const dip = Math.exp(-(((px - x) / (wide * 0.8)) ** 2)) * 40 * unit;
    pen.lineTo(px, top - 40 * unit + dip + between(random, -14, 14) * unit);
  }
  pen.lineTo(width + margin, horizonY + 4);
  pen.fill();
  for (let crack = 0; crack < 170; crack += 1) {
    const px = between(random, -margin, width + margin);
    const py = between(random, top, horizonY - 20 * unit);
    pen.fillStyle = css(
      random() < 0.5 ? mix(rock, plan.palette.sun, 0.28) : shift(rock, [-0.09, 1, 0]),
      0.5,
    );
    pen.fillRect(px, py, between(random, 8, 44) * unit, between(random, 16, 90) * unit);
  }
  pen.fillStyle = css(mix([0.5, 0.13, 140], plan.palette.near, 0.3 + plan.palette.dark * 0.4));
  for (let bush = 0; bush < 60; bush += 1) {
    const px = between(random, -margin, width + margin);
    if (Math.abs(px - x) < wide * 0.6) continue;
    pen.beginPath();
    pen.ellipse(
      px,
      top - 40 * unit + between(random, -14, 16) * unit,
      between(random, 22, 54) * unit,
      between(random, 12, 26) * unit,
      0,
      0,
      Math.PI * 2,
    );
    pen.fill();
  }
  pen.fillStyle = css(mix([0.9, 0.03, 225], plan.palette.sky[1], 0.2));
  pen.fillRect(x - wide / 2, top - 4 * unit, wide, horizonY - top + 4 * unit);
}

function paintCave(pen: Pen, stage: Stage): void {
  const { width, height, margin, horizonY, plan, unit } = stage;
  const random = stage.chance("cave");
  const rock: Lch = [0.2, 0.03, 50];
  const fill = pen.createRadialGradient(
    width / 2,
    horizonY * 0.7,
    width * 0.1,
    width / 2,
    horizonY * 0.7,
    width * 0.75,
  );
  fill.addColorStop(0, css(mix(rock, plan.palette.sun, 0.4)));
  fill.addColorStop(0.4, css(shift(rock, [0.06, 1, 0])));
  fill.addColorStop(1, css(shift(rock, [-0.1, 1, 0])));
  pen.fillStyle = fill;
  pen.beginPath();
  pen.rect(-margin, -margin, width + margin * 2, height + margin * 2);
  for (let step = 40; step >= 0; step -= 1) {
    const a = Math.PI + (step / 40) * Math.PI;
    const r = 1 + between(random, -0.07, 0.07);
    pen.lineTo(
      width / 2 + Math.cos(a) * width * 0.27 * r,
      horizonY + Math.sin(a) * horizonY * 0.72 * r,
    );
  }
  pen.closePath();
  pen.fill("evenodd");
  pen.fillStyle = css(shift(rock, [-0.06, 1, 0]));
  for (let spike = 0; spike < 26; spike += 1) {
    const x = between(random, -margin, width + margin);
    const far = Math.abs(x / width - 0.5) * 2;
    const long = height * between(random, 0.05, 0.2) * (0.4 + far);
    pen.beginPath();
    pen.moveTo(x - 22 * unit, -margin);
    pen.lineTo(x + 22 * unit, -margin);
    pen.lineTo(x + between(random, -6, 6) * unit, long);
    pen.fill();
  }
}

function paintIcebergs(pen: Pen, stage: Stage): void {
  const { width, height, horizonY, plan, unit } = stage;
  const random = stage.chance("ice");
  const ice: Lch = mix([0.93, 0.03, 225], plan.palette.sky[1], 0.12 + plan.palette.dark * 0.5);
  for (const [at, size] of [
    [0.2, 0.26],
    [0.82, 0.34],
    [0.55, 0.15],
  ] as const) {
    const wide = Math.min(width, height) * size;
    const x = at * width;
    pen.fillStyle = css(ice);
    pen.beginPath();
    pen.moveTo(x - wide, horizonY + 6 * unit);
    for (let step = 1; step < 8; step += 1)
      pen.lineTo(
        x - wide + (wide * 2 * step) / 8,
        horizonY - wide * Math.sin((step / 8) * Math.PI) * between(random, 0.5, 1.15),
      );
    pen.lineTo(x + wide, horizonY + 6 * unit);
    pen.fill();
    pen.fillStyle = css(mix(ice, [0.7, 0.09, 225], 0.5), 0.7);
    pen.beginPath();
    pen.moveTo(x, horizonY - wide * 0.6);
    pen.lineTo(x + wide * 0.8, horizonY + 6 * unit);
    pen.lineTo(x - wide * 0.1, horizonY + 6 * unit);
    pen.fill();
  }
}
