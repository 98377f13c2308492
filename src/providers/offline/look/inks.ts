import { fromRgb, type Lch, toRgb } from "../paint/colour.ts";
import type { Raster } from "./calm.ts";

/** A picture as places of few inks. */
export interface Print {
  readonly inks: readonly Lch[];
  /** For each pixel the number of its ink. */
  readonly labels: Uint8Array;
}

type Lab = readonly [number, number, number];

/** Separates a picture into at most `count` inks of its own, each in areas worth cutting. */
export function separateInks({ rgba, width, height }: Raster, count: number): Print {
  const seen: Lab[] = [];
  const step = Math.max(1, Math.round(Math.sqrt((width * height) / 5000)));
  for (let y = step >> 1; y < height; y += step) {
    for (let x = step >> 1; x < width; x += step) seen.push(labOf(rgba, (y * width + x) * 4));
  }
  const middles = settle(seen, spread(seen, count));
  const labels = new Uint8Array(width * height);
  const known = new Uint8Array(1 << 18).fill(UNKNOWN);
  for (let place = 0; place < labels.length; place += 1) {
    const at = place * 4;
    const key =
      (((rgba[at] ?? 0) >> 2) << 12) |
      (((rgba[at + 1] ?? 0) >> 2) << 6) |
      ((rgba[at + 2] ?? 0) >> 2);
    if (known[key] === UNKNOWN) known[key] = nearest(middles, labOf(rgba, at));
    labels[place] = known[key] ?? 0;
  }
  const area = { labels, width, height };
  roundEdges(area, middles.length);
  dropCrumbs(area, Math.round(width * height * CRUMB));
  return { inks: middles.map(lchOf), labels };
}

const UNKNOWN = 255;
/** Areas smaller than this share of the picture go to their neighbour. */
const CRUMB = 0.00022;

/** Writes the inks over the picture that they were separated from. */
export function printInks({ rgba }: Raster, { inks, labels }: Print): void {
  const tones = inks.map(toRgb);
  for (const [place, label] of labels.entries()) {
    const [red, green, blue] = tones[label] ?? [0, 0, 0];
    rgba[place * 4] = red;
    rgba[place * 4 + 1] = green;
    rgba[place * 4 + 2] = blue;
  }
}

/** Hue counts more than brightness, so that light and shade of one thing share an ink. */
const HUE_WEIGHT = 1.5;

function labOf(rgba: Uint8ClampedArray, at: number): Lab {
  const [lightness, chroma, hue] = fromRgb([rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0]);
  const angle = (hue * Math.PI) / 180;
  const reach = chroma * HUE_WEIGHT;
  return [lightness, reach * Math.cos(angle), reach * Math.sin(angle)];
}

function lchOf([lightness, a, b]: Lab): Lch {
  const hue = ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;
  return [lightness, Math.hypot(a, b) / HUE_WEIGHT, hue];
}

function apart(one: Lab, other: Lab): number {
  return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
}

function nearest(middles: readonly Lab[], colour: Lab): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, middle] of middles.entries()) {
    const far = apart(middle, colour);
    if (far >= least) continue;
    least = far;
    best = index;
  }
  return best;
}

/** Colours as far from one another as the picture has them. */
function spread(seen: readonly Lab[], count: number): Lab[] {
  const chosen: Lab[] = [];
  const far = new Float64Array(seen.length).fill(Number.POSITIVE_INFINITY);
  let next = seen[0];
  while (chosen.length < count && next !== undefined) {
    chosen.push(next);
    let most = LEAST_APART ** 2;
    let farthest: Lab | undefined;
    for (const [index, colour] of seen.entries()) {
      far[index] = Math.min(far[index] ?? 0, apart(colour, next));
      if ((far[index] ?? 0) <= most) continue;
      most = far[index] ?? 0;
      farthest = colour;
    }
    next = farthest;
  }
  return chosen;
}

/** Inks nearer than this are one. */
const LEAST_APART = 0.07;
const ROUNDS = 6;

/** Each ink becomes the mean of the colours that it prints. */
function settle(seen: readonly Lab[], from: readonly Lab[]): readonly Lab[] {
  let middles = from;
  for (let round = 0; round < ROUNDS; round += 1) {
    const printed = middles.map((): Lab[] => []);
    for (const colour of seen) printed[nearest(middles, colour)]?.push(colour);
    middles = middles.map((middle, index) => meanOf(printed[index] ?? []) ?? middle);
  }
  return middles;
}

function meanOf(colours: readonly Lab[]): Lab | null {
  if (colours.length === 0) return null;
  const part = (which: 0 | 1 | 2): number =>
    colours.reduce((sum, colour) => sum + colour[which], 0) / colours.length;
  return [part(0), part(1), part(2)];
}

interface Area {
  readonly labels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const REACH = 2;

/** Each place takes the ink that most of its neighbours have: seams and frayed edges go. */
function roundEdges({ labels, width, height }: Area, inks: number): void {
  const votes = new Uint8Array(inks);
  for (let round = 0; round < 2; round += 1) {
    const before = labels.slice();
    for (let y = REACH; y < height - REACH; y += 1) {
      for (let x = REACH; x < width - REACH; x += 1) {
        const middle = y * width + x;
        const own = before[middle] ?? 0;
        if (isInside(before, { middle, width })) continue;
        votes.fill(0);
        let best = own;
        for (let row = -REACH; row <= REACH; row += 1) {
          const from = (y + row) * width + x - REACH;
          for (let at = from; at <= from + 2 * REACH; at += 1) {
            const label = before[at] ?? 0;
            votes[label] = (votes[label] ?? 0) + 1;
            if ((votes[label] ?? 0) > (votes[best] ?? 0)) best = label;
          }
        }
        labels[middle] = best;
      }
    }
  }
}

/** Whether a place lies well within its own ink, by the eight ends of the square round it. */
function isInside(
  labels: Uint8Array,
  { middle, width }: { readonly middle: number; readonly width: number },
): boolean {
  const own = labels[middle];
  const [up, down] = [middle - REACH * width, middle + REACH * width];
  return (
    labels[up] === own &&
    labels[down] === own &&
    labels[middle - REACH] === own &&
    labels[middle + REACH] === own &&
    labels[up - REACH] === own &&
    labels[up + REACH] === own &&
    labels[down - REACH] === own &&
    labels[down + REACH] === own
  );
}

/** Gives areas of fewer pixels than `least` to the ink that they touch first. */
function dropCrumbs({ labels, width, height }: Area, least: number): void {
  const done = new Uint8Array(labels.length);
  const patch = new Int32Array(labels.length);
  for (let start = 0; start < labels.length; start += 1) {
    if (done[start] === 1) continue;
    const own = labels[start] ?? 0;
    const touched = new Map<number, number>();
    let size = 1;
    patch[0] = start;
    done[start] = 1;
    for (let index = 0; index < size; index += 1) {
      const at = patch[index] ?? 0;
      const x = at % width;
      for (const next of [
        x > 0 ? at - 1 : -1,
        x < width - 1 ? at + 1 : -1,
        at - width,
        at + width < width * height ? at + width : -1,
      ]) {
        if (next < 0) continue;
        const label = labels[next] ?? 0;
        if (label !== own) touched.set(label, (touched.get(label) ?? 0) + 1);
        else if (done[next] === 0) {
          done[next] = 1;
          patch[size] = next;
          size += 1;
        }
      }
    }
    if (size >= least || touched.size === 0) continue;
    const [heir = own] = [...touched].sort((one, other) => other[1] - one[1])[0] ?? [];
    for (let index = 0; index < size; index += 1) labels[patch[index] ?? 0] = heir;
  }
}
