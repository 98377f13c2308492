import type { Pcm } from "./decode-mp3.ts";

/** Decodes WAV: PCM of 8 to 32 bits and floats, any number of channels. `null` when it is none. */
export function decodeWav(bytes: Uint8Array): Pcm | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 12 || word(view, 0) !== "RIFF" || word(view, 8) !== "WAVE") return null;
  let format: Format | null = null;
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (word(view, at) === "fmt " && start + 16 <= view.byteLength)
      format = readFormat(view, start);
    if (word(view, at) === "data" && format !== null) {
      const end = Math.min(view.byteLength, start + size);
      return readFrames(view, { format, start, end });
    }
    at = start + size + (size % 2);
  }
  return null;
}

interface Format {
  readonly float: boolean;
  readonly channels: number;
  readonly rate: number;
  readonly bytes: number;
}

function readFormat(view: DataView, at: number): Format {
  const tag = view.getUint16(at, true);
  const extended = tag === 0xfffe && at + 26 <= view.byteLength;
  return {
    float: (extended ? view.getUint16(at + 24, true) : tag) === 3,
    channels: Math.max(1, view.getUint16(at + 2, true)),
    rate: Math.max(1, view.getUint32(at + 4, true)),
    bytes: Math.max(1, view.getUint16(at + 14, true) >> 3),
  };
}

function readFrames(
  view: DataView,
  data: { readonly format: Format; readonly start: number; readonly end: number },
): Pcm {
  const { format, start, end } = data;
  const width = format.channels * format.bytes;
  const frames = Math.floor((end - start) / width);
  const left = new Float32Array(frames);
  const right = new Float32Array(frames);
  const second = format.channels > 1 ? format.bytes : 0;
  for (let frame = 0; frame < frames; frame += 1) {
    const at = start + frame * width;
    left[frame] = sampleAt(view, at, format);
    right[frame] = sampleAt(view, at + second, format);
  }
  return { rate: format.rate, left, right };
}

function sampleAt(view: DataView, at: number, { float, bytes }: Format): number {
  if (float) return bytes === 8 ? view.getFloat64(at, true) : view.getFloat32(at, true);
  if (bytes === 1) return (view.getUint8(at) - 128) / 128;
  if (bytes === 2) return view.getInt16(at, true) / 32_768;
  if (bytes === 3) return ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 8_388_608;
  return view.getInt32(at, true) / 2_147_483_648;
}

function word(view: DataView, at: number): string {
  return String.fromCharCode(
    view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3),
  );
}
