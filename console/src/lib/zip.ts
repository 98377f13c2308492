/** A file that goes into an archive. */
export interface ZipEntry {
  /** Without folders; two of one name are both kept, so give each its own. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const VERSION = 20;
/** Midnight of 1 January 1980, the first day that the format knows: an archive tells no times. */
const DAY = 0x0021;

/**
 * The parts of an archive that holds the files as they are: pictures, films and songs are packed
 * already. Below 4 GB and 65 535 files.
 */
export function zipParts(entries: readonly ZipEntry[]): readonly Uint8Array<ArrayBuffer>[] {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for (const { name, bytes } of entries) {
    const told = new TextEncoder().encode(name);
    const head = [VERSION, FLAGS, 0, 0, DAY];
    const sizes = [crc32(bytes), bytes.length, bytes.length];
    const local = record([LOCAL], head, sizes, [told.length, 0]);
    const rest = [told.length, 0, 0, 0, 0];
    directory.push(record([CENTRAL], [VERSION, ...head], sizes, rest, [0, at]), told);
    parts.push(local, told, bytes);
    at += local.length + told.length + bytes.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = entries.length;
  const end = record([END], [0, 0, count, count], [size, at], [0]);
  return [...parts, ...directory, end];
}

/** Groups of numbers of four bytes and of two bytes by turns, least byte first. */
function record(...groups: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const wide = groups.map((group, index) => group.length * (index % 2 === 0 ? 4 : 2));
  const bytes = new Uint8Array(wide.reduce((sum, size) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [index, group] of groups.entries()) {
    for (const value of group) {
      if (index % 2 === 0) view.setUint32(at, value, true);
      else view.setUint16(at, value, true);
      at += index % 2 === 0 ? 4 : 2;
    }
  }
  return bytes;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) sum = (sum >>> 8) ^ (TABLE[(sum ^ byte) & 255] ?? 0);
  return ~sum >>> 0;
}
