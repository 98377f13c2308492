import { hashText, makeChance } from "../chance.ts";

/** A smooth field over the plane, 0 to 1. */
export type Noise = (x: number, y: number) => number;

/** Value noise of one octave; the lattice repeats after 256 cells. */
export function makeNoise(seed: number): Noise {
  const random = makeChance(seed)("lattice");
  const lattice = new Float32Array(65536);
  for (let index = 0; index < lattice.length; index += 1) lattice[index] = random();
  return (x, y) => {
    const cellX = Math.floor(x);
    const cellY = Math.floor(y);
    const u = fade(x - cellX);
    const v = fade(y - cellY);
    const row = (cellY & 255) << 8;
    const next = ((cellY + 1) & 255) << 8;
    const left = cellX & 255;
    const right = (cellX + 1) & 255;
    const top = mixed(lattice[row | left] ?? 0, lattice[row | right] ?? 0, u);
    const bottom = mixed(lattice[next | left] ?? 0, lattice[next | right] ?? 0, u);
    return mixed(top, bottom, v);
  };
}

/** Sums octaves of a field, each twice as fine and half as strong; 0 to 1. */
export function fractal(noise: Noise, octaves: number): Noise {
  let total = 0;
  for (let octave = 0; octave < octaves; octave += 1) total += 0.5 ** octave;
  return (x, y) => {
    let sum = 0;
    let scale = 1;
    for (let octave = 0; octave < octaves; octave += 1) {
      sum += noise(x * scale + octave * 17.3, y * scale - octave * 9.7) / scale;
      scale *= 2;
    }
    return sum / total;
  };
}

/** A seed of its own for a named field. */
export function noiseSeed(seed: number, name: string): number {
  return hashText(`${seed}/noise/${name}`);
}

function fade(t: number): number {
  return t * t * (3 - 2 * t);
}

function mixed(first: number, second: number, share: number): number {
  return first + (second - first) * share;
}
