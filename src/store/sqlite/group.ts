import { callByName } from "../../lib/call-by-name.ts";
import type { AcceptResult } from "../store.ts";
import type { Transaction } from "../transaction.ts";
import { TRANSACTIONS, type TransactionName } from "../transactions.ts";
import { type Database, SQLITE } from "./database.ts";
import type { Call, Reply } from "./protocol.ts";

/**
 * Runs calls inside one commit. A call that fails takes back its own statements only; with a full
 * disk none of the group is written and all are told.
 * @throws When the database cannot be trusted any more.
 */
export function commitGroup(db: Database, group: readonly Call[]): readonly Reply[] {
  try {
    return commitBold(db, group) ?? commitCareful(db, group);
  } catch (error) {
    if (resultCode(error) !== SQLITE_FULL) throw error;
    db.rollback();
    const message = String(error);
    return group.map(() => ({ kind: "unavailable", message }));
  }
}

/**
 * As if no call could fail, which few do: without savepoints. Gives `null` when one failed, and has
 * then done nothing, as transactions have no effect outside the database.
 */
function commitBold(db: Database, group: readonly Call[]): readonly Reply[] | null {
  db.begin();
  try {
    const results = runSubmits(db, group.filter(isSubmit));
    let submits = 0;
    const replies = group.map((call): Reply => {
      if (!isSubmit(call)) return run(db, call);
      submits += 1;
      return { kind: "done", result: results[submits - 1] };
    });
    db.commit();
    return replies;
  } catch (error) {
    if (!isOwnFault(error)) throw error;
    db.rollback();
    return null;
  }
}

/** With a savepoint around each call. */
function commitCareful(db: Database, group: readonly Call[]): readonly Reply[] {
  db.begin();
  const replies = group.map((call) => runApart(db, call));
  db.commit();
  return replies;
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
    if (!isOwnFault(error)) throw error;
    db.takeBack();
    return refusal(call, error);
  }
}

function run(db: Database, call: Call): Reply {
  const transaction = callByName<Transaction<unknown>>(TRANSACTIONS, call.name, [
    SQLITE,
    call.input,
  ]);
  return { kind: "done", result: db.run(transaction) };
}

/** Submits share statements: there are many, and most are of one project. */
function runSubmits(db: Database, submits: readonly Call[]): readonly AcceptResult[] {
  if (submits.length === 0) return [];
  const together: Transaction<readonly AcceptResult[]> = callByName(
    TRANSACTIONS,
    "acceptTogether" satisfies TransactionName,
    [SQLITE, submits.map(({ input }) => input)],
  );
  return db.run(together);
}

function isSubmit({ name }: Call): boolean {
  return name === "accept";
}

function refusal(call: Call, error: unknown): Reply {
  return { kind: "refused", message: `${call.name}: ${String(error)}` };
}

/** Whether a call failed by itself and the database is as sound as before. */
function isOwnFault(error: unknown): boolean {
  return OWN_FAULTS.includes(resultCode(error) ?? SQLITE_ERROR);
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
