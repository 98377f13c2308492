import { openRegular } from "./disk.ts";

type Opened = NonNullable<Awaited<ReturnType<typeof openRegular>>>;

/**
 * Whether a PNG or WebP holds all the bytes that its own lengths promise, nothing decoded. Other
 * types say no lengths, or are shown as far as they go: `true`.
 */
export async function isWholePicture(path: string, mediaType: string): Promise<boolean> {
  const reaches = REACHES[mediaType];
  if (reaches === undefined) return true;
  const file = await openRegular(path);
  if (file === null) return false;
  try {
    const { size } = await file.stat();
    return await reaches(file, size);
  } finally {
    await file.close();
  }
}

const REACHES: Readonly<Record<string, (file: Opened, size: number) => Promise<boolean>>> = {
  "image/png": hasLastChunk,
  "image/webp": async (file, size) => {
    const head = await readAt(file, 0, 8);
    return head !== null && size >= 8 + head.readUInt32LE(4);
  },
};

/** Goes from chunk to chunk: 4 bytes of length, 4 of type, the data, 4 of checksum. */
async function hasLastChunk(file: Opened, size: number): Promise<boolean> {
  let at = 8;
  for (let chunks = 0; chunks < CHUNKS_MAX; chunks += 1) {
    const head = await readAt(file, at, 8);
    if (head === null) return false;
    at += 12 + head.readUInt32BE(0);
    if (at > size) return false;
    if (head.toString("latin1", 4, 8) === "IEND") return true;
  }
  return true;
}

/** Encoders write some kilobytes a chunk at least; what is cut finer is left to its reader. */
const CHUNKS_MAX = 20_000;

async function readAt(file: Opened, at: number, length: number): Promise<Buffer | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return bytesRead === length ? buffer : null;
}
