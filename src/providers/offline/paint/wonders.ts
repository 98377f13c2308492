import { between } from "../chance.ts";
import type { Pen } from "./canvas.ts";
import { caveLayers } from "./cave.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { glow } from "./sky.ts";
import { cachedLayer, type Layer, livingLayer, type Stage } from "./stage.ts";
import { fallLayers } from "./waterfall.ts";

/** What makes a place that place: a fire mountain, falling water, a cave's mouth, ice. */
export function wonderLayers(stage: Stage): Layer[] {
  switch (stage.plan.setting) {
    case "volcano":
      return [cachedLayer(stage, 0.35, (pen) => paintVolcano(pen, stage)), plumeLayer(stage)];
    case "waterfall":
      return fallLayers(stage);
    case "cave":
      return caveLayers(stage);
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
