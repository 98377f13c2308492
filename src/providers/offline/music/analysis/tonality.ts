import type { Chord } from "../score.ts";
import { RATE, type Stage } from "../synth/stage.ts";
import { type AskedKey, wrap } from "../theory.ts";
import { Fourier, hann } from "./fourier.ts";

const SIZE = 8192;

/** Strength of the twelve pitch classes in a stretch of music; sums to 1 unless silent. */
export function chromaOf(stage: Stage, from: number, to: number): Float64Array {
  const fourier = new Fourier(SIZE);
  const window = hann(SIZE);
  const real = new Float64Array(SIZE);
  const imag = new Float64Array(SIZE);
  const chroma = new Float64Array(12);
  const last = Math.max(from + 1, to - SIZE / 2);
  for (let at = from; at < last; at += SIZE / 2) {
    for (let n = 0; n < SIZE; n += 1) {
      const index = at + n;
      real[n] = ((stage.left[index] ?? 0) + (stage.right[index] ?? 0)) * (window[n] ?? 0);
    }
    imag.fill(0);
    fourier.forward(real, imag);
    addPeaks(chroma, real, imag);
  }
  const sum = chroma.reduce((total, value) => total + value, 0);
  return sum > 0 ? chroma.map((value) => value / sum) : chroma;
}

/** Only peaks of the spectrum count, so that drums do not blur the picture. */
function addPeaks(chroma: Float64Array, real: Float64Array, imag: Float64Array): void {
  const size = (bin: number) => Math.hypot(real[bin] ?? 0, imag[bin] ?? 0);
  const first = Math.ceil((80 * SIZE) / RATE);
  const last = Math.floor((2100 * SIZE) / RATE);
  let before = size(first - 1);
  let now = size(first);
  for (let bin = first; bin < last; bin += 1) {
    const next = size(bin + 1);
    if (now > before && now > next) {
      const shift = (0.5 * (before - next)) / (before - 2 * now + next);
      const midi = 69 + 12 * Math.log2(((bin + shift) * RATE) / SIZE / 440);
      const off = Math.abs(midi - Math.round(midi));
      const pitch = wrap(Math.round(midi), 12);
      if (off < 0.35) chroma[pitch] = (chroma[pitch] ?? 0) + now ** 0.6;
    }
    before = now;
    now = next;
  }
}

const MAJOR = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
const MINOR = [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];

/** A key and how well it fits, −1 to 1. */
export interface RankedKey extends AskedKey {
  readonly fit: number;
}

/** The 24 keys by how well their profiles (Krumhansl) fit the music, best first. */
export function rankKeys(stage: Stage): readonly RankedKey[] {
  const chroma = chromaOf(stage, 0, stage.left.length);
  const ranked: RankedKey[] = [];
  for (let key = 0; key < 12; key += 1) {
    const turned = chroma.map((_, index) => chroma[(index + key) % 12] ?? 0);
    ranked.push({ key, mode: "major", fit: correlation(turned, MAJOR) });
    ranked.push({ key, mode: "minor", fit: correlation(turned, MINOR) });
  }
  return ranked.sort((a, b) => b.fit - a.fit);
}

function correlation(a: ArrayLike<number>, b: readonly number[]): number {
  const meanA = b.reduce((sum, _, index) => sum + (a[index] ?? 0), 0) / b.length;
  const meanB = b.reduce((sum, value) => sum + value, 0) / b.length;
  let [both, alone, other] = [0, 0, 0];
  for (const [index, value] of b.entries()) {
    const x = (a[index] ?? 0) - meanA;
    const y = value - meanB;
    both += x * y;
    alone += x * x;
    other += y * y;
  }
  return alone === 0 ? 0 : both / Math.sqrt(alone * other);
}

/** The triad that fits each bar best, with a leaning to those of the key. */
export function findChords(
  stage: Stage,
  bars: readonly {
    readonly beat: number;
    readonly beats: number;
    readonly fromS: number;
    readonly toS: number;
  }[],
  key: AskedKey,
): readonly Chord[] {
  return bars.map(({ beat, beats, fromS, toS }) => {
    const chroma = chromaOf(stage, Math.round(fromS * RATE), Math.round(toS * RATE));
    let best: Chord = {
      beat,
      beats,
      root: key.key,
      tones: key.mode === "minor" ? [0, 3, 7] : [0, 4, 7],
    };
    let bestFit = 0;
    for (let root = 0; root < 12; root += 1) {
      for (const tones of [
        [0, 4, 7],
        [0, 3, 7],
      ] as const) {
        const inside = tones.reduce(
          (sum: number, tone) => sum + (chroma[(root + tone) % 12] ?? 0),
          0,
        );
        const own = diatonic(root, tones[1], key) ? 0.05 : 0;
        if (inside + own > bestFit) {
          bestFit = inside + own;
          best = { beat, beats, root, tones };
        }
      }
    }
    return best;
  });
}

function diatonic(root: number, third: number, { key, mode }: AskedKey): boolean {
  const tonic = mode === "minor" ? key + 3 : key;
  const step = wrap(root - tonic, 12);
  return third === 4 ? [0, 5, 7].includes(step) : [2, 4, 9].includes(step);
}
