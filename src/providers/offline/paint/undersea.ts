import { between, type Random } from "../chance.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { makeNoise, noiseSeed } from "./noise.ts";
import { glow } from "./sky.ts";
import { cachedLayer, type Layer, livingLayer, type Stage } from "./stage.ts";

/** The sea from below: light from above, sand, kelp that sways, corals. */
export function underseaLayers(stage: Stage): Layer[] {
  const { width, height, margin, horizonY, plan, unit } = stage;
  const kelp = makeKelp(stage);
  return [
    cachedLayer(stage, 0, (pen) => {
      const fill = pen.createLinearGradient(0, 0, 0, height);
      plan.palette.sky.forEach(
        (tone, index) => void fill.addColorStop([0, 0.35, 0.72, 1][index] ?? 1, css(tone)),
      );
      pen.fillStyle = fill;
      pen.fillRect(-margin, -margin, width + margin * 2, height + margin * 2);
      pen.globalCompositeOperation = "screen";
      glow(pen, {
        x: width * plan.sun.x,
        y: 0,
        radius: height * 0.8,
        colour: plan.palette.sun,
        alpha: 0.6,
      });
    }),
    livingLayer(stage, 0.1, (pen, { t }) => paintRays(pen, stage, t)),
    cachedLayer(stage, 0.35, (pen) => paintReef(pen, stage, { far: true })),
    cachedLayer(stage, 0.6, (pen) => paintSeabed(pen, stage)),
    livingLayer(stage, 0.7, (pen, { t }) => {
      pen.lineCap = "round";
      for (const { x, high, tone, phase, wide } of kelp) {
        pen.strokeStyle = css(tone);
        pen.lineWidth = wide * unit;
        pen.beginPath();
        pen.moveTo(x, height + 10);
        const sway = Math.sin(t * 1.1 + phase) * 26 * unit;
        pen.bezierCurveTo(
          x - sway,
          height - high * 0.35,
          x + sway * 1.6,
          height - high * 0.7,
          x + sway,
          Math.max(horizonY * 0.2, height - high),
        );
        pen.stroke();
      }
    }),
    cachedLayer(stage, 0.75, (pen) => paintReef(pen, stage, { far: false })),
  ];
}

function makeKelp(
  stage: Stage,
): { x: number; high: number; tone: Lch; phase: number; wide: number }[] {
  const random = stage.chance("kelp");
  return Array.from({ length: 18 }, () => {
    const edge = random() < 0.5 ? between(random, -0.03, 0.26) : between(random, 0.74, 1.03);
    return {
      x: edge * stage.width,
      high: stage.height * between(random, 0.2, 0.62),
      tone: [between(random, 0.28, 0.46), 0.09, between(random, 130, 175)] as const,
      phase: random() * 6,
      wide: between(random, 6, 15),
    };
  });
}

function paintRays(pen: Pen, stage: Stage, t: number): void {
  const { width, height, plan } = stage;
  const random = stage.chance("rays");
  pen.globalCompositeOperation = "screen";
  for (let ray = 0; ray < 9; ray += 1) {
    const x = plan.sun.x * width + (ray - 4) * width * 0.07;
    const wide = width * between(random, 0.015, 0.05);
    const lean = (ray - 4) * width * 0.09 + Math.sin(t * 0.5 + ray) * width * 0.02;
    const fill = pen.createLinearGradient(0, 0, 0, height * 0.9);
    fill.addColorStop(0, css(plan.palette.sun, 0.2 + 0.07 * Math.sin(t * 0.9 + ray * 2)));
    fill.addColorStop(1, css(plan.palette.sun, 0));
    pen.fillStyle = fill;
    pen.beginPath();
    pen.moveTo(x - wide / 2, -4);
    pen.lineTo(x + wide / 2, -4);
    pen.lineTo(x + wide * 2 + lean, height * 0.9);
    pen.lineTo(x - wide * 2 + lean, height * 0.9);
    pen.fill();
  }
}

function paintSeabed(pen: Pen, stage: Stage): void {
  const { width, height, margin, horizonY } = stage;
  const noise = makeNoise(noiseSeed(stage.plan.seed, "seabed"));
  const fill = pen.createLinearGradient(0, horizonY, 0, height);
  fill.addColorStop(0, css([0.46, 0.06, 215]));
  fill.addColorStop(1, css([0.72, 0.07, 90]));
  pen.fillStyle = fill;
  pen.beginPath();
  pen.moveTo(-margin, height + margin);
  for (let step = 0; step <= 50; step += 1)
    pen.lineTo(
      -margin + ((width + margin * 2) * step) / 50,
      horizonY + (noise(step * 0.14, 2) - 0.3) * height * 0.09,
    );
  pen.lineTo(width + margin, height + margin);
  pen.fill();
}

const CORALS: readonly Lch[] = [
  [0.62, 0.2, 15],
  [0.7, 0.17, 350],
  [0.76, 0.16, 60],
  [0.55, 0.17, 310],
  [0.8, 0.14, 95],
];

function paintReef(pen: Pen, stage: Stage, { far }: { readonly far: boolean }): void {
  const { width, height, horizonY, unit, plan } = stage;
  const random = stage.chance(far ? "reef-far" : "reef");
  const count = far ? 12 : 10;
  for (let index = 0; index < count; index += 1) {
    const x =
      (far ? random() : random() < 0.5 ? between(random, -0.02, 0.3) : between(random, 0.7, 1.02)) *
      width;
    const y = far ? horizonY + height * 0.03 : height * between(random, 0.9, 1);
    const tone = mix(
      CORALS[index % CORALS.length] ?? [0.6, 0.2, 15],
      plan.palette.far,
      far ? 0.72 : 0.12,
    );
    branch(pen, {
      x,
      y,
      angle: -Math.PI / 2,
      length: unit * between(random, 30, 62) * (far ? 0.8 : 1.2),
      width: unit * (far ? 11 : 17),
      depth: 4,
      tone,
      random,
    });
  }
}

interface Coral {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly length: number;
  readonly width: number;
  readonly depth: number;
  readonly tone: Lch;
  readonly random: Random;
}

function branch(pen: Pen, coral: Coral): void {
  const { x, y, angle, length, width, depth, tone, random } = coral;
  const endX = x + Math.cos(angle) * length;
  const endY = y + Math.sin(angle) * length;
  pen.strokeStyle = css(shift(tone, [(4 - depth) * 0.035, 1, 0]));
  pen.lineWidth = width;
  pen.lineCap = "round";
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(endX, endY);
  pen.stroke();
  if (depth === 0) return;
  for (const side of [-1, 1]) {
    branch(pen, {
      ...coral,
      x: endX,
      y: endY,
      angle: angle + side * between(random, 0.25, 0.6),
      length: length * between(random, 0.62, 0.82),
      width: width * 0.72,
      depth: depth - 1,
    });
  }
}
