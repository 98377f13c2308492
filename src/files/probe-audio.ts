import { id3Length, mp3Frame } from "../lib/media-type.ts";
import type { ByteSource } from "./byte-source.ts";

/** Seconds of a WAV, from its data's size and the bytes a second takes. */
export async function wavDuration(source: ByteSource): Promise<number | null> {
  let bytesPerS = 0;
  let offset = 12;
  while (offset + 8 <= source.sizeBytes) {
    const chunk = await source.read(offset, 20);
    const sizeBytes = chunk.readUInt32LE(4);
    const name = chunk.toString("latin1", 0, 4);
    if (name === "fmt ") bytesPerS = chunk.readUInt32LE(16);
    // A recorder that could not go back leaves a size that is too large.
    if (name === "data") return Math.min(sizeBytes, source.sizeBytes - offset - 8) / bytesPerS;
    if (name === "\0\0\0\0") return null;
    offset += 8 + sizeBytes + (sizeBytes % 2);
  }
  return null;
}

/** Seconds of a FLAC, from its stream header. */
export async function flacDuration(source: ByteSource): Promise<number | null> {
  const head = await source.read(8, 18);
  const sampleRate = head.readUIntBE(10, 3) >>> 4;
  const samples = (head.readUInt8(13) & 15) * 2 ** 32 + head.readUInt32BE(14);
  return samples === 0 ? null : samples / sampleRate;
}

/** Seconds of an Ogg with Opus or Vorbis, from the position of its last page. */
export async function oggDuration(source: ByteSource): Promise<number | null> {
  const head = await source.read(28, 20);
  const isOpus = head.toString("latin1", 0, 8) === "OpusHead";
  const isVorbis = head.toString("latin1", 1, 7) === "vorbis";
  if (!isOpus && !isVorbis) return null;
  const tailAt = Math.max(0, source.sizeBytes - 65_536);
  const tail = await source.read(tailAt, source.sizeBytes - tailAt);
  const page = tail.lastIndexOf("OggS");
  if (page < 0 || page + 14 > tail.length) return null;
  const samples = Number(tail.readBigUInt64LE(page + 6));
  const preSkip = isOpus ? head.readUInt16LE(10) : 0;
  return (samples - preSkip) / (isOpus ? 48_000 : head.readUInt32LE(12));
}

/** Seconds of an MP3: from its Xing header, else reckoned as if every frame were like the first. */
export async function mp3Duration(source: ByteSource): Promise<number | null> {
  const start = id3Length(await source.read(0, 10)) ?? 0;
  const head = await source.read(start, 4096);
  const offset = firstFrame(head);
  const frame = offset === null ? null : mp3Frame(head, offset);
  if (offset === null || frame === null) return null;
  const tag = head.subarray(offset + frame.sideInfoEnd, offset + frame.sideInfoEnd + 12);
  const name = tag.toString("latin1", 0, 4);
  const hasFrames = (name === "Xing" || name === "Info") && (tag.readUInt32BE(4) & 1) === 1;
  if (hasFrames) return (tag.readUInt32BE(8) * frame.samples) / frame.sampleRate;
  return ((source.sizeBytes - start - offset) * 8) / frame.bitsPerS;
}

function firstFrame(head: Buffer): number | null {
  for (let offset = 0; offset < 2048; offset += 1) {
    if (mp3Frame(head, offset) !== null) return offset;
  }
  return null;
}
