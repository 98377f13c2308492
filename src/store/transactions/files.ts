import type { FileRow } from "../../core/file.ts";
import { text, toFile } from "../rows.ts";
import { all, type Dialect, first, idSet, type Transaction } from "../transaction.ts";
import { insertFile } from "./settle.ts";

/** Adds a file that no task made. */
export function* addFile(_: Dialect, file: FileRow): Transaction<void> {
  yield* insertFile(file);
}

/** A file by its id, or `null`. */
export function* findFile(_: Dialect, fileId: string): Transaction<FileRow | null> {
  const row = yield* first(`SELECT * FROM file WHERE id = $1`, fileId);
  return row === null ? null : toFile(row);
}

/** Files whose life has ended and whose bytes are still there, longest dead first. */
export function* expiredFiles(
  _: Dialect,
  query: { readonly nowMs: number; readonly limit: number },
): Transaction<readonly FileRow[]> {
  const rows = yield* all(
    `SELECT * FROM file WHERE deleted_at IS NULL AND expires_at <= $1
      ORDER BY expires_at LIMIT $2`,
    query.nowMs,
    query.limit,
  );
  return rows.map(toFile);
}

/** Notes that the bytes of files are gone. */
export function* markDeleted(
  _: Dialect,
  files: { readonly ids: readonly string[]; readonly nowMs: number },
): Transaction<void> {
  yield* all(
    `UPDATE file SET deleted_at = $1
      WHERE id IN (SELECT key FROM json_each($2)) AND deleted_at IS NULL`,
    files.nowMs,
    idSet(files.ids),
  );
}

/**
 * Which storage keys belong to a row, or to a task that may yet make one. The tasks are asked for
 * first: whatever ends in between has its rows when they are.
 */
export function* knownKeys(_: Dialect, keys: readonly string[]): Transaction<readonly string[]> {
  const open = yield* all(
    `SELECT id FROM task WHERE id IN (SELECT key FROM json_each($1)) AND due_at IS NOT NULL`,
    idSet(keys.map(taskOf)),
  );
  const rows = yield* all(
    `SELECT storage_key FROM file WHERE storage_key IN (SELECT key FROM json_each($1))`,
    idSet(keys),
  );
  const underWay = new Set(open.map((row) => text(row, "id")));
  const ending = keys.filter((key) => underWay.has(taskOf(key)));
  return [...rows.map((row) => text(row, "storage_key")), ...ending];
}

/** Behind the project stands the task, or the word that there is none. */
function taskOf(key: string): string {
  return key.split("/")[1] ?? "";
}
