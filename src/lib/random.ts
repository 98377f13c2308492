import { randomBytes } from "node:crypto";

/** Gives `size` random bytes; handed in, so that tests and simulations can repeat a run. */
export type RandomBytes = (size: number) => Uint8Array;

/** Random bytes from the operating system. */
export const systemRandom: RandomBytes = makeSystemRandom();

const POOL_BYTES = 8_192;

/** Draws from the system in bulk: a call for each id would cost more than all else about it. */
function makeSystemRandom(): RandomBytes {
  let pool: Uint8Array = new Uint8Array(0);
  let used = 0;
  return (size) => {
    if (size > POOL_BYTES / 4) return randomBytes(size);
    if (used + size > pool.length) {
      // Not the Buffer itself, whose slice() is a view: zeroing below would reach what was drawn.
      pool = new Uint8Array(randomBytes(POOL_BYTES));
      used = 0;
    }
    used += size;
    // A copy, and nothing left behind: no byte is ever given to two askers.
    const drawn = pool.slice(used - size, used);
    pool.fill(0, used - size, used);
    return drawn;
  };
}

const BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz";
const BASE62 = `0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`;

/** `length` characters of 0-9a-z, each drawn evenly (5.17 bits a character). */
export function randomBase36(random: RandomBytes, length: number): string {
  return draw(random, BASE36, length);
}

/** Writes a number as base62, padded with zeros to `length`. */
export function toBase62(value: bigint, length: number): string {
  let rest = value;
  let text = "";
  for (let index = 0; index < length; index += 1) {
    text = BASE62.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}

function draw(random: RandomBytes, alphabet: string, length: number): string {
  // Bytes beyond the largest multiple are thrown away, else early letters come up more often.
  const bound = 256 - (256 % alphabet.length);
  const codes = Buffer.allocUnsafe(length);
  let drawn = 0;
  while (drawn < length) {
    for (const byte of random(length - drawn)) {
      if (byte >= bound) continue;
      codes[drawn] = alphabet.charCodeAt(byte % alphabet.length);
      drawn += 1;
    }
  }
  return codes.toString("latin1");
}
