import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { present } from "../../lib/assert.ts";
import { type Database, openForReading, openForWriting } from "./database.ts";
import { commitGroup, readGroup } from "./group.ts";
import {
  type Letter,
  packReplies,
  readCalls,
  type ThreadMessage,
  type ThreadSetup,
} from "./protocol.ts";

// The database's own thread: an fsync that takes 20 ms holds up no HTTP answer.

const setup: ThreadSetup = workerData;
const port = present(parentPort, "parentPort");
serve(setup, port);

function serve({ path, role }: ThreadSetup, mailbox: MessagePort): void {
  const say = (message: ThreadMessage): void => mailbox.postMessage(message);
  try {
    const db = role === "writer" ? openForWriting(path) : openForReading(path);
    const work = role === "writer" ? commitGroup : readGroup;
    mailbox.on("message", (message: Letter | null) => {
      try {
        // The wish to close.
        if (message === null) end(db, mailbox);
        else say({ kind: "answer", ...packReplies(work(db, readCalls(message))) });
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

function end(db: Database, mailbox: MessagePort): void {
  db.close();
  mailbox.close();
}
