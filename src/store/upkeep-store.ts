import type { FileRow } from "../core/file.ts";
import type { Actor } from "./door-store.ts";
import type { KeepWish, KeptFiles } from "./view-store.ts";

/** Rows of files. */
export interface FileRows {
  /** Adds a file that no task made. Its bytes are held already. */
  add(file: FileRow): Promise<void>;
  find(fileId: string): Promise<FileRow | null>;
  /** Notes the main colour of a file's picture, `#rrggbb`. */
  paint(fileId: string, colour: string): Promise<void>;
  /** Lets the files of a task live longer, as far as they still live. */
  keep(wish: KeepWish): Promise<KeptFiles>;
  /**
   * Ends the files of a task now. Gives those whose bytes have to be removed, or `null` when the
   * project has no such task.
   */
  end(wish: Actor & { readonly taskId: string }): Promise<readonly FileRow[] | null>;
  /** Files whose life has ended and whose bytes are still there. */
  expired(nowMs: number, limit: number): Promise<readonly FileRow[]>;
  markDeleted(fileIds: readonly string[], nowMs: number): Promise<void>;
  /**
   * Which of these storage keys belong to a row, or to a task that is under way and may yet make
   * one of them, for the sweep of orphans.
   */
  known(storageKeys: readonly string[]): Promise<ReadonlySet<string>>;
}

/** What keeps the database from growing for ever. */
export interface Upkeep {
  /** Removes a batch of each kind of row whose time is over; gives whether more may be waiting. */
  prune(wish: PruneWish): Promise<boolean>;
}

/** What may go: all that is as old as the time named, or older. */
export interface PruneWish {
  readonly nowMs: number;
  /** Most rows of each kind in one transaction. */
  readonly limit: number;
  /** Prompt and input of tasks that ended then, with what was sent to providers for them. */
  readonly inputsBeforeMs: number;
  /** Idempotency keys used then. */
  readonly keysBeforeMs: number;
  /** Deliveries that are over, with their tries. */
  readonly deliveriesBeforeMs: number;
  readonly eventsBeforeMs: number;
}
