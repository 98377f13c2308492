import { makeChance, type Random } from "../chance.ts";
import { openSheet, type Pen, type Sheet } from "../paint/canvas.ts";
import { fromRgb, type Rgb, toRgb } from "../paint/colour.ts";
import { calm } from "./calm.ts";
import type { LookOptions } from "./options.ts";
import { colourAt, type Sample, samplePixels, slopeAt } from "./pixels.ts";

/** Facets of a jittered grid. */
export interface PolyOptions extends LookOptions {
  /** Cells along the short side. */
  readonly cells: number;
  /** Whether leads run between them, as in stained glass. */
  readonly lead: boolean;
}

/** Paints a picture as triangles of one colour each. */
export function paintLowPoly(target: Sheet, { seed, cells, lead }: PolyOptions): void {
  const { pen, width, height } = target;
  const random = makeChance(seed)("facets");
  const sample = samplePixels(target, Math.round(400 * Math.max(1, width / height)));
  const cell = Math.min(width, height) / cells;
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const points = Array.from({ length: (columns + 1) * (rows + 1) }, (_, index) => {
    const column = index % (columns + 1);
    const row = Math.floor(index / (columns + 1));
    const inside = column > 0 && column < columns && row > 0 && row < rows;
    const stray = inside ? 0.38 : 0;
    const point = [
      (column + (random() * 2 - 1) * stray) * cell,
      (row + (random() * 2 - 1) * stray) * cell,
    ] as const;
    return inside && !lead ? snap(sample, { point, reach: cell * 0.4 }) : point;
  });
  const at = (column: number, row: number): readonly [number, number] =>
    points[row * (columns + 1) + column] ?? [0, 0];
  pen.lineJoin = "round";
  const work = { sample, random, cell, lead };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const [a, b, c, d] = [
        at(column, row),
        at(column + 1, row),
        at(column + 1, row + 1),
        at(column, row + 1),
      ];
      const halves =
        (column + row) % 2 === 0
          ? [
              [a, b, c],
              [a, c, d],
            ]
          : [
              [a, b, d],
              [b, c, d],
            ];
      for (const corners of halves) paintFacet(pen, { corners, depth: lead ? 0 : SPLITS, work });
    }
  }
}

/** What all facets of a picture share. */
interface Work {
  readonly sample: Sample;
  readonly random: Random;
  readonly cell: number;
  readonly lead: boolean;
}

interface Facet {
  readonly corners: readonly Point[];
  /** How often it may still be cut into four. */
  readonly depth: number;
  readonly work: Work;
}

const SPLITS = 2;
/** A facet whose colours stray more than this, of 255, is cut. */
const STRAY_MAX = 26;

/** Paints a facet in one tone; where it would hide what is in it, four smaller ones. */
function paintFacet(pen: Pen, { corners, depth, work }: Facet): void {
  const { lead, random, cell } = work;
  const { tone, stray } = facetTone(work.sample, corners);
  const [a, b, c] = corners;
  if (depth > 0 && stray > STRAY_MAX && a !== undefined && b !== undefined && c !== undefined) {
    const [ab, bc, ca] = [between(a, b), between(b, c), between(c, a)];
    for (const part of [
      [a, ab, ca],
      [ab, b, bc],
      [ca, bc, c],
      [ab, bc, ca],
    ])
      paintFacet(pen, { corners: part, depth: depth - 1, work });
    return;
  }
  const shade = (1 + (random() - 0.5) * (lead ? 0.24 : 0.1)) * (lead ? 1.2 : 1);
  const shown = tone.map((part) => Math.min(255, Math.round(part * shade)));
  pen.fillStyle = `rgb(${shown.join(",")})`;
  pen.strokeStyle = lead ? "rgb(24,20,26)" : pen.fillStyle;
  pen.lineWidth = lead ? cell * 0.09 : 1;
  pen.beginPath();
  for (const [px, py] of corners) pen.lineTo(px, py);
  pen.closePath();
  pen.fill();
  pen.stroke();
}

function between([x, y]: Point, [otherX, otherY]: Point): Point {
  return [(x + otherX) / 2, (y + otherY) / 2];
}

type Point = readonly [number, number];

/** Corners lie where forms meet, so that few facets keep their outlines. */
function snap(
  sample: Sample,
  { point, reach }: { readonly point: Point; readonly reach: number },
): Point {
  let best: Point = point;
  let most = SNAP_FROM;
  for (let step = 0; step < 25; step += 1) {
    const x = point[0] + ((step % 5) / 2 - 1) * reach;
    const y = point[1] + (Math.floor(step / 5) / 2 - 1) * reach;
    const { strength } = slopeAt(sample, x * sample.scale, y * sample.scale);
    if (strength <= most) continue;
    most = strength;
    best = [x, y];
  }
  return best;
}

/** Weaker edges than this attract no corner. */
const SNAP_FROM = 0.05;

/** The mean of a facet's middle and of the places half-way to its corners; how far they stray. */
function facetTone(
  sample: Sample,
  corners: readonly Point[],
): { readonly tone: readonly number[]; readonly stray: number } {
  const x = corners.reduce((sum, corner) => sum + corner[0], 0) / 3;
  const y = corners.reduce((sum, corner) => sum + corner[1], 0) / 3;
  const places = [[x, y] as const, ...corners.map((corner) => between(corner, [x, y]))];
  const tones = places.map(([px, py]) => colourAt(sample, px * sample.scale, py * sample.scale));
  const tone = [0, 1, 2].map(
    (part) => tones.reduce((sum, each) => sum + (each[part] ?? 0), 0) / tones.length,
  );
  const squares = tones.map((each) =>
    each.reduce((sum, value, part) => sum + (value - (tone[part] ?? 0)) ** 2, 0),
  );
  return { tone, stray: Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / tones.length) };
}

/** Large pixels along the short side. */
const PIXELS = 160;

/**
 * Large pixels in few colours: texture finer than a pixel is calmed, forms keep their edges. The
 * colours are the same for every picture, so that films do not flicker.
 */
export function paintPixels(target: Sheet): void {
  const { pen, width, height } = target;
  const block = Math.max(2, Math.round(Math.min(width, height) / PIXELS));
  const small = openSheet(width / block, height / block);
  small.pen.imageSmoothingEnabled = true;
  small.pen.imageSmoothingQuality = "high";
  small.pen.drawImage(target.canvas, 0, 0, width / block, height / block);
  const image = small.pen.getImageData(0, 0, small.width, small.height);
  calm({ rgba: image.data, width: small.width, height: small.height }, 1);
  for (let place = 0; place < image.data.length; place += 4) {
    const tone = pixelTone(image.data, place);
    image.data[place] = tone[0];
    image.data[place + 1] = tone[1];
    image.data[place + 2] = tone[2];
  }
  small.pen.putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(small.canvas, 0, 0, small.width * block, small.height * block);
  pen.imageSmoothingEnabled = true;
}

/** Steps of lightness, and of colour in either direction. */
const LIGHTS = 12;
const COLOURS = 24;

function pixelTone(rgba: Uint8ClampedArray, place: number): Rgb {
  const [lightness, chroma, hue] = fromRgb([
    rgba[place] ?? 0,
    rgba[place + 1] ?? 0,
    rgba[place + 2] ?? 0,
  ]);
  const angle = (hue * Math.PI) / 180;
  const a = Math.round(chroma * 1.1 * Math.cos(angle) * COLOURS) / COLOURS;
  const b = Math.round(chroma * 1.1 * Math.sin(angle) * COLOURS) / COLOURS;
  const light = Math.round(lightness * LIGHTS) / LIGHTS;
  return toRgb([light, Math.hypot(a, b), (Math.atan2(b, a) * 180) / Math.PI]);
}
