import type { Pcm } from "../lib/decode-mp3.ts";

/** The loudness of a sound over its time. */
export interface Peaks {
  readonly seconds: number;
  /** Lowest and highest value of each part in turn, -127 to 127; the parts are equally long. */
  readonly peaks: readonly number[];
}

const PARTS_MAX = 800;

/** Measures a sound in at most 800 parts; `null` when there is none. */
export function measurePeaks({ rate, left, right }: Pcm): Peaks | null {
  const frames = left.length;
  if (frames === 0) return null;
  const parts = Math.min(PARTS_MAX, frames);
  const peaks: number[] = [];
  for (let part = 0; part < parts; part += 1) {
    const end = Math.floor(((part + 1) * frames) / parts);
    let [low, high] = [1, -1];
    for (let at = Math.floor((part * frames) / parts); at < end; at += 1) {
      const [one, other] = [left[at] ?? 0, right[at] ?? 0];
      low = Math.min(low, one, other);
      high = Math.max(high, one, other);
    }
    peaks.push(toByte(low), toByte(high));
  }
  return { seconds: Math.round((frames / rate) * 1_000) / 1_000, peaks };
}

function toByte(value: number): number {
  return Math.round(Math.min(1, Math.max(-1, value)) * 127);
}
