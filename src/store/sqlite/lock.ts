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
 * @throws {GatewayError} `unavailable` when another process holds it.
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

/** Takes the lock, or gives `null` when another process holds it. */
export function tryLockFolder(dataDir: string): FolderLock | null {
  const db = new DatabaseSync(join(dataDir, "lock.db"), { timeout: 0 });
  try {
    // Without a journal on disk, kill -9 leaves nothing behind that would have to be rolled back.
    db.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch {
    db.close();
    return null;
  }
  return { release: () => db.close() };
}
