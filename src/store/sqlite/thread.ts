import {
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from "node:worker_threads";
import { present } from "../../lib/assert.ts";
import { callByName } from "../../lib/call-by-name.ts";
import type { Transaction } from "../transaction.ts";
import { TRANSACTIONS } from "../transactions.ts";
import { type Database, openForReading, openForWriting, SQLITE } from "./database.ts";
import type { Call, Reply, ThreadMessage, ThreadSetup } from "./protocol.ts";

// The database's own thread: an fsync that takes 20 ms holds up no HTTP answer. All calls that
// came in while the last group was being written share the next commit.

const setup: ThreadSetup = workerData;
const port = present(parentPort, "parentPort");
serve(setup, port);

function serve({ path, role }: ThreadSetup, mailbox: MessagePort): void {
  const say = (message: ThreadMessage): void => mailbox.postMessage(message);
  const db = role === "writer" ? openForWriting(path) : openForReading(path);
  mailbox.on("message", (calls: readonly Call[] | null) => {
    if (calls === null) {
      db.close();
      mailbox.close();
      return;
    }
    const group = [...calls, ...drain(mailbox)];
    try {
      say({ kind: "replies", replies: role === "writer" ? commit(db, group) : read(db, group) });
    } catch (error) {
      // The commit itself failed: nothing of this group is known to be on disk.
      say({ kind: "fatal", message: String(error) });
    }
  });
  say({ kind: "ready" });
}

function drain(mailbox: MessagePort): Call[] {
  const calls: Call[] = [];
  for (let next = receiveMessageOnPort(mailbox); next; next = receiveMessageOnPort(mailbox)) {
    if (next.message === null) {
      // The wish to close waits behind the group that was sent before it.
      mailbox.emit("message", null);
      break;
    }
    calls.push(...next.message);
  }
  return calls;
}

function commit(db: Database, group: readonly Call[]): Reply[] {
  db.exec("BEGIN IMMEDIATE");
  const replies = group.map((call) => runCall(db, call, true));
  db.exec("COMMIT");
  return replies;
}

function read(db: Database, group: readonly Call[]): Reply[] {
  return group.map((call) => runCall(db, call, false));
}

/** Runs one call; its failure takes back its own statements only. */
function runCall(db: Database, call: Call, writes: boolean): Reply {
  if (writes) db.exec("SAVEPOINT one");
  try {
    const result = db.run(
      callByName<Transaction<unknown>>(TRANSACTIONS, call.name, [SQLITE, call.input]),
    );
    if (writes) db.exec("RELEASE one");
    return { id: call.id, ok: true, result };
  } catch (error) {
    if (writes) db.exec("ROLLBACK TO one; RELEASE one");
    return { id: call.id, ok: false, message: `${call.name}: ${String(error)}` };
  }
}
