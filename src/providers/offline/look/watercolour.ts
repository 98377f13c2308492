import { openSheet, type Sheet } from "../paint/canvas.ts";
import { fractal, makeNoise, noiseSeed } from "../paint/noise.ts";
import type { LookOptions } from "./options.ts";
import { type Sample, samplePixels, slopeAt } from "./pixels.ts";

/** Steps of a wash: pigment dries in tides, not in an even ramp. */
const TIDES = 7;
/** Pixels of the long way across at which the washes are laid; paper is soft anyway. */
const WIDTH = 640;

/** Transparent washes on white paper: wobbling edges that dry darker, granulation, gaps, pencil. */
export function paintWatercolour(target: Sheet, { seed }: LookOptions): void {
  const wet = samplePixels(target, 220);
  const sharp = samplePixels(target, WIDTH);
  const grain = grainOf(seed, sharp);
  const tides = tidesOf(sharp, grain);
  const image = target.pen.createImageData(sharp.width, sharp.height);
  for (let y = 0; y < sharp.height; y += 1) {
    for (let x = 0; x < sharp.width; x += 1) {
      const place = y * sharp.width + x;
      const wobble = (grain.coarse[place] ?? 0.5) - 0.5;
      const from = near(sharp, x + wobble * 16, y - wobble * 13);
      const soft = near(
        wet,
        ((x + wobble * 9) * wet.width) / sharp.width,
        (y * wet.height) / sharp.height,
      );
      layPixel(image.data, place, {
        sharp: sharp.rgba,
        from: from * 4,
        wet: wet.rgba,
        soft: soft * 4,
        rim: tides.rim[place] ?? 0,
        load: tides.load[place] ?? 0,
      });
    }
  }
  lay(target, image, sharp);
  sketch(target, sharp);
}

interface Grain {
  readonly coarse: Float32Array;
  readonly fine: Float32Array;
}

function grainOf(seed: number, { width, height }: Sample): Grain {
  const slow = fractal(makeNoise(noiseSeed(seed, "wash")), 3);
  const quick = makeNoise(noiseSeed(seed, "paper"));
  const coarse = new Float32Array(width * height);
  const fine = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      coarse[y * width + x] = slow(x / 46, y / 46);
      fine[y * width + x] = quick(x / 1.9, y / 1.9);
    }
  }
  return { coarse, fine };
}

interface Tides {
  /** How near a dried edge is, 0 to 1. */
  readonly rim: Float32Array;
  /** How much pigment beside the usual, about 1. */
  readonly load: Float32Array;
}

function tidesOf(sample: Sample, { coarse, fine }: Grain): Tides {
  const { width, height, luma } = sample;
  const level = new Float32Array(width * height);
  const rim = new Float32Array(width * height);
  const load = new Float32Array(width * height);
  for (let place = 0; place < level.length; place += 1) {
    const wobble = (coarse[place] ?? 0.5) - 0.5;
    const from = near(
      sample,
      (place % width) + wobble * 16,
      Math.floor(place / width) - wobble * 13,
    );
    level[place] = Math.round(((luma[from] ?? 0) + wobble * 0.12) * TIDES);
    load[place] = 0.8 + (coarse[place] ?? 0) * 0.34 + ((fine[place] ?? 0.5) - 0.5) * 0.2;
  }
  for (let place = width + 1; place < level.length - width - 1; place += 1) {
    const own = level[place] ?? 0;
    const lighter = Math.max(
      level[place - 1] ?? 0,
      level[place + 1] ?? 0,
      level[place - width] ?? 0,
      level[place + width] ?? 0,
    );
    rim[place] = Math.min(2, lighter - own) / 2;
  }
  return { rim, load };
}

interface Wash {
  readonly sharp: Uint8ClampedArray;
  readonly from: number;
  readonly wet: Uint8ClampedArray;
  readonly soft: number;
  readonly rim: number;
  readonly load: number;
}

const PAPER = [252, 249, 241] as const;

/** Pigment lets the paper shine through: what is light stays paper, what is dark stays colour. */
function layPixel(data: Uint8ClampedArray, place: number, wash: Wash): void {
  const { sharp, from, wet, soft, rim, load } = wash;
  const mean = ((sharp[from] ?? 0) + (sharp[from + 1] ?? 0) + (sharp[from + 2] ?? 0)) / 3;
  for (let part = 0; part < 3; part += 1) {
    const own = (sharp[from + part] ?? 0) * 0.72 + (wet[soft + part] ?? 0) * 0.28;
    const vivid = mean + (own - mean) * 1.5;
    const pigment = Math.max(0, 1 - (vivid * 0.74 + 74) / 255);
    const laid = Math.min(1, pigment * (load + rim * 0.55) + rim * 0.035);
    data[place * 4 + part] = (PAPER[part] ?? 250) * (1 - laid);
  }
  data[place * 4 + 3] = 255;
}

function near({ width, height }: Sample, x: number, y: number): number {
  const px = Math.min(width - 1, Math.max(0, Math.round(x)));
  const py = Math.min(height - 1, Math.max(0, Math.round(y)));
  return py * width + px;
}

/** Lays the washes on paper that stays bare at its ragged border. */
function lay(
  target: Sheet,
  image: ReturnType<Sheet["pen"]["createImageData"]>,
  sample: Sample,
): void {
  const { pen, width, height } = target;
  const washes = openSheet(sample.width, sample.height);
  washes.pen.putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = true;
  pen.imageSmoothingQuality = "high";
  pen.drawImage(washes.canvas, 0, 0, width, height);
  const unit = Math.min(width, height) / 1024;
  pen.strokeStyle = "rgb(252,249,241)";
  pen.lineJoin = "round";
  pen.lineWidth = 44 * unit;
  pen.beginPath();
  const wave = (step: number): number =>
    (Math.sin(step * 1.7) + Math.sin(step * 0.63 + 2)) * 5 * unit;
  for (let step = 0; step < 60; step += 1) pen.lineTo((width * step) / 60, wave(step));
  for (let step = 0; step < 60; step += 1) pen.lineTo(width + wave(step + 9), (height * step) / 60);
  for (let step = 60; step > 0; step -= 1)
    pen.lineTo((width * step) / 60, height + wave(step + 30));
  for (let step = 60; step > 0; step -= 1) pen.lineTo(wave(step + 51), (height * step) / 60);
  pen.closePath();
  pen.stroke();
}

/** A few pencil lines where forms meet, as left standing under the washes. */
function sketch({ pen, width, height }: Sheet, sample: Sample): void {
  const unit = Math.min(width, height) / 1024;
  pen.strokeStyle = "rgba(70,60,66,.3)";
  pen.lineWidth = 1.3 * unit;
  pen.beginPath();
  for (let y = 2; y < sample.height - 2; y += 2) {
    for (let x = 2; x < sample.width - 2; x += 2) {
      const slope = slopeAt(sample, x, y);
      if (slope.strength < 0.2) continue;
      const angle = slope.angle + Math.PI / 2;
      const [px, py] = [x / sample.scale, y / sample.scale];
      pen.moveTo(px - Math.cos(angle) * 3 * unit, py - Math.sin(angle) * 3 * unit);
      pen.lineTo(px + Math.cos(angle) * 3 * unit, py + Math.sin(angle) * 3 * unit);
    }
  }
  pen.stroke();
}
