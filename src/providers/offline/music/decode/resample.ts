import { RATE } from "../synth/stage.ts";

const TAPS = 24;
const PHASES = 256;

/** Brings a channel from another sample rate to 48 kHz (windowed sinc, 24 taps). */
export function resample(channel: Float32Array, rate: number): Float32Array {
  if (rate === RATE) return channel;
  const step = rate / RATE;
  const kernel = kernelFor(Math.min(1, 1 / step));
  const made = new Float32Array(Math.floor(channel.length / step));
  for (let index = 0; index < made.length; index += 1) {
    const place = index * step;
    const whole = Math.floor(place);
    const row = Math.round((place - whole) * PHASES) * TAPS;
    const first = whole - TAPS / 2 + 1;
    let sum = 0;
    for (let tap = 0; tap < TAPS; tap += 1)
      sum += (channel[first + tap] ?? 0) * (kernel[row + tap] ?? 0);
    made[index] = sum;
  }
  return made;
}

function kernelFor(cutoff: number): Float64Array {
  const kernel = new Float64Array((PHASES + 1) * TAPS);
  for (let phase = 0; phase <= PHASES; phase += 1) {
    for (let tap = 0; tap < TAPS; tap += 1) {
      const x = tap - TAPS / 2 + 1 - phase / PHASES;
      const window = 0.5 + 0.5 * Math.cos((2 * Math.PI * x) / (TAPS + 1));
      const turn = Math.PI * x * cutoff;
      const sinc = Math.abs(turn) < 1e-9 ? 1 : Math.sin(turn) / turn;
      kernel[phase * TAPS + tap] = sinc * cutoff * Math.max(0, window);
    }
  }
  return kernel;
}
