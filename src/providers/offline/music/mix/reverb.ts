import { RATE, type Stage } from "../synth/stage.ts";

const LINES = [1559, 1699, 1871, 2053, 2251, 2473, 2719, 3067];
const BLOCK = 1024;
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
  readonly #out = LINES.map(() => new Float32Array(BLOCK));
  readonly #shared = new Float32Array(BLOCK);
  readonly #dry = new Float32Array(BLOCK);
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
    for (let from = 0; from < options.count; from += BLOCK) {
      const count = Math.min(BLOCK, options.count - from);
      for (let line = 0; line < LINES.length; line += 1) this.#read(line, count);
      for (let index = 0; index < count; index += 1) {
        const dry = this.#diffuse((send[from + index] ?? 0) + 1e-20);
        this.#turn(index, dry * 0.35);
      }
      this.#hear(stage, { from, count, level: options.level });
      for (let line = 0; line < LINES.length; line += 1) this.#write(line, count);
    }
  }

  /** What comes out of a line, damped. A block is shorter than any line: nothing feeds itself. */
  #read(line: number, count: number): void {
    const buffer = this.#lines[line];
    const out = this.#out[line];
    if (buffer === undefined || out === undefined) return;
    const gain = this.#gain[line] ?? 0;
    let at = this.#at[line] ?? 0;
    let low = this.#low[line] ?? 0;
    for (let index = 0; index < count; index += 1) {
      low += 0.65 * ((buffer[at] ?? 0) - low);
      out[index] = low * gain;
      at = at + 1 === buffer.length ? 0 : at + 1;
    }
    this.#low[line] = low;
  }

  /** Householder: each line gets itself minus a quarter of the sum of all, and the new sound. */
  #turn(index: number, dry: number): void {
    let sum = 0;
    for (const out of this.#out) sum += out[index] ?? 0;
    this.#shared[index] = sum * 0.25;
    this.#dry[index] = dry;
  }

  #hear(
    stage: Stage,
    block: { readonly from: number; readonly count: number; readonly level: number },
  ): void {
    for (const [line, out] of this.#out.entries()) {
      const channel = line % 2 === 0 ? stage.left : stage.right;
      for (let index = 0; index < block.count; index += 1) {
        const at = block.from + index;
        channel[at] = (channel[at] ?? 0) + (out[index] ?? 0) * block.level;
      }
    }
  }

  #write(line: number, count: number): void {
    const buffer = this.#lines[line];
    const out = this.#out[line];
    if (buffer === undefined || out === undefined) return;
    const sign = line < 4 ? 1 : -1;
    let at = this.#at[line] ?? 0;
    for (let index = 0; index < count; index += 1) {
      const kept = (out[index] ?? 0) - (this.#shared[index] ?? 0);
      buffer[at] = kept + sign * (this.#dry[index] ?? 0);
      at = at + 1 === buffer.length ? 0 : at + 1;
    }
    this.#at[line] = at;
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
