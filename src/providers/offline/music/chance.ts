import { present } from "../../../lib/assert.ts";

/** A stream of numbers in [0, 1). */
export type Chance = () => number;

/**
 * A named stream of chance (mulberry32). Streams of different names never touch each other, so
 * that adding a part to a song does not move the notes of another one.
 */
export function chanceOf(seed: number, name: string): Chance {
  let state = hashText(`${seed}:${name}`);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** FNV-1a over UTF-16 units, 32 bits, never negative. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** One of the items, each as likely as the next. The list must not be empty. */
export function pick<T>(chance: Chance, items: readonly T[]): T {
  return present(items[Math.floor(chance() * items.length)], "item to pick");
}

/** One of the items by its weight; weights are not negative and at least one is above 0. */
export function pickWeighted<T>(chance: Chance, items: readonly (readonly [T, number])[]): T {
  const total = items.reduce((sum, [, weight]) => sum + weight, 0);
  let rest = chance() * total;
  for (const [item, weight] of items) {
    rest -= weight;
    if (rest < 0) return item;
  }
  return present(items.at(-1), "item to pick")[0];
}

/** A whole number from `low` to `high`, both included. */
export function between(chance: Chance, low: number, high: number): number {
  return low + Math.floor(chance() * (high - low + 1));
}

/** About normal with mean 0 and deviation 1, never beyond ± 3.5 (sum of four even draws). */
export function bell(chance: Chance): number {
  return (chance() + chance() + chance() + chance() - 2) * Math.sqrt(3);
}
