import type { ByteSource } from "./byte-source.ts";
import type { MediaFacts } from "./media-facts.ts";

/** Reads duration and picture size of an MP4, MOV or M4A from its `moov` box. */
export async function probeIso(source: ByteSource): Promise<MediaFacts> {
  const whole = { start: 0, end: source.sizeBytes };
  const moov = await findBox(source, whole, "moov");
  if (moov === null) return { width: null, height: null, durationS: null };
  const size = await pictureSize(source, moov);
  return { ...size, durationS: await duration(source, moov) };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Box extends Span {
  readonly type: string;
}

async function findBox(source: ByteSource, within: Span, type: string): Promise<Box | null> {
  for await (const box of boxes(source, within)) if (box.type === type) return box;
  return null;
}

/** Boxes in their order; `start` is where their content starts. */
async function* boxes(source: ByteSource, within: Span): AsyncIterable<Box> {
  let offset = within.start;
  while (offset + 8 <= within.end) {
    const head = await source.read(offset, 16);
    const short = head.readUInt32BE(0);
    const sizeBytes = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    const end = short === 0 ? within.end : Math.min(offset + sizeBytes, within.end);
    const start = offset + (short === 1 ? 16 : 8);
    if (end < start) return;
    yield { type: head.toString("latin1", 4, 8), start, end };
    offset = end;
  }
}

async function duration(source: ByteSource, moov: Span): Promise<number | null> {
  const header = await findBox(source, moov, "mvhd");
  if (header === null) return null;
  const bytes = await source.read(header.start, 32);
  const isLong = bytes.readUInt8(0) === 1;
  const timescale = bytes.readUInt32BE(isLong ? 20 : 12);
  const units = isLong ? Number(bytes.readBigUInt64BE(24)) : bytes.readUInt32BE(16);
  if (units > 0) return units / timescale;
  const extension = await findBox(source, moov, "mvex");
  const fragments = extension === null ? null : await findBox(source, extension, "mehd");
  if (fragments === null) return null;
  const total = await source.read(fragments.start, 12);
  const isTotalLong = total.readUInt8(0) === 1;
  return (isTotalLong ? Number(total.readBigUInt64BE(4)) : total.readUInt32BE(4)) / timescale;
}

async function pictureSize(
  source: ByteSource,
  moov: Span,
): Promise<{ readonly width: number | null; readonly height: number | null }> {
  for await (const track of boxes(source, moov)) {
    const header = track.type === "trak" ? await findBox(source, track, "tkhd") : null;
    if (header === null) continue;
    const bytes = await source.read(header.start, 96);
    const at = bytes.readUInt8(0) === 1 ? 88 : 76;
    // 16.16 fixed point; a sound track says 0.
    const width = bytes.readUInt16BE(at);
    const height = bytes.readUInt16BE(at + 4);
    const isTurned = bytes.readInt32BE(at - 36) === 0 && bytes.readInt32BE(at - 32) !== 0;
    if (width > 0 && height > 0)
      return isTurned ? { width: height, height: width } : { width, height };
  }
  return { width: null, height: null };
}
