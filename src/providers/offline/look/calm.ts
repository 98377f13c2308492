/** Pixels as red, green, blue and alpha. */
export interface Raster {
  readonly rgba: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/**
 * Smooths texture and sharpens edges, in place: each place takes the mean of the square round it,
 * or where forms meet in that square, the mean of the calmest quarter of it.
 */
export function calm(raster: Raster, reach: number): void {
  const { rgba, width, height } = raster;
  const sums = sumTable(raster);
  const far = reach + 1;
  for (let y = 0; y < height; y += 1) {
    const [top, foot] = [Math.max(0, y - reach), Math.min(height, y + far)];
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + far)];
      let tone = meanOf(sums, { left, right, top, foot });
      if (tone.stray > STRAY_MAX) {
        for (const box of [
          { left, right: x + 1, top, foot: y + 1 },
          { left: x, right, top, foot: y + 1 },
          { left, right: x + 1, top: y, foot },
          { left: x, right, top: y, foot },
        ]) {
          const quarter = meanOf(sums, box);
          if (quarter.stray < tone.stray) tone = quarter;
        }
      }
      const at = (y * width + x) * 4;
      rgba[at] = tone.red;
      rgba[at + 1] = tone.green;
      rgba[at + 2] = tone.blue;
    }
  }
}

/** Squares whose colours stray less than this, of 255 squared, are of one form. */
const STRAY_MAX = 90;

/** Edges as numbers of pixels; those of `right` and `foot` are beyond it. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly foot: number;
}

interface Tone {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** How far its pixels are from the mean, squared. */
  readonly stray: number;
}

function meanOf({ sums, wide }: SumTable, { left, right, top, foot }: Box): Tone {
  const a = (top * wide + left) * 4;
  const b = (top * wide + right) * 4;
  const c = (foot * wide + left) * 4;
  const d = (foot * wide + right) * 4;
  const each = 1 / ((right - left) * (foot - top));
  const red = ((sums[d] ?? 0) - (sums[b] ?? 0) - (sums[c] ?? 0) + (sums[a] ?? 0)) * each;
  const green =
    ((sums[d + 1] ?? 0) - (sums[b + 1] ?? 0) - (sums[c + 1] ?? 0) + (sums[a + 1] ?? 0)) * each;
  const blue =
    ((sums[d + 2] ?? 0) - (sums[b + 2] ?? 0) - (sums[c + 2] ?? 0) + (sums[a + 2] ?? 0)) * each;
  const square =
    ((sums[d + 3] ?? 0) - (sums[b + 3] ?? 0) - (sums[c + 3] ?? 0) + (sums[a + 3] ?? 0)) * each;
  return { red, green, blue, stray: square - red * red - green * green - blue * blue };
}

/** Corners beside one another are `wide` to a row, four sums each. */
interface SumTable {
  readonly sums: Float64Array;
  readonly wide: number;
}

/** For each corner the sums, over all that is above and left, of the colours and their squares. */
function sumTable({ rgba, width, height }: Raster): SumTable {
  const wide = width + 1;
  const sums = new Float64Array(wide * (height + 1) * 4);
  for (let y = 0; y < height; y += 1) {
    const row = [0, 0, 0, 0];
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      const above = (y * wide + x + 1) * 4;
      const to = above + wide * 4;
      let square = 0;
      for (let part = 0; part < 3; part += 1) {
        const value = rgba[from + part] ?? 0;
        square += value * value;
        row[part] = (row[part] ?? 0) + value;
        sums[to + part] = (sums[above + part] ?? 0) + (row[part] ?? 0);
      }
      row[3] = (row[3] ?? 0) + square;
      sums[to + 3] = (sums[above + 3] ?? 0) + (row[3] ?? 0);
    }
  }
  return { sums, wide };
}
