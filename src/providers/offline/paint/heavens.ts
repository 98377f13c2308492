import { between } from "../chance.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch } from "./colour.ts";
import { glow } from "./sky.ts";
import { paintGlobe, paintNebula } from "./space.ts";
import { cachedLayer, type Layer, livingLayer, type Stage } from "./stage.ts";

/** What stands in the sky besides sun and clouds: northern lights, a rainbow, fireworks. */
export function heavenLayers(stage: Stage): Layer[] {
  const { has } = stage.plan;
  const layers: Layer[] = [];
  if (has.galaxy !== undefined)
    layers.push(
      cachedLayer(stage, 0, (pen) => clipSky(pen, stage, () => paintNebula(pen, stage, 0.6))),
    );
  if (has.planet !== undefined || stage.plan.setting === "moonscape")
    layers.push(cachedLayer(stage, 0.02, (pen) => paintWorld(pen, stage)));
  if (has.aurora !== undefined)
    layers.push(livingLayer(stage, 0.03, (pen, { t }) => paintAurora(pen, stage, t)));
  if (has.rainbow !== undefined)
    layers.push(cachedLayer(stage, 0.05, (pen) => paintRainbow(pen, stage)));
  if (has.comet !== undefined)
    layers.push(
      livingLayer(stage, 0.02, (pen, { t, duration }) =>
        paintComet(pen, stage, duration === 0 ? 1 : t),
      ),
    );
  if (has.fireworks !== undefined)
    layers.push(
      livingLayer(stage, 0.08, (pen, { t, duration }) =>
        paintFireworks(pen, stage, duration === 0 ? 2.1 : t),
      ),
    );
  if (has.eclipse !== undefined)
    layers.push(cachedLayer(stage, 0, (pen) => paintEclipse(pen, stage)));
  return layers;
}

function clipSky(pen: Pen, stage: Stage, paint: () => void): void {
  pen.save();
  pen.beginPath();
  pen.rect(
    -stage.margin,
    -stage.margin,
    stage.width + stage.margin * 2,
    stage.horizonY + stage.margin,
  );
  pen.clip();
  paint();
  pen.restore();
}

function paintWorld(pen: Pen, stage: Stage): void {
  const { width, horizonY, height, plan } = stage;
  const isEarth = plan.setting === "moonscape" && plan.has.planet === undefined;
  const x = width * (plan.sun.x > 0.5 ? 0.26 : 0.74);
  paintGlobe(pen, stage, {
    x,
    y: horizonY * 0.36,
    radius: Math.min(width, height) * 0.14,
    colour: isEarth ? [0.55, 0.14, 245] : (plan.accents[0] ?? [0.68, 0.11, 60]),
    ring: !isEarth,
    name: "world",
  });
}

function paintAurora(pen: Pen, stage: Stage, t: number): void {
  const { width, margin, horizonY, unit } = stage;
  const random = stage.chance("aurora");
  pen.globalCompositeOperation = "screen";
  for (const [band, hue] of [150, 165, 310].entries()) {
    const base = horizonY * (0.5 - band * 0.11);
    const phase = random() * 6;
    for (let x = -margin; x < width + margin; x += 9 * unit) {
      const u = x / width;
      const wave =
        Math.sin(u * 5 + phase + t * 0.35) * 0.5 + Math.sin(u * 11 - t * 0.5 + phase * 2) * 0.25;
      const y = base + wave * horizonY * 0.17;
      const high = horizonY * (0.3 + 0.14 * Math.sin(u * 23 + t * 0.9 + band));
      const strength = 0.1 + 0.16 * (0.5 + 0.5 * Math.sin(u * 7 + t * 0.6 + phase));
      const fill = pen.createLinearGradient(0, y - high, 0, y);
      fill.addColorStop(0, css([0.75, 0.2, hue + 40], 0));
      fill.addColorStop(0.75, css([0.82, 0.21, hue], strength));
      fill.addColorStop(1, css([0.9, 0.14, hue], 0));
      pen.fillStyle = fill;
      pen.fillRect(x, y - high, 13 * unit, high);
    }
  }
}

const BOW: readonly Lch[] = [
  [0.62, 0.23, 25],
  [0.75, 0.18, 58],
  [0.9, 0.18, 100],
  [0.72, 0.2, 145],
  [0.64, 0.15, 240],
  [0.5, 0.2, 275],
  [0.5, 0.22, 305],
];

function paintRainbow(pen: Pen, stage: Stage): void {
  const { width, horizonY, height } = stage;
  const reach = Math.min(width * 0.52, horizonY * 1.1);
  pen.save();
  pen.globalAlpha = 0.62;
  BOW.forEach((tone, index) => {
    pen.strokeStyle = css(tone, 0.75);
    pen.lineWidth = height * 0.0135;
    pen.beginPath();
    pen.arc(width * 0.5, horizonY * 1.08, reach - index * height * 0.013, Math.PI, 0);
    pen.stroke();
  });
  pen.restore();
}

function paintComet(pen: Pen, stage: Stage, t: number): void {
  const { width, horizonY, unit } = stage;
  const random = stage.chance("comet");
  pen.globalCompositeOperation = "screen";
  for (let comet = 0; comet < 3; comet += 1) {
    const since = (t * 0.12 + random() * 0.5 + comet * 0.2) % 1;
    const x = width * (1.1 - since * 1.2 - comet * 0.08);
    const y = horizonY * (0.08 + since * 0.5 + comet * 0.1);
    const long = width * (comet === 0 ? 0.3 : 0.13);
    const fill = pen.createLinearGradient(x, y, x + long, y - long * 0.44);
    fill.addColorStop(0, css([0.97, 0.05, 220], 0.95));
    fill.addColorStop(1, css([0.8, 0.1, 240], 0));
    pen.strokeStyle = fill;
    pen.lineWidth = unit * (comet === 0 ? 9 : 4);
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x + long, y - long * 0.44);
    pen.stroke();
    glow(pen, {
      x,
      y,
      radius: unit * (comet === 0 ? 46 : 20),
      colour: [0.95, 0.06, 210],
      alpha: 0.9,
    });
  }
}

/** Rockets burst in turn: sixty sparks each, that fall and fade. */
function paintFireworks(pen: Pen, stage: Stage, t: number): void {
  const { width, horizonY, unit } = stage;
  pen.globalCompositeOperation = "screen";
  for (let burst = 0; burst < 70; burst += 1) {
    const random = stage.chance(`burst-${burst}`);
    const start = burst * 0.24 + random() * 0.2;
    const age = t - start;
    if (age < 0 || age > 2.2) continue;
    // Golden steps keep bursts that follow each other apart.
    const x = width * (0.1 + 0.8 * ((burst * 0.618 + random() * 0.12) % 1));
    const y = horizonY * between(random, 0.1, 0.52);
    const hue = (burst * 137 + random() * 40) % 360;
    const fade = (1 - age / 2.2) ** 2;
    const reach =
      Math.min(width, horizonY * 1.6) * between(random, 0.17, 0.31) * (1 - Math.exp(-age * 2.4));
    glow(pen, { x, y, radius: reach * 0.9, colour: [0.75, 0.17, hue], alpha: 0.5 * fade });
    pen.lineCap = "round";
    for (let spark = 0; spark < 84; spark += 1) {
      const angle = (spark / 84) * Math.PI * 2 + random() * 0.2;
      const far = reach * (0.3 + 0.7 * random() ** 0.6);
      const px = x + Math.cos(angle) * far;
      const py = y + Math.sin(angle) * far + age * age * 18 * unit;
      const trail = 0.12 + 0.5 * fade;
      pen.strokeStyle = css([0.8, 0.19, hue + (spark % 3) * 16], Math.min(1, fade * 1.5));
      pen.lineWidth = unit * 3.2;
      pen.beginPath();
      pen.moveTo(px, py);
      pen.quadraticCurveTo(
        px - Math.cos(angle) * far * trail * 0.5,
        py - Math.sin(angle) * far * trail * 0.5 - age * 4 * unit,
        px - Math.cos(angle) * far * trail,
        py - Math.sin(angle) * far * trail - age * age * 9 * unit,
      );
      pen.stroke();
      pen.fillStyle = css([0.96, 0.07, hue], Math.min(1, fade * 2));
      pen.beginPath();
      pen.arc(px, py, unit * 3.4, 0, Math.PI * 2);
      pen.fill();
    }
  }
}

function paintEclipse(pen: Pen, stage: Stage): void {
  const { width, height, plan } = stage;
  const [x, y] = [plan.sun.x * width, plan.sun.y * height];
  const radius = Math.min(width, height) * 0.09;
  pen.save();
  pen.globalCompositeOperation = "screen";
  glow(pen, { x, y, radius: radius * 4, colour: [0.95, 0.08, 75], alpha: 0.9 });
  pen.restore();
  pen.fillStyle = css([0.08, 0.03, 280]);
  pen.beginPath();
  pen.arc(x, y, radius, 0, Math.PI * 2);
  pen.fill();
}
