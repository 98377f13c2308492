import { RATE, type Stage } from "../synth/stage.ts";

const LINES = [1559, 1699, 1871, 2053, 2251, 2473, 2719, 3067];
const DIFFUSERS = [241, 379, 557, 773];
const PRE_DELAY = Math.round(0.022 * RATE);

/**
 * A room: eight delay lines that feed each other (feedback delay network). Linear, so that the
 * rooms of all stems add up to the room of the mix. Windows must follow one another.
 */
export class Reverb {
  readonly #lines = LINES.map((length) => new Float32Array(length));
  readonly #at = new Int32Array(LINES.length);
  readonly #gain: Float64Array;
  readonly #low = new Float64Array(LINES.length);
  readonly #out = new Float64Array(LINES.length);
  readonly #pre = new Float32Array(PRE_DELAY);
  #preAt = 0;
  readonly #diffusers = DIFFUSERS.map((length) => ({ line: new Float32Array(length), at: 0 }));

  /** @param seconds Time in which the room falls by 60 dB. */
  constructor(seconds: number) {
    this.#gain = Float64Array.from(LINES, (length) => 10 ** ((-3 * length) / (seconds * RATE)));
  }

  /** Adds the room's answer to `send`, `level` times, to the first `count` samples of a stage. */
  add(
    send: Float32Array,
    stage: Stage,
    options: { readonly count: number; readonly level: number },
  ): void {
    const { count, level } = options;
    const out = this.#out;
    for (let index = 0; index < count; index += 1) {
      const dry = this.#diffuse((send[index] ?? 0) + 1e-20);
      let left = 0;
      let right = 0;
      let sum = 0;
      for (let line = 0; line < 8; line += 1) {
        const value = this.#read(line);
        out[line] = value;
        sum += value;
        if (line % 2 === 0) left += value;
        else right += value;
      }
      // Householder: each line gets itself minus a quarter of the sum of all.
      const shared = sum * 0.25;
      for (let line = 0; line < 8; line += 1) {
        const sign = line < 4 ? 1 : -1;
        this.#write(line, (out[line] ?? 0) - shared + dry * sign * 0.35);
      }
      stage.left[index] = (stage.left[index] ?? 0) + left * level;
      stage.right[index] = (stage.right[index] ?? 0) + right * level;
    }
  }

  #read(line: number): number {
    const value = this.#lines[line]?.[this.#at[line] ?? 0] ?? 0;
    const low = this.#low[line] ?? 0;
    const damped = low + 0.65 * (value - low);
    this.#low[line] = damped;
    return damped * (this.#gain[line] ?? 0);
  }

  #write(line: number, value: number): void {
    const buffer = this.#lines[line];
    if (buffer === undefined) return;
    const at = this.#at[line] ?? 0;
    buffer[at] = value;
    this.#at[line] = at + 1 === buffer.length ? 0 : at + 1;
  }

  #diffuse(input: number): number {
    let value = this.#pre[this.#preAt] ?? 0;
    this.#pre[this.#preAt] = input;
    this.#preAt = this.#preAt + 1 === PRE_DELAY ? 0 : this.#preAt + 1;
    for (const diffuser of this.#diffusers) {
      const { line, at } = diffuser;
      const delayed = line[at] ?? 0;
      const fed = value + 0.6 * delayed;
      line[at] = fed;
      diffuser.at = at + 1 === line.length ? 0 : at + 1;
      value = delayed - 0.6 * fed;
    }
    return value;
  }
}
