import { open } from "node:fs/promises";

/** Ours alone, so that no program mistakes the box for something else. */
const UUID = Buffer.from("c6d1a3f07b5e4b0f9d2a8e4417f3b65c", "hex");
const HEAD_BYTES = 24;
const BOXES_MAX = 64;
const POSTER_BYTES_MAX = 4 * 1024 * 1024;

/**
 * Appends a small picture to an MP4 file in a box of our own, which players pass over: no codec is
 * needed to show what the film looks like.
 */
export async function appendPoster(path: string, jpeg: Uint8Array): Promise<void> {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(HEAD_BYTES + jpeg.length, 0);
  head.write("uuid", 4, "latin1");
  UUID.copy(head, 8);
  await using file = await open(path, "a");
  await file.appendFile(Buffer.concat([head, jpeg]));
}

/** The picture that {@link appendPoster} left in a file, or `null`. */
export async function readPoster(path: string): Promise<Uint8Array | null> {
  await using file = await open(path, "r");
  const head = Buffer.alloc(HEAD_BYTES);
  for (let [at, seen] = [0, 0]; seen < BOXES_MAX; seen += 1) {
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, at);
    const size = boxSize(head, bytesRead);
    if (size === null) return null;
    const isOurs = bytesRead === HEAD_BYTES && head.subarray(8).equals(UUID);
    if (isOurs && head.toString("latin1", 4, 8) === "uuid") {
      const length = size - HEAD_BYTES;
      if (length < 1 || length > POSTER_BYTES_MAX) return null;
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, at + HEAD_BYTES);
      return buffer;
    }
    at += size;
  }
  return null;
}

/** Bytes of the box that begins here, or `null` at the end and where there is no box. */
function boxSize(head: Buffer, bytesRead: number): number | null {
  if (bytesRead < 16) return null;
  const short = head.readUInt32BE(0);
  if (short !== 1) return short >= 8 ? short : null;
  const long = Number(head.readBigUInt64BE(8));
  return long >= 16 && Number.isSafeInteger(long) ? long : null;
}
