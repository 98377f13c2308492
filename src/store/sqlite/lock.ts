import { closeSync, openSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { GatewayError } from "../../core/error.ts";

/** The right to be the only process on a data folder. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the lock of a data folder: an exclusive transaction on a database of its own, which the
 * operating system frees when the process dies, however it dies.
 * @throws {GatewayError} `unavailable` when another process holds it, or the folder cannot be used.
 */
export function lockFolder(dataDir: string): FolderLock {
  const lock = tryLockFolder(dataDir);
  if (lock !== null) return lock;
  throw new GatewayError(
    "unavailable",
    `Cannot open ${dataDir}: another Vidgo process is using it. Stop that process, set ` +
      "VIDGO_DATA_DIR to another folder, or set DATABASE_URL to a PostgreSQL database to run " +
      "several processes together",
  );
}

/**
 * Takes the lock, or gives `null` when another process holds it.
 * @throws {GatewayError} `unavailable` when the folder cannot be used at all; what the file system
 *   says when nothing can be made in it.
 */
export function tryLockFolder(dataDir: string): FolderLock | null {
  refuseNetworkFileSystem(dataDir);
  const path = join(dataDir, "lock.db");
  makePrivate(path);
  try {
    const db = new DatabaseSync(path, { timeout: 0 });
    if (take(db)) return { release: () => db.close() };
    db.close();
    return null;
  } catch (error) {
    throw new GatewayError("unavailable", `Cannot write in ${dataDir}: ${String(error)}`);
  }
}

/**
 * Makes a file for this user's eyes only unless it is there. A file that is there is not even
 * opened: closing it would drop the locks that this process holds on it.
 */
export function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

function take(db: DatabaseSync): boolean {
  try {
    // Without a journal on disk, kill -9 leaves nothing behind that would have to be rolled back.
    db.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    const busy = error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
    if (busy) return false;
    db.close();
    throw error;
  }
}

const SQLITE_BUSY = 5;

function refuseNetworkFileSystem(dataDir: string): void {
  if (!NETWORK_FILE_SYSTEMS.includes(statfsSync(dataDir).type)) return;
  throw new GatewayError(
    "unavailable",
    `Cannot open ${dataDir}: locks on a network file system cannot be trusted. Set ` +
      "VIDGO_DATA_DIR to a local disk, or set DATABASE_URL to a PostgreSQL database",
  );
}

// NFS, SMB, CIFS, SMB2, AFS, by their magic numbers in statfs(2).
const NETWORK_FILE_SYSTEMS: readonly number[] = [
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f,
];
