import { between } from "../chance.ts";
import type { ScenePlan } from "../scene/plan.ts";
import { isWithout } from "../scene/without.ts";
import { openSheet, type Pen } from "./canvas.ts";
import { css, type Lch, mix } from "./colour.ts";
import { fractal, makeNoise, noiseSeed } from "./noise.ts";
import { cachedLayer, type Layer, livingLayer, type Stage } from "./stage.ts";

/** Sky, stars, sun or moon, and clouds: all that is behind the land. */
export function skyLayers(stage: Stage): Layer[] {
  const { plan } = stage;
  const layers = [cachedLayer(stage, 0, (pen) => paintSky(pen, stage))];
  const cloudy = plan.palette.dark < 0.95 || plan.has.storm !== undefined;
  const flat = plan.looks.includes("poster") && plan.has.cloud === undefined;
  const clear = plan.has.clear !== undefined || isWithout(plan, "clouds");
  if (!clear && cloudy && !flat) layers.push(cloudLayer(stage));
  return layers;
}

function paintSky(pen: Pen, stage: Stage): void {
  const { width, height, margin, horizonY, plan } = stage;
  const fill = pen.createLinearGradient(0, -margin, 0, horizonY + height * 0.02);
  const [top, high, low, rim] = plan.palette.sky;
  fill.addColorStop(0, css(top));
  fill.addColorStop(0.45, css(high));
  fill.addColorStop(0.8, css(low));
  fill.addColorStop(1, css(rim));
  pen.fillStyle = fill;
  pen.fillRect(-margin, -margin, width + 2 * margin, height + 2 * margin);
  if (plan.palette.dark > 0.4 && !isWithout(plan, "stars")) paintStars(pen, stage);
  paintSun(pen, stage);
}

/** Stars by a fourth-power law of brightness: few bright, many faint. */
export function paintStars(pen: Pen, stage: Stage): void {
  const { width, height, unit, margin, plan } = stage;
  const random = stage.chance("stars");
  const strength = Math.min(1, (plan.palette.dark - 0.4) * 1.9);
  const count = plan.has.stars !== undefined ? 1500 : 650;
  const reach = plan.setting === "space" ? height : stage.horizonY;
  for (let index = 0; index < count; index += 1) {
    const x = between(random, -margin, width + margin);
    const y = between(random, -margin, reach);
    const bright = random() ** 4;
    const radius = unit * (0.5 + 2.1 * bright);
    const fade = Math.min(1, 1.25 - Math.max(0, y) / reach);
    const hue = random() < 0.3 ? 60 : 240;
    pen.fillStyle = css([0.97, 0.03, hue], strength * fade * (0.25 + 0.75 * bright ** 0.5));
    pen.beginPath();
    pen.arc(x, y, radius, 0, Math.PI * 2);
    pen.fill();
  }
}

function paintSun(pen: Pen, stage: Stage): void {
  const { width, height, unit, plan } = stage;
  const x = plan.sun.x * width;
  const y = plan.sun.y * height;
  const night = plan.palette.dark > 0.6;
  if (isWithout(plan, night ? "moon" : "sun")) return;
  const hidden = ["storm", "overcast"].includes(plan.paletteName) || plan.setting === "space";
  pen.save();
  pen.globalCompositeOperation = "screen";
  const strength = hidden ? 0.35 : 1;
  glow(pen, {
    x,
    y,
    radius: width * 0.75,
    colour: plan.palette.sun,
    alpha: (night ? 0.16 : 0.34) * strength,
  });
  glow(pen, {
    x,
    y,
    radius: width * 0.28,
    colour: plan.palette.sun,
    alpha: (night ? 0.22 : 0.5) * strength,
  });
  glow(pen, { x, y, radius: width * 0.1, colour: plan.palette.sun, alpha: 0.7 * strength });
  pen.restore();
  if (hidden) return;
  const big = plan.has.moon !== undefined || plan.has.sun !== undefined ? 1.9 : 1;
  const radius = unit * (night ? 42 : 38) * big;
  if (night) paintMoon(pen, { x, y, radius, colour: plan.palette.sun });
  else disc(pen, { x, y, radius, colour: mix(plan.palette.sun, [1, 0, 90], 0.5) });
}

/** A soft light round a point. */
export interface Glow {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour: Lch;
  readonly alpha: number;
}

/** Adds light round a point; the pen decides how it mixes. */
export function glow(pen: Pen, { x, y, radius, colour, alpha }: Glow): void {
  const fill = pen.createRadialGradient(x, y, 0, x, y, radius);
  fill.addColorStop(0, css(colour, alpha));
  fill.addColorStop(0.35, css(colour, alpha * 0.42));
  fill.addColorStop(1, css(colour, 0));
  pen.fillStyle = fill;
  pen.fillRect(x - radius, y - radius, radius * 2, radius * 2);
}

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour: Lch;
}

function disc(pen: Pen, { x, y, radius, colour }: Disc): void {
  pen.fillStyle = css(colour);
  pen.beginPath();
  pen.arc(x, y, radius, 0, Math.PI * 2);
  pen.fill();
}

const SEAS = [
  [-0.3, -0.25, 0.3],
  [0.12, -0.35, 0.2],
  [0.3, 0.05, 0.24],
  [-0.15, 0.28, 0.26],
  [-0.45, 0.12, 0.16],
  [0.28, 0.42, 0.14],
] as const;

/** A full moon with its dark seas. */
export function paintMoon(pen: Pen, moon: Disc): void {
  disc(pen, { ...moon, colour: [0.95, 0.025, 95] });
  pen.save();
  pen.clip();
  for (const [dx, dy, size] of SEAS) {
    disc(pen, {
      x: moon.x + dx * moon.radius,
      y: moon.y + dy * moon.radius,
      radius: size * moon.radius,
      colour: [0.84, 0.025, 90],
    });
  }
  pen.restore();
}

/** Clouds from warped noise, lit by the difference of density toward the sun. */
function cloudLayer(stage: Stage): Layer {
  const { width, plan, margin, horizonY } = stage;
  const wide = Math.round(360 * Math.max(1, (width + 2 * margin) / Math.max(width, 1)));
  const high = Math.max(40, Math.round((wide * (horizonY + margin)) / (width + 2 * margin)));
  const sheet = openSheet(wide, high);
  const image = sheet.pen.createImageData(wide, high);
  fillClouds(image.data, { wide, high, plan });
  sheet.pen.putImageData(image, 0, 0);
  const drift = width * 0.006 * (plan.has.wind !== undefined ? 2.5 : 1);
  return livingLayer(stage, 0.06, (pen, moment) => {
    pen.imageSmoothingEnabled = true;
    const shift = Math.min(margin, Math.max(-margin, (moment.t - moment.duration / 2) * drift));
    pen.drawImage(sheet.canvas, -margin + shift, -margin, width + 2 * margin, horizonY + margin);
  });
}

function fillClouds(
  data: Uint8ClampedArray,
  { wide, high, plan }: { readonly wide: number; readonly high: number; readonly plan: ScenePlan },
): void {
  const noise = fractal(makeNoise(noiseSeed(plan.seed, "clouds")), 5);
  const cover = cloudCover(plan);
  const densities = new Float32Array(wide * high);
  for (let y = 0; y < high; y += 1) {
    const v = y / high;
    const fade = Math.min(1, (1 - v) / 0.14);
    for (let x = 0; x < wide; x += 1) {
      const u = (x / wide) * 4.4;
      const w = (v * high * 7.2) / wide + 3;
      const warp = noise(u * 0.9 + 7, w * 0.9) - 0.5;
      const density = noise(u + warp * 1.5, w * (1 + v * 0.9) + warp * 0.7) - (0.66 - cover * 0.3);
      densities[y * wide + x] = Math.max(0, density) * fade;
    }
  }
  const reach = 3;
  const stepX = plan.sun.x > 0.5 ? reach : -reach;
  const [shade, lit] = [plan.palette.cloudShade, plan.palette.cloudLit];
  for (let y = 0; y < high; y += 1) {
    for (let x = 0; x < wide; x += 1) {
      const place = y * wide + x;
      const density = densities[place] ?? 0;
      const sunX = Math.min(wide - 1, Math.max(0, x + stepX));
      const sunward = densities[Math.max(0, y - 2) * wide + sunX] ?? 0;
      const light = Math.min(1, Math.max(0, 0.45 + (density - sunward) * 5 - density * 0.7));
      for (let band = 0; band < 3; band += 1) {
        data[place * 4 + band] = (shade[band] ?? 0) * (1 - light) + (lit[band] ?? 0) * light;
      }
      data[place * 4 + 3] = 255 * (1 - Math.exp(-6.2 * density));
    }
  }
}

function cloudCover(plan: ScenePlan): number {
  if (plan.has.storm !== undefined) return 1;
  if (plan.has.overcast !== undefined || plan.has.rain !== undefined) return 0.9;
  if (plan.has.cloud !== undefined || plan.setting === "sky") return 0.75;
  return 0.3 + ((plan.seed >>> 5) % 100) / 400;
}
