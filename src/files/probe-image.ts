import type { ByteSource } from "./byte-source.ts";

/** Width and height in pixels, as stored. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Reads the header chunk of a PNG. */
export async function pngSize(source: ByteSource): Promise<PixelSize> {
  const head = await source.read(16, 8);
  return { width: head.readUInt32BE(0), height: head.readUInt32BE(4) };
}

/** Reads the screen size of a GIF. */
export async function gifSize(source: ByteSource): Promise<PixelSize> {
  const head = await source.read(6, 4);
  return { width: head.readUInt16LE(0), height: head.readUInt16LE(2) };
}

/** Reads the first chunk of a WebP, whichever of the three kinds it is. */
export async function webpSize(source: ByteSource): Promise<PixelSize | null> {
  const head = await source.read(0, 30);
  switch (head.toString("latin1", 12, 16)) {
    case "VP8X":
      return { width: 1 + head.readUIntLE(24, 3), height: 1 + head.readUIntLE(27, 3) };
    case "VP8L": {
      const bits = head.readUInt32LE(21);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    case "VP8 ":
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
    default:
      return null;
  }
}

/** Walks the segments of a JPEG to the one that starts the frame. */
export async function jpegSize(source: ByteSource): Promise<PixelSize | null> {
  let offset = 2;
  while (offset < source.sizeBytes) {
    const head = await source.read(offset, 9);
    const marker = head.readUInt8(1);
    if (head.readUInt8(0) !== 0xff) return null;
    if (isFrameStart(marker)) return { width: head.readUInt16BE(7), height: head.readUInt16BE(5) };
    // Bytes of 0xff may pad the space between segments.
    offset += marker === 0xff ? 1 : 2 + head.readUInt16BE(2);
  }
  return null;
}

function isFrameStart(marker: number): boolean {
  const isTable = marker === 0xc4 || marker === 0xc8 || marker === 0xcc;
  return marker >= 0xc0 && marker <= 0xcf && !isTable;
}

/** Finds the largest picture size among the properties of an AVIF (tiles have sizes too). */
export async function avifSize(source: ByteSource): Promise<PixelSize | null> {
  const head = await source.read(0, 65_536);
  let best: PixelSize | null = null;
  for (let at = head.indexOf("ispe"); at >= 0; at = head.indexOf("ispe", at + 4)) {
    if (at + 16 > head.length) break;
    const size = { width: head.readUInt32BE(at + 8), height: head.readUInt32BE(at + 12) };
    if (best === null || size.width * size.height > best.width * best.height) best = size;
  }
  return best;
}
