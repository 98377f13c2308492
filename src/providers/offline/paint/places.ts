import { between } from "../chance.ts";
import { PALETTES } from "../scene/palettes.ts";
import { paletteAt } from "../scene/plan.ts";
import { isWithout } from "../scene/without.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { paintWindow } from "./interior.ts";
import { fractal, makeNoise, noiseSeed } from "./noise.ts";
import { glow, skyLayers } from "./sky.ts";
import { cachedLayer, type Layer, livingLayer, type Stage } from "./stage.ts";

/** A stage with curtains, cones of light and a dark audience in front. */
export function theatreLayers(stage: Stage): Layer[] {
  const { width, height, margin, horizonY } = stage;
  return [
    cachedLayer(stage, 0.2, (pen) => {
      const back = pen.createRadialGradient(
        width / 2,
        horizonY * 0.7,
        0,
        width / 2,
        horizonY * 0.7,
        width * 0.7,
      );
      back.addColorStop(0, css([0.34, 0.13, 300]));
      back.addColorStop(1, css([0.1, 0.04, 290]));
      pen.fillStyle = back;
      pen.fillRect(-margin, -margin, width + margin * 2, height + margin * 2);
      const floor = pen.createLinearGradient(0, horizonY, 0, height);
      floor.addColorStop(0, css([0.36, 0.08, 40]));
      floor.addColorStop(1, css([0.2, 0.05, 40]));
      pen.fillStyle = floor;
      pen.fillRect(-margin, horizonY, width + margin * 2, height);
      paintCurtains(pen, stage);
    }),
    livingLayer(stage, 0.4, (pen, { t }) => paintCones(pen, stage, t)),
    ...(isWithout(stage.plan, "people")
      ? []
      : [livingLayer(stage, 1.3, (pen, { t }) => paintHeads(pen, stage, t))]),
  ];
}

function paintHeads(pen: Pen, stage: Stage, t: number): void {
  const { width, height, unit } = stage;
  const random = stage.chance("heads");
  pen.fillStyle = css([0.07, 0.02, 290]);
  for (let head = 0; head < 26; head += 1) {
    const x = (head / 25) * width * 1.1 - width * 0.05 + between(random, -8, 8) * unit;
    const y =
      height -
      unit * between(random, 18, 46) -
      Math.abs(Math.sin(t * 3.1 + random() * 0.8)) * 7 * unit;
    pen.beginPath();
    pen.arc(x, y, 22 * unit, 0, Math.PI * 2);
    pen.ellipse(x, y + 58 * unit, 42 * unit, 40 * unit, 0, 0, Math.PI * 2);
    pen.fill();
  }
}

function paintCurtains(pen: Pen, stage: Stage): void {
  const { width, height, margin } = stage;
  for (const side of [0, 1]) {
    for (let fold = 0; fold < 9; fold += 1) {
      const wide = width * 0.022;
      const x = side === 0 ? -margin + fold * wide + margin * 0.9 : width - (fold + 1) * wide;
      const tone: Lch = [0.3 + 0.1 * (fold % 2) + 0.02 * fold, 0.16, 22];
      pen.fillStyle = css(tone);
      pen.fillRect(x, -margin, wide + 1, height * 0.86 + margin);
    }
  }
  pen.fillStyle = css([0.34, 0.16, 22]);
  for (let swag = -1; swag < 9; swag += 1) {
    pen.beginPath();
    pen.ellipse((swag + 0.5) * (width / 8), 0, width / 13, height * 0.09, 0, 0, Math.PI * 2);
    pen.fill();
  }
}

function paintCones(pen: Pen, stage: Stage, t: number): void {
  const { width, height, horizonY } = stage;
  pen.globalCompositeOperation = "screen";
  [330, 60, 210, 95, 285].forEach((hue, index) => {
    const x = width * (0.14 + index * 0.18);
    const aim = width * (0.5 + 0.22 * Math.sin(t * 0.9 + index * 1.7)) * 0.7 + x * 0.3;
    const foot = horizonY + (height - horizonY) * 0.45;
    const fill = pen.createLinearGradient(0, 0, 0, foot);
    fill.addColorStop(0, css([0.84, 0.14, hue], 0.6));
    fill.addColorStop(1, css([0.84, 0.14, hue], 0.06));
    pen.fillStyle = fill;
    pen.beginPath();
    pen.moveTo(x - 6, -6);
    pen.lineTo(x + 6, -6);
    pen.lineTo(aim + width * 0.11, foot);
    pen.lineTo(aim - width * 0.11, foot);
    pen.fill();
    pen.save();
    pen.translate(aim, foot);
    pen.scale(1, 0.22);
    glow(pen, { x: 0, y: 0, radius: width * 0.14, colour: [0.86, 0.13, hue], alpha: 0.5 });
    pen.restore();
  });
}

/** A table before a dark wall, lit from one side: for things and food. */
export function tableLayers(stage: Stage): Layer[] {
  const { width, height, margin, horizonY, plan, unit } = stage;
  const random = stage.chance("table");
  const bright = plan.hour > 6.5 && plan.hour < 17 && plan.mood !== "scary";
  const hue = plan.accents[0]?.[2] ?? between(random, 20, 280);
  const wall: Lch = bright ? [0.72, 0.06, hue] : [0.3, 0.05, hue];
  const side = plan.sun.x > 0.5 ? 0.8 : 0.2;
  return [
    cachedLayer(stage, 0.15, (pen) => {
      const back = pen.createRadialGradient(
        side * width,
        horizonY * 0.3,
        0,
        side * width,
        horizonY * 0.3,
        width,
      );
      back.addColorStop(0, css(mix(wall, [0.96, 0.07, 85], 0.45)));
      back.addColorStop(0.55, css(wall));
      back.addColorStop(1, css(shift(wall, [-0.14, 1, 0])));
      pen.fillStyle = back;
      pen.fillRect(-margin, -margin, width + margin * 2, horizonY + margin + 2);
      if (plan.has.windowlight !== undefined) paintOutlook(pen, stage, side);
      else dressWall(pen, stage, { side, wall });
    }),
    cachedLayer(stage, 0.75, (pen) => {
      const wood: Lch = [0.46, 0.085, 55];
      const fill = pen.createLinearGradient(0, horizonY, 0, height);
      fill.addColorStop(0, css(shift(wood, [-0.12, 1, 0])));
      fill.addColorStop(0.5, css(shift(wood, [0.04, 1, 0])));
      fill.addColorStop(1, css(shift(wood, [-0.16, 1, 0])));
      pen.fillStyle = fill;
      pen.fillRect(-margin, horizonY, width + margin * 2, height - horizonY + margin);
      const noise = fractal(makeNoise(noiseSeed(plan.seed, "wood")), 3);
      for (let line = 0; line < 70; line += 1) {
        const y = horizonY + (height - horizonY) * (line / 70) ** 1.4;
        pen.strokeStyle = css(shift(wood, [line % 3 === 0 ? 0.05 : -0.1, 1, 0]), 0.3);
        pen.lineWidth = unit * between(random, 0.8, 3);
        pen.beginPath();
        for (let step = 0; step <= 24; step += 1)
          pen.lineTo(
            -margin + ((width + margin * 2) * step) / 24,
            y + (noise(step * 0.3, line * 0.4) - 0.5) * 22 * unit,
          );
        pen.stroke();
      }
      pen.fillStyle = "rgba(10,5,12,.4)";
      pen.fillRect(-margin, horizonY - 2 * unit, width + margin * 2, 5 * unit);
    }),
  ];
}

/** A real window behind the table, with the sky of the hour in it. */
function paintOutlook(pen: Pen, stage: Stage, side: number): void {
  const plan = { ...stage.plan, palette: PALETTES[paletteAt(stage.plan.hour)] };
  paintWindow(pen, { ...stage, plan, horizonY: stage.horizonY * 1.1 }, side > 0.5 ? 0.7 : 0.3);
}

interface Wall {
  /** Where the light comes from, as a fraction of the width. */
  readonly side: number;
  readonly wall: Lch;
}

/** No two walls alike: light from a window, panels, a draped cloth, or bare. */
function dressWall(pen: Pen, stage: Stage, { side, wall }: Wall): void {
  const choice = Math.floor(stage.chance("wall")() * 4);
  if (choice === 0) paintWindowLight(pen, stage, side);
  if (choice === 1) paintPanels(pen, stage, wall);
  if (choice === 2) paintDrape(pen, stage, { side, wall });
}

function paintPanels(pen: Pen, { width, horizonY, margin, unit }: Stage, wall: Lch): void {
  const wide = width / 4;
  for (let panel = -1; panel < 5; panel += 1) {
    const x = panel * wide + wide * 0.12;
    for (const [top, high] of [
      [-margin, horizonY * 0.5 + margin],
      [horizonY * 0.58, horizonY * 0.34],
    ] as const) {
      pen.lineWidth = 5 * unit;
      pen.strokeStyle = css(shift(wall, [0.07, 0.8, 0]), 0.6);
      pen.strokeRect(x, top, wide * 0.76, high);
      pen.strokeStyle = css(shift(wall, [-0.1, 1, 0]), 0.6);
      pen.strokeRect(x + 7 * unit, top + 7 * unit, wide * 0.76, high);
    }
  }
}

function paintDrape(pen: Pen, stage: Stage, { side, wall }: Wall): void {
  const { width, horizonY, margin } = stage;
  const tone: Lch = [Math.max(0.3, wall[0] * 0.72), 0.11, (wall[2] + 150) % 360];
  const from = side > 0.5 ? -margin : width + margin;
  const way = side > 0.5 ? 1 : -1;
  for (let fold = 8; fold >= 0; fold -= 1) {
    const reach = (margin + width * (0.05 + fold * 0.042)) * way;
    pen.fillStyle = css(shift(tone, [(fold % 2 === 0 ? -0.02 : 0.02) - fold * 0.008, 1, 0]));
    pen.beginPath();
    pen.moveTo(from, -margin);
    pen.lineTo(from + reach * 1.25, -margin);
    pen.bezierCurveTo(
      ...([from + reach * 1.05, horizonY * 0.4, from + reach * 0.62, horizonY * 0.6] as const),
      ...([from + reach * 0.86, horizonY] as const),
    );
    pen.lineTo(from, horizonY);
    pen.fill();
  }
}

function paintWindowLight(pen: Pen, stage: Stage, side: number): void {
  const { width, horizonY } = stage;
  pen.save();
  pen.globalCompositeOperation = "screen";
  pen.fillStyle = css([0.9, 0.09, 80], 0.13);
  const lean = side > 0.5 ? -1 : 1;
  for (const column of [0, 1]) {
    for (const row of [0, 1]) {
      const x = width * (side > 0.5 ? 0.36 : 0.44) + column * width * 0.1 * lean;
      const y = horizonY * (0.16 + row * 0.3);
      pen.beginPath();
      pen.moveTo(x, y);
      pen.lineTo(x + width * 0.085, y + horizonY * 0.05 * lean);
      pen.lineTo(x + width * 0.085 + width * 0.03 * lean, y + horizonY * (0.24 + 0.05 * lean));
      pen.lineTo(x + width * 0.03 * lean, y + horizonY * 0.24);
      pen.fill();
    }
  }
  pen.restore();
}

/** A soft wall behind a portrait. */
export function backdropLayers(stage: Stage): Layer[] {
  const { width, height, margin, plan } = stage;
  const wild = plan.subjects.some(({ category }) => category === "plant" || category === "animal");
  const hue = wild ? 135 : (plan.accents[0]?.[2] ?? stage.chance("backdrop")() * 360);
  const base: Lch = [0.6 - plan.palette.dark * 0.3, wild ? 0.1 : 0.07, hue];
  return [
    cachedLayer(stage, 0.1, (pen) => {
      const fill = pen.createRadialGradient(
        width * (plan.sun.x > 0.5 ? 0.62 : 0.38),
        height * 0.36,
        0,
        width / 2,
        height * 0.4,
        width * 0.8,
      );
      fill.addColorStop(0, css(shift(base, [0.2, 0.9, 10])));
      fill.addColorStop(1, css(shift(base, [-0.22, 1.1, -14])));
      pen.fillStyle = fill;
      pen.fillRect(-margin, -margin, width + margin * 2, height + margin * 2);
    }),
    livingLayer(stage, 0.3, (pen, { t }) => {
      const random = stage.chance("bokeh");
      pen.globalCompositeOperation = "screen";
      for (let light = 0; light < 16; light += 1) {
        pen.fillStyle = css(
          [0.8, 0.1, (hue + random() * 80) % 360],
          0.1 + 0.08 * Math.sin(t + light),
        );
        pen.beginPath();
        pen.arc(
          random() * width,
          random() * height * 0.8,
          Math.min(width, height) * between(random, 0.03, 0.09),
          0,
          Math.PI * 2,
        );
        pen.fill();
      }
    }),
  ];
}

/** Above the clouds, or a floating sky for what flies. */
export function openSkyLayers(stage: Stage): Layer[] {
  return [
    ...skyLayers(stage),
    ...(isWithout(stage.plan, "clouds")
      ? []
      : [livingLayer(stage, 1.1, (pen, { t }) => paintCloudSea(pen, stage, t))]),
  ];
}

function paintCloudSea(pen: Pen, stage: Stage, t: number): void {
  const { width, height, margin, plan, unit } = stage;
  const random = stage.chance("cloud-sea");
  const [r, g, b] = plan.palette.cloudLit;
  for (let puff = 0; puff < 46; puff += 1) {
    const near = puff / 46;
    const x =
      ((random() + t * 0.004 * (1 + near * 2)) % 1.2) * (width + margin * 2) - margin - width * 0.1;
    const y = height * (0.84 + near * 0.2) + between(random, -14, 14) * unit;
    const radius = unit * (70 + 130 * near) * between(random, 0.7, 1.2);
    const fill = pen.createRadialGradient(x, y - radius * 0.3, 0, x, y, radius);
    fill.addColorStop(0, `rgba(${r},${g},${b},.6)`);
    fill.addColorStop(1, `rgba(${r},${g},${b},0)`);
    pen.fillStyle = fill;
    pen.fillRect(x - radius, y - radius, radius * 2, radius * 2);
  }
}
