import assert from "node:assert/strict";
import { crc32 } from "node:zlib";

/** A file to be packed. */
export interface ZipEntry {
  /** A path inside the archive, `/` between folders; neither absolute nor with `..` in it. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** Gives exactly as many bytes as were told. */
  open(): AsyncIterable<Uint8Array>;
}

/** Beyond it a reader needs the longer form of the archive, which this does not write. */
export const ZIP_BYTES_MAX = 0xffff_ffff;

/** How long the archive of some entries is, bytes: known before the first of them is read. */
export function zipSize(entries: readonly ZipEntry[]): number {
  return entries.reduce(
    (sum, { name, sizeBytes }) => sum + sizeBytes + FRAME_BYTES + 2 * Buffer.byteLength(name),
    END_BYTES,
  );
}

/**
 * Writes an archive piece by piece, holding none of it. Nothing is compressed: what is packed here,
 * pictures, films and songs, would not get smaller.
 * @throws {AssertionError} when an entry has another size than it told.
 */
export async function* zip(entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array> {
  const index: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const head = localHeader(entry);
    yield head;
    let sum = 0;
    let sizeBytes = 0;
    for await (const bytes of entry.open()) {
      sum = crc32(bytes, sum);
      sizeBytes += bytes.length;
      yield bytes;
    }
    assert.equal(sizeBytes, entry.sizeBytes, "A packed file has the size of its row");
    const tail = record(DESCRIPTOR, [
      [4, sum],
      [4, sizeBytes],
      [4, sizeBytes],
    ]);
    yield tail;
    index.push(indexEntry(entry, { sum, offset }));
    offset += head.length + sizeBytes + tail.length;
  }
  const indexBytes = Buffer.concat(index);
  yield indexBytes;
  const count = entries.length;
  yield record(END, [
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, indexBytes.length],
    [4, offset],
    [2, 0],
  ]);
}

const LOCAL = 0x0403_4b50;
const DESCRIPTOR = 0x0807_4b50;
const INDEX = 0x0201_4b50;
const END = 0x0605_4b50;
/** Of an entry without its name, which stands twice: local header, descriptor, index. */
const FRAME_BYTES = 30 + 16 + 46;
const END_BYTES = 22;
const VERSION = 20;
/** Names in UTF-8; sum and size stand after the bytes, as nobody has read them before. */
const FLAGS = 0x0808;
const STORED = 0;

/** Numbers of a record in their order, each with its width in bytes. */
type Numbers = readonly (readonly [2 | 4, number])[];

function localHeader(entry: ZipEntry): Uint8Array {
  const name = Buffer.from(entry.name);
  const numbers: Numbers = [
    ...commonNumbers(entry),
    ...([
      [4, 0],
      [4, 0],
      [4, 0],
    ] as const),
    ...([
      [2, name.length],
      [2, 0],
    ] as const),
  ];
  return Buffer.concat([record(LOCAL, numbers), name]);
}

function indexEntry(
  entry: ZipEntry,
  place: { readonly sum: number; readonly offset: number },
): Uint8Array {
  const name = Buffer.from(entry.name);
  const numbers: Numbers = [
    [2, VERSION],
    ...commonNumbers(entry),
    ...([
      [4, place.sum],
      [4, entry.sizeBytes],
      [4, entry.sizeBytes],
    ] as const),
    // No extra field, no comment, one disk, no attributes.
    ...([
      [2, name.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
    ] as const),
    [4, place.offset],
  ];
  return Buffer.concat([record(INDEX, numbers), name]);
}

function commonNumbers({ modifiedAtMs }: ZipEntry): Numbers {
  const at = new Date(modifiedAtMs);
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const years = Math.max(0, at.getUTCFullYear() - 1980);
  const date = (years << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return [
    [2, VERSION],
    [2, FLAGS],
    [2, STORED],
    [2, time],
    [2, date],
  ];
}

function record(signature: number, numbers: Numbers): Uint8Array {
  const size = numbers.reduce((sum, [width]) => sum + width, 4);
  const bytes = Buffer.alloc(size);
  bytes.writeUInt32LE(signature, 0);
  let at = 4;
  for (const [width, value] of numbers) {
    bytes.writeUIntLE(value, at, width);
    at += width;
  }
  return bytes;
}
