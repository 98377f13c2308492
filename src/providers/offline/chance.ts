/** Gives the next number of a stream, 0 (included) to 1 (not). */
export type Random = () => number;

/** Gives the stream of a name: adding a tree never moves a cloud. */
export type Chance = (name: string) => Random;

/** Streams that depend on the seed and their name only. */
export function makeChance(seed: number): Chance {
  return (name) => mulberry32(hashText(`${seed}:${name}`));
}

/** FNV-1a over UTF-16 code units, with a final mix; 0 to 2^32 − 1. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** A number between two bounds. */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

/** One of a list that is not empty. */
export function pick<T>(random: Random, list: readonly [T, ...(readonly T[])]): T {
  return list[Math.floor(random() * list.length)] ?? list[0];
}

function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
