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

const TOLERANCE_S = 0.5;

/** What the header tells, or the longest track where that is more: time may be paid for. */
async function duration(source: ByteSource, moov: Span): Promise<number | null> {
  const found = await findBox(source, moov, "mvhd");
  if (found === null) return null;
  const film = await readHeader(source, found);
  const toldS = (film.units > 0 ? film.units : await fragmentUnits(source, moov)) / film.timescale;
  if (toldS === 0) return null;
  let longestS = 0;
  for await (const box of boxes(source, moov)) {
    if (box.type === "trak") longestS = Math.max(longestS, await trackS(source, box, film));
  }
  // A sound that ends a little after the film is no lie.
  return longestS > toldS + TOLERANCE_S ? longestS : toldS;
}

interface Header {
  readonly units: number;
  /** Units in a second. */
  readonly timescale: number;
}

/** The head of a film, or of a track's media: both are laid out alike. */
async function readHeader(source: ByteSource, { start }: Span): Promise<Header> {
  const bytes = await source.read(start, 32);
  const isLong = bytes.readUInt8(0) === 1;
  return {
    units: isLong ? Number(bytes.readBigUInt64BE(24)) : bytes.readUInt32BE(16),
    timescale: bytes.readUInt32BE(isLong ? 20 : 12),
  };
}

async function fragmentUnits(source: ByteSource, moov: Span): Promise<number> {
  const header = await findPath(source, moov, ["mvex", "mehd"]);
  if (header === null) return 0;
  const bytes = await source.read(header.start, 12);
  return bytes.readUInt8(0) === 1 ? Number(bytes.readBigUInt64BE(4)) : bytes.readUInt32BE(4);
}

/** How long a track plays: what its edit list leaves of it, else all of its samples. */
async function trackS(source: ByteSource, track: Span, film: Header): Promise<number> {
  const edits = await findPath(source, track, ["edts", "elst"]);
  const editUnits = edits === null ? 0 : await playedUnits(source, edits);
  if (editUnits > 0) return editUnits / film.timescale;
  const header = await findPath(source, track, ["mdia", "mdhd"]);
  const times = await findPath(source, track, ["mdia", "minf", "stbl", "stts"]);
  if (header === null || times === null) return 0;
  return (await sampleUnits(source, times)) / (await readHeader(source, header)).timescale;
}

async function findPath(
  source: ByteSource,
  within: Span,
  path: readonly string[],
): Promise<Span | null> {
  let found: Span | null = within;
  for (const type of path) found = found === null ? null : await findBox(source, found, type);
  return found;
}

/** The lengths of a list of edits, in units of the film. */
async function playedUnits(source: ByteSource, { start, end }: Span): Promise<number> {
  const bytes = await source.read(start, end - start);
  const isLong = bytes.readUInt8(0) === 1;
  let units = 0;
  for (let at = 8; at + 12 <= bytes.length; at += isLong ? 20 : 12) {
    units += isLong ? Number(bytes.readBigUInt64BE(at)) : bytes.readUInt32BE(at);
  }
  return units;
}

const TIMES_BYTES = 65_536;

/** All of a table of samples: how many, and how long each. */
async function sampleUnits(source: ByteSource, { start, end }: Span): Promise<number> {
  let units = 0;
  for (let offset = start + 8; offset + 8 <= end; offset += TIMES_BYTES) {
    const bytes = await source.read(offset, Math.min(TIMES_BYTES, end - offset));
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      units += bytes.readUInt32BE(at) * bytes.readUInt32BE(at + 4);
    }
  }
  return units;
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
