import {
  integer,
  integerOrNull,
  oneOf,
  text,
  textOrNull,
  toAttempt,
  toCreation,
  toFile,
  toTask,
} from "../rows.ts";
import { all, type Dialect, first, type Row, type Transaction } from "../transaction.ts";
import type { Dossier, LedgerEntry, ViewedAttempt, ViewedFile } from "../view-store.ts";
import { listDeliveries } from "./redeliver.ts";

/** A project's task with all that happened to it, or `null`. */
export function* findDossier(
  dialect: Dialect,
  query: { readonly projectId: string; readonly taskId: string },
): Transaction<Dossier | null> {
  const { projectId, taskId } = query;
  const row = yield* first(
    `SELECT task.*, api_key.name AS key_name
      FROM task LEFT JOIN api_key ON api_key.id = task.key_id
      WHERE task.id = $1 AND task.project_id = $2`,
    taskId,
    projectId,
  );
  if (row === null) return null;
  const files = yield* all(`SELECT * FROM file WHERE task_id = $1 ORDER BY position`, taskId);
  const attempts = yield* all(`SELECT * FROM attempt WHERE task_id = $1 ORDER BY number`, taskId);
  const ledger = yield* all(`SELECT * FROM ledger WHERE task_id = $1`, taskId);
  const creations = yield* all(`SELECT * FROM creation WHERE task_id = $1 ORDER BY id`, taskId);
  const deliveries = yield* listDeliveries(dialect, { projectId, taskId, limit: 1 });
  return {
    task: toTask(row),
    keyName: textOrNull(row, "key_name"),
    wipedAtMs: integerOrNull(row, "wiped_at"),
    isStarred: integerOrNull(row, "starred_at") !== null,
    files: files.map(toViewedFile),
    attempts: attempts.map(toViewedAttempt),
    deliveries,
    // Hold first, then what ended it: both of the end have the same time.
    ledger: ledger
      .map(toLedgerEntry)
      .sort((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind)),
    creations: creations.map(toCreation),
  };
}

const KINDS = ["grant", "hold", "settle", "release"] as const;

/** Reads a movement of credits. */
export function toLedgerEntry(row: Row): LedgerEntry {
  return {
    id: text(row, "id"),
    taskId: textOrNull(row, "task_id"),
    kind: oneOf(text(row, "kind"), KINDS),
    amount: integer(row, "amount"),
    note: text(row, "note"),
    createdAtMs: integer(row, "created_at"),
  };
}

/** Reads a file with its colour. */
export function toViewedFile(row: Row): ViewedFile {
  return { ...toFile(row), colour: textOrNull(row, "colour") };
}

function toViewedAttempt(row: Row): ViewedAttempt {
  const billed = textOrNull(row, "billed");
  const amount = textOrNull(row, "cost_amount");
  return {
    ...toAttempt(row),
    acceptedAtMs: integerOrNull(row, "accepted_at"),
    producedAtMs: integerOrNull(row, "produced_at"),
    billed: billed === null ? null : oneOf(billed, ["yes", "no", "unknown"] as const),
    cost:
      amount === null ? null : { amount, unit: oneOf(text(row, "cost_unit"), ["usd", "credits"]) },
  };
}
