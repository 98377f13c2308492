import { setImmediate as turn } from "node:timers/promises";
import { newStage, RATE, type Stage } from "../synth/stage.ts";
import { Fourier, hann } from "./fourier.ts";

const SIZE = 4096;
const HOP = SIZE / 4;
const BINS = SIZE / 2 + 1;
/** Frames looked at on both sides to tell a held tone from a stroke. */
const AROUND = 4;

/** Names of the six stems of a foreign recording. */
export const UPLOAD_STEMS = ["bass", "drums", "piano", "guitar", "vocals", "other"] as const;

/** The six stems; they add up to the recording. */
export type UploadStems = Readonly<Record<(typeof UPLOAD_STEMS)[number], Stage>>;

/** Samples of a piece; a whole number of hops. */
const PIECE = HOP * 1024;

/**
 * Parts a recording by where and how it sounds: strokes are drums, low held tones bass, what
 * stands in the middle vocals, at the sides guitar, low mid tones piano, the rest other. An
 * approximation; the masks sum to 1, so nothing is lost. Gives the stems piece by piece, in order.
 */
export async function* separate(
  stage: Stage,
  watch: { readonly signal: AbortSignal; readonly progress: (fraction: number) => void },
): AsyncGenerator<UploadStems> {
  const length = stage.left.length;
  const desk = new Desk(stage);
  for (let from = 0; from < length; from += PIECE) {
    const stems = UPLOAD_STEMS.map(() => newStage(Math.min(PIECE, length - from)));
    const first = from / HOP - 3;
    const last = Math.ceil(Math.min(length, from + PIECE) / HOP);
    for (let frame = first; frame < last; frame += 1) {
      desk.part(frame, stems, from);
      if (frame % 8 !== 0) continue;
      watch.progress(Math.max(0, frame * HOP) / length);
      await turn();
      watch.signal.throwIfAborted();
    }
    yield named(stems);
  }
}

function named(stems: readonly Stage[]): UploadStems {
  const [bass, drums, piano, guitar, vocals, other] = stems;
  const none = newStage(0);
  return {
    bass: bass ?? none,
    drums: drums ?? none,
    piano: piano ?? none,
    guitar: guitar ?? none,
    vocals: vocals ?? none,
    other: other ?? none,
  };
}

interface Frame {
  readonly real: Float64Array;
  readonly imag: Float64Array;
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly sum: Float64Array;
}

/** Spectra round the present frame; both channels share one transform, real and imaginary. */
class Desk {
  readonly #stage: Stage;
  readonly #fourier = new Fourier(SIZE);
  readonly #window = hann(SIZE).map(Math.sqrt);
  readonly #frames = new Map<number, Frame>();
  readonly #real = new Float64Array(SIZE);
  readonly #imag = new Float64Array(SIZE);
  readonly #masks = UPLOAD_STEMS.map(() => new Float64Array(BINS));
  readonly #near = new Float64Array(2 * AROUND + 1);

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  part(frame: number, stems: readonly Stage[], from: number): void {
    for (let at = frame - AROUND; at <= frame + AROUND; at += 1) {
      if (!this.#frames.has(at)) this.#frames.set(at, this.#look(at));
    }
    this.#forget(frame);
    const now = this.#frames.get(frame);
    if (now === undefined) return;
    for (let bin = 0; bin < BINS; bin += 1) this.#decide(frame, bin, now);
    for (const [index, stem] of stems.entries())
      this.#sound(now, { mask: this.#masks[index], stem, at: frame * HOP - from });
  }

  #forget(frame: number): void {
    for (const at of this.#frames.keys()) {
      if (at < frame - AROUND - 4) this.#frames.delete(at);
    }
  }

  #look(frame: number): Frame {
    const real = new Float64Array(SIZE);
    const imag = new Float64Array(SIZE);
    const start = frame * HOP;
    for (let n = 0; n < SIZE; n += 1) {
      const at = start + n;
      if (at < 0) continue;
      real[n] = (this.#stage.left[at] ?? 0) * (this.#window[n] ?? 0);
      imag[n] = (this.#stage.right[at] ?? 0) * (this.#window[n] ?? 0);
    }
    this.#fourier.forward(real, imag);
    return { real, imag, ...magnitudes(real, imag) };
  }

  #decide(frame: number, bin: number, now: Frame): void {
    const stroke = this.#strokeShare(frame, bin, now);
    const hz = (bin * RATE) / SIZE;
    const left = now.left[bin] ?? 0;
    const right = now.right[bin] ?? 0;
    const middle = 1 - Math.abs(left - right) / (left + right + 1e-12);
    const low = fade(hz, 150, 220);
    const held = 1 - stroke;
    const voiced = (1 - low) * fade(hz, 7000, 9000) * middle ** 2;
    const rest = held * (1 - low) * (1 - voiced);
    const side = Math.min(1, 2.5 * (1 - middle)) * fade(hz, 3500, 5000);
    const mellow = fade(hz, 1500, 2500);
    const shares = [
      held * low,
      stroke,
      rest * (1 - side) * mellow,
      rest * side,
      held * (1 - low) * voiced,
      rest * (1 - side) * (1 - mellow),
    ];
    for (const [index, share] of shares.entries()) {
      const mask = this.#masks[index];
      if (mask !== undefined) mask[bin] = share;
    }
  }

  /** 1 where the spectrum is a broad stroke, 0 where it is a held tone (median filters). */
  #strokeShare(frame: number, bin: number, now: Frame): number {
    for (let step = -AROUND; step <= AROUND; step += 1) {
      this.#near[step + AROUND] = this.#frames.get(frame + step)?.sum[bin] ?? 0;
    }
    const held = median(this.#near);
    for (let step = -AROUND; step <= AROUND; step += 1) {
      const other = Math.min(BINS - 1, Math.abs(bin + step));
      this.#near[step + AROUND] = now.sum[other] ?? 0;
    }
    const broad = median(this.#near);
    return broad ** 2 / (broad ** 2 + held ** 2 + 1e-18);
  }

  #sound(
    now: Frame,
    into: { readonly mask: Float64Array | undefined; readonly stem: Stage; readonly at: number },
  ): void {
    const { mask, stem } = into;
    if (mask === undefined) return;
    for (let bin = 0; bin < SIZE; bin += 1) {
      const share = mask[bin < BINS ? bin : SIZE - bin] ?? 0;
      this.#real[bin] = (now.real[bin] ?? 0) * share;
      this.#imag[bin] = (now.imag[bin] ?? 0) * share;
    }
    this.#fourier.backward(this.#real, this.#imag);
    for (let n = 0; n < SIZE; n += 1) {
      const at = into.at + n;
      if (at < 0 || at >= stem.left.length) continue;
      const gain = 0.5 * (this.#window[n] ?? 0);
      stem.left[at] = (stem.left[at] ?? 0) + (this.#real[n] ?? 0) * gain;
      stem.right[at] = (stem.right[at] ?? 0) + (this.#imag[n] ?? 0) * gain;
    }
  }
}

/** The two channels' spectra out of one transform of left + i · right. */
function magnitudes(real: Float64Array, imag: Float64Array): Pick<Frame, "left" | "right" | "sum"> {
  const left = new Float64Array(BINS);
  const right = new Float64Array(BINS);
  const sum = new Float64Array(BINS);
  for (let bin = 0; bin < BINS; bin += 1) {
    const mirror = (SIZE - bin) % SIZE;
    const a = real[bin] ?? 0;
    const b = imag[bin] ?? 0;
    const c = real[mirror] ?? 0;
    const d = imag[mirror] ?? 0;
    left[bin] = 0.5 * Math.hypot(a + c, b - d);
    right[bin] = 0.5 * Math.hypot(b + d, c - a);
    sum[bin] = (left[bin] ?? 0) + (right[bin] ?? 0);
  }
  return { left, right, sum };
}

/** 1 below the first frequency, 0 above the second. */
function fade(hz: number, full: number, none: number): number {
  return Math.max(0, Math.min(1, (none - hz) / (none - full)));
}

function median(values: Float64Array): number {
  for (let index = 1; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    let at = index - 1;
    while (at >= 0 && (values[at] ?? 0) > value) {
      values[at + 1] = values[at] ?? 0;
      at -= 1;
    }
    values[at + 1] = value;
  }
  return values[values.length >> 1] ?? 0;
}
