import { callByName } from "../../lib/call-by-name.ts";
import type { Transaction } from "../transaction.ts";
import { TRANSACTIONS } from "../transactions.ts";
import { type Database, SQLITE } from "./database.ts";
import type { Call, Reply } from "./protocol.ts";

/**
 * Runs calls inside one commit. A call that fails takes back its own statements only; with a full
 * disk none of the group is written and all are told.
 * @throws When the database cannot be trusted any more.
 */
export function commitGroup(db: Database, group: readonly Call[]): readonly Reply[] {
  try {
    db.begin();
    const replies = group.map((call) => runApart(db, call));
    db.commit();
    return replies;
  } catch (error) {
    if (resultCode(error) !== SQLITE_FULL) throw error;
    db.rollback();
    const message = String(error);
    return group.map(({ id }) => ({ id, kind: "unavailable", message }));
  }
}

/** Runs calls that write nothing. */
export function readGroup(db: Database, group: readonly Call[]): readonly Reply[] {
  return group.map((call) => {
    try {
      return run(db, call);
    } catch (error) {
      return refusal(call, error);
    }
  });
}

function runApart(db: Database, call: Call): Reply {
  db.savepoint();
  try {
    const reply = run(db, call);
    db.release();
    return reply;
  } catch (error) {
    if (!OWN_FAULTS.includes(resultCode(error) ?? SQLITE_ERROR)) throw error;
    db.takeBack();
    return refusal(call, error);
  }
}

function run(db: Database, call: Call): Reply {
  const transaction = callByName<Transaction<unknown>>(TRANSACTIONS, call.name, [
    SQLITE,
    call.input,
  ]);
  return { id: call.id, kind: "done", result: db.run(transaction) };
}

function refusal(call: Call, error: unknown): Reply {
  return { id: call.id, kind: "refused", message: `${call.name}: ${String(error)}` };
}

/** SQLite's primary result code, or `null` when the error is not SQLite's. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error)) return null;
  return typeof error.errcode === "number" ? error.errcode & 0xff : null;
}

const SQLITE_ERROR = 1;
const SQLITE_FULL = 13;
// Wrong statement or value, too big, constraint, mismatch, range: the others are not touched.
const OWN_FAULTS: readonly number[] = [SQLITE_ERROR, 18, 19, 20, 25];
