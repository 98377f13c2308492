/** A fast Fourier transform of one size, a power of two. Works in place on two arrays. */
export class Fourier {
  readonly size: number;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #order: Uint32Array;

  constructor(size: number) {
    this.size = size;
    this.#cos = Float64Array.from({ length: size / 2 }, (_, k) =>
      Math.cos((2 * Math.PI * k) / size),
    );
    this.#sin = Float64Array.from({ length: size / 2 }, (_, k) =>
      Math.sin((2 * Math.PI * k) / size),
    );
    this.#order = new Uint32Array(size);
    const bits = Math.log2(size);
    for (let index = 0; index < size; index += 1) {
      let turned = 0;
      for (let bit = 0; bit < bits; bit += 1) turned |= ((index >> bit) & 1) << (bits - 1 - bit);
      this.#order[index] = turned;
    }
  }

  /** To the spectrum, unscaled. */
  forward(real: Float64Array, imag: Float64Array): void {
    this.#run(real, imag, -1);
  }

  /** Back to the signal, scaled by 1 / size. */
  backward(real: Float64Array, imag: Float64Array): void {
    this.#run(real, imag, 1);
    for (let index = 0; index < this.size; index += 1) {
      real[index] = (real[index] ?? 0) / this.size;
      imag[index] = (imag[index] ?? 0) / this.size;
    }
  }

  #run(real: Float64Array, imag: Float64Array, sign: 1 | -1): void {
    this.#reorder(real, imag);
    for (let half = 1; half < this.size; half *= 2) {
      const stride = this.size / (2 * half);
      for (let start = 0; start < this.size; start += 2 * half) {
        for (let k = 0; k < half; k += 1) {
          const c = this.#cos[k * stride] ?? 1;
          const s = sign * (this.#sin[k * stride] ?? 0);
          const low = start + k;
          const high = low + half;
          const a = real[high] ?? 0;
          const b = imag[high] ?? 0;
          const tr = a * c - b * s;
          const ti = a * s + b * c;
          const lr = real[low] ?? 0;
          const li = imag[low] ?? 0;
          real[high] = lr - tr;
          imag[high] = li - ti;
          real[low] = lr + tr;
          imag[low] = li + ti;
        }
      }
    }
  }

  #reorder(real: Float64Array, imag: Float64Array): void {
    for (let index = 0; index < this.size; index += 1) {
      const other = this.#order[index] ?? 0;
      if (other <= index) continue;
      const r = real[index] ?? 0;
      real[index] = real[other] ?? 0;
      real[other] = r;
      const i = imag[index] ?? 0;
      imag[index] = imag[other] ?? 0;
      imag[other] = i;
    }
  }
}

/** The raised cosine; with its square it sums to a constant at a quarter's hop. */
export function hann(size: number): Float64Array {
  return Float64Array.from(
    { length: size },
    (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size),
  );
}
