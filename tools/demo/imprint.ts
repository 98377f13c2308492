import { openSheet, type Sheet } from "../../src/providers/offline/paint/canvas.ts";
import { fromRgb } from "../../src/providers/offline/paint/colour.ts";

/** What of a picture stays when it is shrunk: its large forms and its colours. */
export interface Imprint {
  /** Signs of the 63 lowest waves of its brightness. */
  readonly forms: readonly boolean[];
  /** Mean of each of 2 × 3 cells on the two axes of colour, scaled to tell 12 steps apart. */
  readonly colours: readonly number[];
}

const SIDE = 32;
const WAVES = 8;
/** Colour steps: a difference of one is just seen at a glance. */
const COLOUR_STEP = 0.02;

/** Takes the imprint of a picture of any size. */
export function takeImprint({ canvas }: Sheet): Imprint {
  const small = openSheet(SIDE, SIDE);
  small.pen.imageSmoothingEnabled = true;
  small.pen.imageSmoothingQuality = "high";
  small.pen.drawImage(canvas, 0, 0, SIDE, SIDE);
  const { data } = small.pen.getImageData(0, 0, SIDE, SIDE);
  return { forms: formsOf(data), colours: coloursOf(data) };
}

/** How many forms differ, of 63, and how far the colours are apart, in steps. */
export function distance(
  one: Imprint,
  other: Imprint,
): { readonly forms: number; readonly colours: number } {
  const forms = one.forms.filter((sign, index) => sign !== other.forms[index]).length;
  const squares = one.colours.map((value, index) => (value - (other.colours[index] ?? 0)) ** 2);
  return { forms, colours: Math.sqrt(squares.reduce((sum, square) => sum + square, 0)) };
}

function formsOf(data: Uint8ClampedArray): boolean[] {
  const luma = Array.from({ length: SIDE * SIDE }, (_, place) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(place * 4, place * 4 + 3);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  const waves = Array.from({ length: WAVES * WAVES - 1 }, (_, index) =>
    waveOf(luma, (index + 1) % WAVES, Math.floor((index + 1) / WAVES)),
  );
  const middle = waves.toSorted((a, b) => a - b)[Math.floor(waves.length / 2)] ?? 0;
  return waves.map((wave) => wave > middle);
}

function waveOf(luma: readonly number[], across: number, down: number): number {
  let sum = 0;
  for (let y = 0; y < SIDE; y += 1) {
    const row = Math.cos(((2 * y + 1) * down * Math.PI) / (2 * SIDE));
    for (let x = 0; x < SIDE; x += 1) {
      const column = Math.cos(((2 * x + 1) * across * Math.PI) / (2 * SIDE));
      sum += (luma[y * SIDE + x] ?? 0) * row * column;
    }
  }
  return sum;
}

function coloursOf(data: Uint8ClampedArray): number[] {
  const sums = Array.from({ length: 12 }, () => 0);
  const size = (SIDE * SIDE) / 6;
  for (let place = 0; place < SIDE * SIDE; place += 1) {
    const cell =
      Math.floor((place % SIDE) / (SIDE / 2)) + 2 * Math.floor(place / SIDE / (SIDE / 3));
    const [red = 0, green = 0, blue = 0] = data.subarray(place * 4, place * 4 + 3);
    const [, chroma, hue] = fromRgb([red, green, blue]);
    const turn = (hue * Math.PI) / 180;
    sums[cell * 2] = (sums[cell * 2] ?? 0) + (chroma * Math.cos(turn)) / size;
    sums[cell * 2 + 1] = (sums[cell * 2 + 1] ?? 0) + (chroma * Math.sin(turn)) / size;
  }
  return sums.map((sum) => sum / COLOUR_STEP);
}
