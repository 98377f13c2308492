import {
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from "node:worker_threads";
import { present } from "../../lib/assert.ts";
import { type Database, openForReading, openForWriting } from "./database.ts";
import { commitGroup, readGroup } from "./group.ts";
import type { Call, ThreadMessage, ThreadSetup } from "./protocol.ts";

// The database's own thread: an fsync that takes 20 ms holds up no HTTP answer. All calls that
// came in while the last group was being written share the next commit.

const CALLS_PER_COMMIT = 512;
const CALLS_AT_LEAST = 32;

const setup: ThreadSetup = workerData;
const port = present(parentPort, "parentPort");
serve(setup, port);

function serve({ path, role }: ThreadSetup, mailbox: MessagePort): void {
  const say = (message: ThreadMessage): void => mailbox.postMessage(message);
  try {
    const db = role === "writer" ? openForWriting(path) : openForReading(path);
    const work = role === "writer" ? commitGroup : readGroup;
    mailbox.on("message", (message: Letter) => {
      try {
        const open = workOff(mailbox, message, (group) => {
          say({ kind: "replies", replies: work(db, group) });
        });
        if (!open) end(db, mailbox);
      } catch (error) {
        // Nothing of this group is known to be on disk, and a failed fsync cannot be repeated:
        // only a restart, which recovers from the log, tells what was written.
        say({ kind: "fatal", message: String(error) });
        mailbox.close();
      }
    });
    say({ kind: "ready" });
  } catch (error) {
    say({ kind: "fatal", message: error instanceof Error ? error.message : String(error) });
    mailbox.close();
  }
}

/** The calls of one turn of the main thread, or `null`: the wish to close. */
type Letter = readonly Call[] | null;

/** Works off a letter and all that came after it; gives whether the mailbox stays open. */
function workOff(
  mailbox: MessagePort,
  letter: Letter,
  work: (group: readonly Call[]) => void,
): boolean {
  let open = letter !== null;
  let calls: readonly Call[] = letter ?? [];
  while (calls.length > 0) {
    while (open && calls.length < CALLS_PER_COMMIT) {
      const next = receiveMessageOnPort(mailbox);
      if (next === undefined) break;
      const more: Letter = next.message;
      open = more !== null;
      calls = [...calls, ...(more ?? [])];
    }
    // Half of a crowd at a time: while the one half is synced, the main thread answers the other.
    const count = Math.max(CALLS_AT_LEAST, Math.ceil(calls.length / 2));
    work(calls.slice(0, count));
    calls = calls.slice(count);
  }
  return open;
}

function end(db: Database, mailbox: MessagePort): void {
  db.close();
  mailbox.close();
}
