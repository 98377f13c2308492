import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, type FileHandle, link, lstat, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolder } from "./make-folder.ts";

/** What is known of bytes that were written or read to the end. */
export interface Measured {
  readonly sizeBytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Measures a file by reading it once; `null` when it holds more than `bytesMax` bytes. */
export async function measureFile(path: string, bytesMax: number): Promise<Measured | null> {
  const file = await openRegular(path);
  if (file === null) return null;
  try {
    const hash = createHash("sha256");
    let sizeBytes = 0;
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > bytesMax) return null;
      hash.update(chunk);
    }
    return { sizeBytes, sha256: hash.digest("hex") };
  } finally {
    await file.close();
  }
}

/** Opens a plain file for reading, or gives `null` when it is absent, a link or a folder. */
export async function openRegular(path: string): Promise<FileHandle | null> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    if ((await file.stat()).isFile()) return file;
    await file.close();
    return null;
  } catch (error) {
    if (hasCode(error, ["ENOENT", "ELOOP", "ENOTDIR"])) return null;
    throw error;
  }
}

/** Reads the first bytes of a plain file, at most `length`; none when there is no such file. */
export async function readHead(path: string, length: number): Promise<Uint8Array> {
  const file = await openRegular(path);
  if (file === null) return new Uint8Array(0);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Size and age of a plain file, or `null` when there is none. */
export async function statRegular(
  path: string,
): Promise<{ readonly sizeBytes: number; readonly modifiedAtMs: number } | null> {
  try {
    const stat = await lstat(path);
    return stat.isFile() ? { sizeBytes: stat.size, modifiedAtMs: stat.mtimeMs } : null;
  } catch (error) {
    if (hasCode(error, ["ENOENT", "ENOTDIR"])) return null;
    throw error;
  }
}

/** Makes what was written to a file, or to a folder's list of names, survive a loss of power. */
export async function syncPath(path: string): Promise<void> {
  const file = await open(path, constants.O_RDONLY);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Moves a finished file so that it is either whole under its new name or not there: bytes to disk
 * first, then the name. Both folders must exist. Across file systems the bytes are copied to
 * `<to>.part` on the way.
 */
export async function moveDurably(from: string, to: string): Promise<void> {
  await syncPath(from);
  try {
    await rename(from, to);
  } catch (error) {
    if (!hasCode(error, ["EXDEV"])) throw error;
    const part = `${to}.part`;
    await rm(part, { force: true });
    await copyFile(from, part, constants.COPYFILE_EXCL);
    await syncPath(part);
    await rename(part, to);
  }
  // Still there after a copy; and renaming one name of a file onto another of it does nothing.
  await rm(from, { force: true });
  await syncPath(dirname(to));
}

/** Whether a thrown value is a system error with one of these codes. */
export function hasCode(error: unknown, codes: readonly string[]): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && codes.includes(code);
}

/** Writes all of a chunk at a place in a file; the system may take it in several bites. */
export async function writeAll(file: FileHandle, chunk: Uint8Array, at: number): Promise<void> {
  let offset = 0;
  while (offset < chunk.byteLength) {
    const { bytesWritten } = await file.write(
      chunk,
      offset,
      chunk.byteLength - offset,
      at + offset,
    );
    offset += bytesWritten;
  }
}

/** Removes a file; removing what is not there is fine. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Gives a file a second name, or a copy where the file system has no such thing. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!hasCode(error, ["EXDEV", "EPERM", "EMLINK", "ENOTSUP", "ENOSYS"])) throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

/** Makes a folder that only we can look into, its name durable; fine when it is there. */
export async function makePrivateFolder(path: string): Promise<void> {
  const made = makeFolder(path);
  if (made === null) return;
  for (let folder = path; folder.length >= made.length; folder = dirname(folder)) {
    await syncPath(dirname(folder));
  }
}

/** Whether the disk itself failed or is full: trying again at once is no use then. */
export function isDiskTrouble(error: unknown): boolean {
  return hasCode(error, [
    "ENOSPC",
    "EDQUOT",
    "EIO",
    "EROFS",
    "EACCES",
    "EMFILE",
    "ENFILE",
    "ENOENT",
  ]);
}
