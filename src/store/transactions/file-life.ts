import type { FileRow } from "../../core/file.ts";
import type { Actor } from "../door-store.ts";
import { integer, text, toFile } from "../rows.ts";
import { all, type Dialect, first, type Row, type Transaction } from "../transaction.ts";
import type { KeepWish, KeptFiles, StarWish } from "../view-store.ts";
import { insertAudit } from "./audit.ts";

/** Lets the files of a task that still live do so for longer, never shorter. */
export function* keepFiles(_: Dialect, wish: KeepWish): Transaction<KeptFiles> {
  const { projectId, taskId, nowMs } = wish;
  const task = yield* findTask(projectId, taskId);
  if (task === null) return { kind: "absent" };
  yield* all(
    `UPDATE file SET expires_at = CASE WHEN created_at + $1 < $2 THEN created_at + $1 ELSE $2 END
      WHERE task_id = $3 AND deleted_at IS NULL AND expires_at > $4
        AND expires_at < CASE WHEN created_at + $1 < $2 THEN created_at + $1 ELSE $2 END`,
    wish.lifeMaxMs,
    wish.untilMs,
    taskId,
    nowMs,
  );
  const alive = yield* all(
    `SELECT expires_at FROM file WHERE task_id = $1 AND deleted_at IS NULL AND expires_at > $2`,
    taskId,
    nowMs,
  );
  if (alive.length === 0) return { kind: "none", wasFinished: text(task, "stage") === "finished" };
  const ends = alive.map((row) => integer(row, "expires_at"));
  const expiresAtMs = Math.max(...ends);
  yield* all(`UPDATE task SET expires_at = $1 WHERE id = $2`, expiresAtMs, taskId);
  return { kind: "kept", files: alive.length, expiresAtMs };
}

/**
 * Ends the life of a task's files now: their links answer 410 from here on. Gives those whose
 * bytes have to go, or `null` when the project has no such task.
 */
export function* endFiles(
  _: Dialect,
  wish: Actor & { readonly taskId: string },
): Transaction<readonly FileRow[] | null> {
  const task = yield* findTask(wish.projectId, wish.taskId);
  if (task === null) return null;
  const ended = yield* all(
    `UPDATE file SET expires_at = CASE WHEN expires_at < $1 THEN expires_at ELSE $1 END
      WHERE task_id = $2 AND deleted_at IS NULL RETURNING *`,
    wish.nowMs,
    wish.taskId,
  );
  if (ended.length === 0) return [];
  yield* all(
    `UPDATE task SET expires_at = $1 WHERE id = $2 AND (expires_at IS NULL OR expires_at > $1)`,
    wish.nowMs,
    wish.taskId,
  );
  yield* insertAudit({ ...wish, action: "files.delete", subject: wish.taskId });
  return ended.map(toFile);
}

/** Marks a task, or takes the mark away; gives whether the project has it. */
export function* starTask(_: Dialect, wish: StarWish): Transaction<boolean> {
  const row = yield* first(
    `UPDATE task SET starred_at = $1 WHERE id = $2 AND project_id = $3 RETURNING id`,
    wish.starredAtMs,
    wish.taskId,
    wish.projectId,
  );
  return row !== null;
}

/** Notes the main colour of a file's picture. */
export function* paintFile(
  _: Dialect,
  { fileId, colour }: { readonly fileId: string; readonly colour: string },
): Transaction<void> {
  yield* all(`UPDATE file SET colour = $1 WHERE id = $2`, colour, fileId);
}

function* findTask(projectId: string, taskId: string): Transaction<Row | null> {
  return yield* first(
    `SELECT stage FROM task WHERE id = $1 AND project_id = $2`,
    taskId,
    projectId,
  );
}
