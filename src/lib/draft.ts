import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open, rm } from "node:fs/promises";
import { type Measured, writeAll } from "./disk.ts";

/** A new file that is written in pieces, and measured on the way. */
export interface Draft {
  /** Bytes that it holds. */
  readonly sizeBytes: number;
  /** Adds a stream; `false` when that makes more than `bytesMax` bytes. */
  add(source: AsyncIterable<Uint8Array>): Promise<boolean>;
  /** Empties it. */
  restart(): Promise<void>;
  /** Closes and keeps it. */
  keep(): Promise<Measured>;
  /** Closes and removes it, unless it is kept. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Makes a file that only we can read at a path that nothing has yet.
 * @throws What the disk throws.
 */
export async function openDraft(path: string, bytesMax: number): Promise<Draft> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const file = await open(path, flags, 0o600);
  let hash = createHash("sha256");
  let sizeBytes = 0;
  let isKept = false;
  return {
    get sizeBytes() {
      return sizeBytes;
    },
    async add(source) {
      for await (const chunk of source) {
        if (sizeBytes + chunk.byteLength > bytesMax) return false;
        await writeAll(file, chunk, sizeBytes);
        sizeBytes += chunk.byteLength;
        hash.update(chunk);
      }
      return true;
    },
    async restart() {
      await file.truncate(0);
      sizeBytes = 0;
      hash = createHash("sha256");
    },
    async keep() {
      await file.close();
      isKept = true;
      return { sizeBytes, sha256: hash.digest("hex") };
    },
    async [Symbol.asyncDispose]() {
      if (isKept) return;
      await file.close();
      await rm(path, { force: true });
    },
  };
}

/**
 * Writes a stream into a new file that only we can read, and measures it on the way. Gives `null`,
 * and leaves no file, when there are more than `bytesMax` bytes.
 * @throws What the source or the disk throws; the file is gone then too.
 */
export async function writeNewFile(
  path: string,
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<Measured | null> {
  await using draft = await openDraft(path, bytesMax);
  return (await draft.add(source)) ? await draft.keep() : null;
}
