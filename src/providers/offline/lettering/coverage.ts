import { brotliDecompressSync, inflateSync } from "node:zlib";
import { assert, present } from "../../../lib/assert.ts";

/** The code points that a font has letters for. */
export type Coverage = ReadonlySet<number>;

/** Reads which letters a WOFF or WOFF2 file has. */
export function readCoverage(font: Buffer): Coverage {
  const map = present(readTable(font, "cmap"), "The letter table of a font");
  const covered = new Set<number>();
  const count = map.readUInt16BE(2);
  for (let index = 0; index < count; index += 1) {
    const part = map.subarray(map.readUInt32BE(8 + index * 8));
    const format = part.readUInt16BE(0);
    if (format === 4) addSegments(part, covered);
    if (format === 12) addGroups(part, covered);
  }
  return covered;
}

/** Finds a table of a font; `null` when it has none of that name. */
export function readTable(font: Buffer, tag: string): Buffer | null {
  const signature = font.toString("latin1", 0, 4);
  assert(signature === "wOFF" || signature === "wOF2", `${signature} is no web font`);
  return signature === "wOFF" ? packedTable(font, tag) : streamedTable(font, tag);
}

/** WOFF: each table is packed by itself. */
function packedTable(font: Buffer, tag: string): Buffer | null {
  for (let index = 0; index < font.readUInt16BE(12); index += 1) {
    const entry = 44 + index * 20;
    if (font.toString("latin1", entry, entry + 4) !== tag) continue;
    const from = font.readUInt32BE(entry + 4);
    const packed = font.subarray(from, from + font.readUInt32BE(entry + 8));
    return packed.length < font.readUInt32BE(entry + 12) ? inflateSync(packed) : packed;
  }
  return null;
}

/** The places of the tables that are looked for, in the list of names that WOFF2 knows. */
const KNOWN_TAGS: Readonly<Record<number, string>> = {
  0: "cmap",
  5: "name",
  10: "glyf",
  11: "loca",
};
const OWN_TAG = 63;

/** WOFF2: all tables are one packed stream. */
function streamedTable(font: Buffer, tag: string): Buffer | null {
  let at = 48;
  let from = 0;
  let found: { readonly from: number; readonly to: number } | null = null;
  const readNumber = (): number => {
    let value = 0;
    for (let step = 0; step < 5; step += 1) {
      const byte = font.readUInt8(at);
      at += 1;
      value = value * 128 + (byte & 127);
      if (byte < 128) break;
    }
    return value;
  };
  for (let index = 0; index < font.readUInt16BE(12); index += 1) {
    const flags = font.readUInt8(at);
    at += flags % 64 === OWN_TAG ? 5 : 1;
    const name = KNOWN_TAGS[flags % 64] ?? "";
    const version = flags >> 6;
    let length = readNumber();
    const isOutline = name === "glyf" || name === "loca";
    if (isOutline ? version === 0 : version > 0) length = readNumber();
    if (name === tag) found = { from, to: from + length };
    from += length;
  }
  if (found === null) return null;
  const stream = brotliDecompressSync(font.subarray(at, at + font.readUInt32BE(20)));
  return stream.subarray(found.from, found.to);
}

/** Format 4: runs of the first 65,536 code points. */
function addSegments(part: Buffer, covered: Set<number>): void {
  const size = part.readUInt16BE(6);
  for (let at = 0; at < size; at += 2) {
    const last = part.readUInt16BE(14 + at);
    const first = part.readUInt16BE(16 + size + at);
    const delta = part.readUInt16BE(16 + 2 * size + at);
    const place = 16 + 3 * size + at;
    const offset = part.readUInt16BE(place);
    for (let code = first; code <= last && code < 0xffff; code += 1) {
      const glyph =
        offset === 0
          ? (code + delta) & 0xffff
          : part.readUInt16BE(place + offset + (code - first) * 2);
      if (glyph !== 0) covered.add(code);
    }
  }
}

/** Format 12: runs of any code points. */
function addGroups(part: Buffer, covered: Set<number>): void {
  for (let at = 16; at < 16 + part.readUInt32BE(12) * 12; at += 12) {
    const last = part.readUInt32BE(at + 4);
    for (let code = part.readUInt32BE(at); code <= last; code += 1) covered.add(code);
  }
}
