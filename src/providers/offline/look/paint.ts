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
