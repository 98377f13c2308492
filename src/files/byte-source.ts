import type { FileHandle } from "node:fs/promises";

/** Random access to bytes of unknown honesty. */
export interface ByteSource {
  readonly sizeBytes: number;
  /**
   * Gives exactly `length` bytes from `offset`; past the end, and after too many reads, zeros. So
   * a probe needs no care for lies in the file: it ends with wrong facts at worst.
   */
  read(offset: number, length: number): Promise<Buffer>;
}

const READS_MAX = 512;
const READ_BYTES_MAX = 65_536;

/** Reads from an open file, at most 512 times and 64 KiB at once. */
export async function byteSource(file: FileHandle): Promise<ByteSource> {
  const { size } = await file.stat();
  let reads = 0;
  return {
    sizeBytes: size,
    async read(offset, length) {
      reads += 1;
      const bytes = Buffer.alloc(Math.min(length, READ_BYTES_MAX));
      const isInside = Number.isSafeInteger(offset) && offset >= 0 && offset < size;
      if (reads <= READS_MAX && isInside) await file.read(bytes, 0, bytes.length, offset);
      return bytes;
    },
  };
}
