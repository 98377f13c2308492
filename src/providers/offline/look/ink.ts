import { makeChance } from "../chance.ts";
import { openSheet, type Sheet } from "../paint/canvas.ts";
import type { LookOptions } from "./options.ts";
import { lumaAt, samplePixels, slopeAt } from "./pixels.ts";

/** Hatching on cream paper: the darker a place, the more lines; contours where it changes. */
export function paintInk(target: Sheet, { seed }: LookOptions): void {
  const { pen, width, height } = target;
  const random = makeChance(seed)("ink");
  const sample = samplePixels(target, 520);
  const unit = Math.min(width, height) / 1024;
  const area = (width * height) / Math.min(width, height) ** 2;
  // A thin wash of the colours stays under the lines.
  const wash = openSheet(width / 4, height / 4);
  wash.pen.drawImage(target.canvas, 0, 0, wash.width, wash.height);
  pen.fillStyle = "rgb(247,241,228)";
  pen.fillRect(0, 0, width, height);
  pen.globalAlpha = 0.3;
  pen.globalCompositeOperation = "multiply";
  pen.drawImage(wash.canvas, 0, 0, width, height);
  pen.globalAlpha = 1;
  pen.globalCompositeOperation = "source-over";
  pen.strokeStyle = "rgba(28,24,34,.66)";
  pen.lineWidth = 1.35 * unit;
  pen.beginPath();
  for (let line = 0; line < 30_000 * area; line += 1) {
    const x = random() * width;
    const y = random() * height;
    const dark = 1 - lumaAt(sample, x * sample.scale, y * sample.scale);
    if (random() > (Math.max(0, dark - 0.22) / 0.78) ** 1.25) continue;
    const slope = slopeAt(sample, x * sample.scale, y * sample.scale);
    const angle =
      slope.strength > 0.03 ? slope.angle + Math.PI / 2 : dark > 0.7 && random() < 0.5 ? 2.3 : 0.8;
    const reach = unit * (5 + 8 * random());
    pen.moveTo(x - Math.cos(angle) * reach, y - Math.sin(angle) * reach);
    pen.lineTo(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
  }
  pen.stroke();
  paintContours(target, { sample, unit });
}

interface Contours {
  readonly sample: ReturnType<typeof samplePixels>;
  readonly unit: number;
}

function paintContours({ pen }: Sheet, { sample, unit }: Contours): void {
  pen.strokeStyle = "rgba(20,16,26,.85)";
  pen.lineWidth = 2.2 * unit;
  pen.lineCap = "round";
  pen.beginPath();
  for (let y = 1; y < sample.height - 1; y += 2) {
    for (let x = 1; x < sample.width - 1; x += 2) {
      const slope = slopeAt(sample, x, y);
      if (slope.strength < 0.11) continue;
      const angle = slope.angle + Math.PI / 2;
      const [px, py] = [x / sample.scale, y / sample.scale];
      pen.moveTo(px - Math.cos(angle) * 3 * unit, py - Math.sin(angle) * 3 * unit);
      pen.lineTo(px + Math.cos(angle) * 3 * unit, py + Math.sin(angle) * 3 * unit);
    }
  }
  pen.stroke();
}
