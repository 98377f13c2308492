import { RATE, type Stage } from "../synth/stage.ts";
import { Fourier, hann } from "./fourier.ts";

const HOP = RATE / 100;
const SIZE = 1024;
const BANDS = 24;

/** The pulse of a piece of music. */
export interface Pulse {
  readonly bpm: number;
  /** Seconds at which its first beat falls. */
  readonly firstBeatS: number;
}

/** Estimates the tempo by the autocorrelation of onsets, 40 to 220 bpm, nearer to 110 preferred. */
export function findPulse(stage: Stage): Pulse {
  const onsets = onsetStrength(stage);
  let bpm = 120;
  let best = 0;
  for (let candidate = 40; candidate <= 220; candidate += 0.25) {
    const value = periodicity(onsets, 6000 / candidate) * prior(candidate);
    if (value > best) {
      best = value;
      bpm = candidate;
    }
  }
  return { bpm, firstBeatS: phaseOf(onsets, 6000 / bpm) / 100 };
}

function prior(bpm: number): number {
  return Math.exp(-0.5 * (Math.log2(bpm / 110) / 0.7) ** 2);
}

/** How alike the onsets are to themselves one, two, three and four beats later. */
function periodicity(onsets: Float64Array, period: number): number {
  let sum = 0;
  for (let beats = 1; beats <= 4; beats += 1) {
    const lag = period * beats;
    const whole = Math.floor(lag);
    const rest = lag - whole;
    let match = 0;
    for (let index = 0; index + whole + 1 < onsets.length; index += 1) {
      const later =
        (onsets[index + whole] ?? 0) * (1 - rest) + (onsets[index + whole + 1] ?? 0) * rest;
      match += (onsets[index] ?? 0) * later;
    }
    sum += match / Math.max(1, onsets.length - whole);
  }
  return sum;
}

function phaseOf(onsets: Float64Array, period: number): number {
  let best = 0;
  let phase = 0;
  for (let start = 0; start < period; start += 1) {
    let sum = 0;
    for (let at = start; at < onsets.length; at += period) sum += onsets[Math.round(at)] ?? 0;
    if (sum > best) {
      best = sum;
      phase = start;
    }
  }
  return phase;
}

/** Growth of log energy in bands, a hundred times a second. */
function onsetStrength({ left, right }: Stage): Float64Array {
  const fourier = new Fourier(SIZE);
  const window = hann(SIZE);
  const frames = Math.max(1, Math.floor((left.length - SIZE) / HOP));
  const onsets = new Float64Array(frames);
  const real = new Float64Array(SIZE);
  const imag = new Float64Array(SIZE);
  const before = new Float64Array(BANDS);
  for (let frame = 0; frame < frames; frame += 1) {
    for (let n = 0; n < SIZE; n += 1) {
      const at = frame * HOP + n;
      real[n] = ((left[at] ?? 0) + (right[at] ?? 0)) * (window[n] ?? 0);
    }
    imag.fill(0);
    fourier.forward(real, imag);
    let flux = 0;
    for (let band = 0; band < BANDS; band += 1) {
      const energy = Math.log(1e-4 + bandEnergy(real, imag, band));
      if (frame > 0) flux += Math.max(0, energy - (before[band] ?? 0));
      before[band] = energy;
    }
    onsets[frame] = flux;
  }
  const mean = onsets.reduce((sum, value) => sum + value, 0) / frames;
  return onsets.map((value) => Math.max(0, value - mean));
}

function bandEnergy(real: Float64Array, imag: Float64Array, band: number): number {
  const from = Math.max(1, Math.floor(1.28 ** band));
  const to = Math.min(SIZE / 2, Math.max(from + 1, Math.floor(1.28 ** (band + 1))));
  let sum = 0;
  for (let bin = from; bin < to; bin += 1) sum += (real[bin] ?? 0) ** 2 + (imag[bin] ?? 0) ** 2;
  return sum / Math.max(1, to - from);
}
