import { RATE, type Stage } from "../synth/stage.ts";

const HOP = RATE / 10;

/**
 * Integrated loudness by ITU-R BS.1770-4, LUFS, of 48 kHz stereo. Silence gives −70.
 * @param curve Gain of each sample under which the sound is measured.
 */
export function loudness(stage: Stage, curve?: Float32Array): number {
  const left = hopPowers(stage.left, curve);
  const right = hopPowers(stage.right, curve);
  const blocks: number[] = [];
  for (let hop = 0; hop + 4 <= left.length; hop += 1) {
    let power = 0;
    for (let index = hop; index < hop + 4; index += 1) {
      power += ((left[index] ?? 0) + (right[index] ?? 0)) / 4;
    }
    blocks.push(power);
  }
  const loud = blocks.filter((power) => lufs(power) > -70);
  if (loud.length === 0) return -70;
  const gate = lufs(mean(loud)) - 10;
  const kept = loud.filter((power) => lufs(power) > gate);
  return kept.length === 0 ? -70 : lufs(mean(kept));
}

function lufs(power: number): number {
  return -0.691 + 10 * Math.log10(Math.max(power, 1e-12));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean square of the K-weighted signal in each tenth of a second. */
function hopPowers(channel: Float32Array, curve?: Float32Array): Float64Array {
  const hops = Math.max(1, Math.floor(channel.length / HOP));
  const powers = new Float64Array(Math.max(4, hops));
  let [s1, s2, h1, h2] = [0, 0, 0, 0];
  for (let hop = 0; hop < hops; hop += 1) {
    let sum = 0;
    const end = Math.min(channel.length, (hop + 1) * HOP);
    for (let index = hop * HOP; index < end; index += 1) {
      const x = (channel[index] ?? 0) * (curve?.[index] ?? 1);
      const shelf = 1.53512485958697 * x + s1;
      s1 = -2.69169618940638 * x + 1.69065929318241 * shelf + s2;
      s2 = 1.19839281085285 * x - 0.73248077421585 * shelf;
      const high = shelf + h1;
      h1 = -2 * shelf + 1.99004745483398 * high + h2;
      h2 = shelf - 0.99007225036621 * high;
      sum += high * high;
    }
    powers[hop] = sum / HOP;
  }
  return powers;
}
