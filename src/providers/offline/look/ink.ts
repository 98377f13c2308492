import { makeChance, type Random } from "../chance.ts";
import { openSheet, type Sheet } from "../paint/canvas.ts";
import { calm, type Raster } from "./calm.ts";
import type { LookOptions } from "./options.ts";
import { lumaAt, type Sample, samplePixels } from "./pixels.ts";

/** Pixels of the short side that lines are found in. */
const SIDE = 580;

/** Contours where forms meet and even hatching in the shade, on cream paper with a thin wash. */
export function paintInk(target: Sheet, { seed }: LookOptions): void {
  const { pen, width, height } = target;
  const unit = Math.min(width, height) / 1024;
  const scale = Math.min(1, SIDE / Math.min(width, height));
  const small = openSheet(width * scale, height * scale);
  small.pen.imageSmoothingQuality = "high";
  small.pen.drawImage(target.canvas, 0, 0, small.width, small.height);
  const image = small.pen.getImageData(0, 0, small.width, small.height);
  const raster = { rgba: image.data, width: small.width, height: small.height };
  calm(raster, 3);
  small.pen.putImageData(image, 0, 0);
  pen.fillStyle = "rgb(247,241,228)";
  pen.fillRect(0, 0, width, height);
  pen.globalAlpha = 0.34;
  pen.globalCompositeOperation = "multiply";
  pen.imageSmoothingQuality = "high";
  pen.drawImage(small.canvas, 0, 0, width, height);
  pen.globalAlpha = 1;
  pen.globalCompositeOperation = "source-over";
  const sample = samplePixels(small, 260 * Math.max(1, width / height));
  const random = makeChance(seed)("ink");
  pen.strokeStyle = "rgba(28,24,34,.6)";
  pen.lineWidth = 1.5 * unit;
  pen.lineCap = "round";
  for (const hatch of HATCHES) paintHatch(target, { ...hatch, sample, random });
  drawContours(raster);
  small.pen.putImageData(image, 0, 0);
  pen.drawImage(small.canvas, 0, 0, width, height);
}

/** Lines of the first angle lie wherever it is dark, the others cross them in deeper shade. */
const HATCHES = [
  { angle: -0.78, gap: 9, dark: 0.6 },
  { angle: 0.7, gap: 9, dark: 0.74 },
  { angle: -0.1, gap: 8, dark: 0.86 },
] as const;

interface Hatch {
  readonly angle: number;
  /** Between two lines, in thousandths of the short side. */
  readonly gap: number;
  /** Lines lie where it is at least so dark, 0 to 1. */
  readonly dark: number;
  readonly sample: Sample;
  readonly random: Random;
}

function paintHatch({ pen, width, height }: Sheet, hatch: Hatch): void {
  const { angle, sample, random } = hatch;
  const unit = Math.min(width, height) / 1024;
  const [alongX, alongY] = [Math.cos(angle), Math.sin(angle)];
  const reach = Math.hypot(width, height) / 2;
  const step = 6 * unit;
  const scale = sample.width / width;
  pen.beginPath();
  for (let off = -reach; off < reach; off += hatch.gap * unit * (0.85 + 0.3 * random())) {
    const limit = hatch.dark + (random() - 0.5) * 0.06;
    let down = false;
    for (let along = -reach; along < reach; along += step) {
      const x = width / 2 + along * alongX - off * alongY;
      const y = height / 2 + along * alongY + off * alongX;
      const inside = x > 0 && x < width && y > 0 && y < height;
      const shaded = inside && 1 - lumaAt(sample, x * scale, y * scale) > limit;
      if (shaded && !down) pen.moveTo(x, y);
      if (shaded && down) pen.lineTo(x + (random() - 0.5) * unit, y + (random() - 0.5) * unit);
      // A pen is lifted now and then.
      down = shaded && random() > 0.03;
    }
  }
  pen.stroke();
}

/** Turns a picture into its lines: ink whose alpha tells how much darker a place is than around. */
function drawContours({ rgba, width, height }: Raster): void {
  const most = new Float32Array(width * height);
  const channel = new Float32Array(width * height);
  for (let part = 0; part < 3; part += 1) {
    for (let place = 0; place < channel.length; place += 1)
      channel[place] = rgba[place * 4 + part] ?? 0;
    const near = blur({ values: channel, width, height }, 1);
    const far = blur({ values: near, width, height }, 2);
    for (let place = 0; place < most.length; place += 1)
      most[place] = Math.max(most[place] ?? 0, (far[place] ?? 0) - (near[place] ?? 0));
  }
  for (let place = 0; place < most.length; place += 1) {
    rgba[place * 4] = 20;
    rgba[place * 4 + 1] = 16;
    rgba[place * 4 + 2] = 26;
    rgba[place * 4 + 3] = Math.min(225, Math.max(0, (most[place] ?? 0) - EDGE_FROM) * 50);
  }
}

/** Steps of 255 that a place is darker than around it before it is a line. */
const EDGE_FROM = 3;

interface Plane {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** The mean of each place and of those up to `reach` away. */
function blur({ values, width, height }: Plane, reach: number): Float32Array {
  const across = slide(values, { lines: height, length: width, stride: 1, next: width, reach });
  return slide(across, { lines: width, length: height, stride: width, next: 1, reach });
}

interface Slide {
  readonly lines: number;
  readonly length: number;
  /** From one place of a line to its next, and from one line to the next. */
  readonly stride: number;
  readonly next: number;
  readonly reach: number;
}

function slide(values: Float32Array, { lines, length, stride, next, reach }: Slide): Float32Array {
  const means = new Float32Array(values.length);
  const size = reach * 2 + 1;
  for (let line = 0; line < lines; line += 1) {
    const from = line * next;
    const last = from + (length - 1) * stride;
    const [back, ahead] = [reach * stride, (reach + 1) * stride];
    let sum = 0;
    for (let off = -back; off <= back; off += stride)
      sum += values[Math.min(last, Math.max(from, from + off))] ?? 0;
    for (let at = from; at <= last; at += stride) {
      means[at] = sum / size;
      sum += (values[Math.min(last, at + ahead)] ?? 0) - (values[Math.max(from, at - back)] ?? 0);
    }
  }
  return means;
}
