import { makeChance } from "../chance.ts";
import type { Sheet } from "../paint/canvas.ts";
import type { LookOptions } from "./options.ts";
import { colourAt, samplePixels, slopeAt } from "./pixels.ts";

/** Brushwork: large strokes everywhere, small ones where there is detail. */
export interface OilOptions extends LookOptions {
  /** Stroke length beside the usual. */
  readonly size: number;
  /** How far colours stray, of 255. */
  readonly jitter: number;
}

const PASSES = [
  [46, 2600, 0],
  [26, 6000, 0],
  [13, 9000, 0.012],
] as const;

/** Paints over a picture with strokes that follow its forms. */
export function paintOil(target: Sheet, { seed, size, jitter }: OilOptions): void {
  const { pen, width, height } = target;
  const random = makeChance(seed)("oil");
  const sample = samplePixels(target, 512);
  const unit = Math.min(width, height) / 1024;
  const area = (width * height) / Math.min(width, height) ** 2;
  pen.lineCap = "round";
  for (const [long, count, edge] of PASSES) {
    for (let stroke = 0; stroke < (count * area) / size; stroke += 1) {
      const x = random() * width;
      const y = random() * height;
      const slope = slopeAt(sample, x * sample.scale, y * sample.scale);
      if (slope.strength < edge) continue;
      const [r, g, b] = colourAt(sample, x * sample.scale, y * sample.scale);
      const stray = (random() - 0.5) * 2 * jitter;
      const angle = slope.angle + Math.PI / 2 + (random() - 0.5) * 0.5;
      const reach = long * unit * size * 0.5 * (0.6 + random() * 0.6);
      const tone = [r + stray, g + stray * 0.8, b + stray * 0.6].map(Math.round);
      pen.strokeStyle = `rgba(${tone.join(",")},.86)`;
      pen.lineWidth = long * unit * size * 0.3;
      pen.beginPath();
      pen.moveTo(x - Math.cos(angle) * reach, y - Math.sin(angle) * reach);
      pen.quadraticCurveTo(
        x,
        y + reach * 0.15,
        x + Math.cos(angle) * reach,
        y + Math.sin(angle) * reach,
      );
      pen.stroke();
    }
  }
}

/** Washes with darker rims on paper that shows through. */
export function paintWatercolour(target: Sheet, { seed }: LookOptions): void {
  const { pen, width, height } = target;
  const random = makeChance(seed)("watercolour");
  const sample = samplePixels(target, 320);
  const unit = Math.min(width, height) / 1024;
  pen.fillStyle = "rgb(250,246,236)";
  pen.fillRect(0, 0, width, height);
  const area = (width * height) / Math.min(width, height) ** 2;
  for (const [count, radius, alpha] of [
    [700, 62, 0.3],
    [2600, 26, 0.36],
    [5200, 10, 0.42],
  ] as const) {
    for (let wash = 0; wash < count * area; wash += 1) {
      const x = random() * width;
      const y = random() * height;
      const slope = slopeAt(sample, x * sample.scale, y * sample.scale);
      if (radius < 20 && slope.strength < 0.02) continue;
      const [r, g, b] = colourAt(sample, x * sample.scale, y * sample.scale);
      const lift = 0.26;
      const tone = [r, g, b].map((part) => Math.round(part + (255 - part) * lift)).join(",");
      blot(target, {
        x,
        y,
        radius: radius * unit * (0.6 + random() * 0.7),
        fill: `rgba(${tone},${alpha})`,
        rim: radius > 20 ? `rgba(${r},${g},${b},.11)` : null,
        random,
      });
    }
  }
  pen.strokeStyle = "rgba(60,50,60,.34)";
  pen.lineWidth = 1.5 * unit;
  for (let line = 0; line < 7000 * area; line += 1) {
    const x = random() * sample.width;
    const y = random() * sample.height;
    const slope = slopeAt(sample, x, y);
    if (slope.strength < 0.14) continue;
    const [px, py] = [x / sample.scale, y / sample.scale];
    const angle = slope.angle + Math.PI / 2;
    pen.beginPath();
    pen.moveTo(px - Math.cos(angle) * 5 * unit, py - Math.sin(angle) * 5 * unit);
    pen.lineTo(px + Math.cos(angle) * 5 * unit, py + Math.sin(angle) * 5 * unit);
    pen.stroke();
  }
}

interface Blot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly fill: string;
  readonly rim: string | null;
  readonly random: () => number;
}

function blot({ pen }: Sheet, { x, y, radius, fill, rim, random }: Blot): void {
  pen.beginPath();
  for (let corner = 0; corner < 9; corner += 1) {
    const angle = (corner / 9) * Math.PI * 2;
    const reach = radius * (0.72 + random() * 0.5);
    pen.lineTo(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
  }
  pen.closePath();
  pen.fillStyle = fill;
  pen.fill();
  if (rim === null) return;
  pen.strokeStyle = rim;
  pen.lineWidth = radius * 0.06;
  pen.stroke();
}
