import { present } from "../../../../lib/assert.ts";

/** Samples in one cycle; each table has one more, equal to the first. */
export const CYCLE = 2048;
const OCTAVES = 10;
const LOWEST_HZ = 27.5;
const HARMONICS_MAX = 640;

/** The shapes of a cycle: the strength of its harmonics, counted from 1. */
const SPECTRA: Readonly<Record<Spectrum, (n: number) => number>> = {
  sine: (n) => (n === 1 ? 1 : 0),
  saw: (n) => 0.6 / n,
  square: (n) => (n % 2 === 1 ? 0.9 / n : 0),
  triangle: (n) => (n % 2 === 1 ? (n % 4 === 1 ? 1 : -1) / (n * n) : 0),
  pulse: (n) => (0.9 * Math.sin(Math.PI * n * 0.28)) / n,
  thin: (n) => (0.9 * Math.sin(Math.PI * n * 0.125)) / n,
  organ: (n) => drawbar(n),
  flute: (n) => [0, 1, 0.22, 0.1, 0.03, 0.012][n] ?? 0,
  reed: (n) => (n % 2 === 1 ? 0.8 / n ** 1.1 : 0.16 / n ** 1.1),
  warm: (n) => 0.8 / n ** 1.7,
};

/** The names of the cycle shapes. */
export type Spectrum =
  | "sine"
  | "saw"
  | "square"
  | "triangle"
  | "pulse"
  | "thin"
  | "organ"
  | "flute"
  | "reed"
  | "warm";

/** The cycle of a shape that has no harmonic above half the sample rate at this pitch. */
export function cycleOf(spectrum: Spectrum, hz: number): Float32Array {
  const octave = Math.min(OCTAVES - 1, Math.max(0, Math.ceil(Math.log2(hz / LOWEST_HZ))));
  const name = `${spectrum}:${octave}`;
  const known = CYCLES.get(name);
  if (known !== undefined) return known;
  const top = LOWEST_HZ * 2 ** octave;
  const made = drawCycle(SPECTRA[spectrum], Math.min(HARMONICS_MAX, Math.floor(21_000 / top)));
  CYCLES.set(name, made);
  return made;
}

const CYCLES = new Map<string, Float32Array>();
const SINE = Float32Array.from({ length: CYCLE }, (_, i) => Math.sin((2 * Math.PI * i) / CYCLE));

function drawCycle(strength: (n: number) => number, harmonics: number): Float32Array {
  const cycle = new Float32Array(CYCLE + 1);
  for (let n = 1; n <= Math.max(1, harmonics); n += 1) {
    const amount = strength(n);
    if (amount === 0) continue;
    for (let index = 0; index < CYCLE; index += 1) {
      cycle[index] = (cycle[index] ?? 0) + amount * (SINE[(index * n) % CYCLE] ?? 0);
    }
  }
  cycle[CYCLE] = present(cycle[0], "first sample");
  return cycle;
}

/** Drawbars 88 8000 004 of a tone-wheel organ; the harmonics are those of the 16-foot pipe. */
function drawbar(n: number): number {
  const bars: Readonly<Record<number, number>> = { 1: 0.7, 2: 1, 3: 0.8, 4: 0.5, 8: 0.12, 16: 0.2 };
  return 0.45 * (bars[n] ?? 0);
}
