import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { GatewayError } from "../../core/error.ts";
import { trusted } from "../../lib/call-by-name.ts";
import type { Run } from "../transactions.ts";
import { BUSY } from "../within.ts";
import type { Call, Reply, ThreadMessage, ThreadSetup } from "./protocol.ts";

/** The main thread's end of a database thread. */
export interface Channel {
  readonly run: Run;
  /** Refuses new calls; resolves after everything called before it is answered. */
  close(): Promise<void>;
}

/**
 * Starts a database thread and resolves when its database is open.
 * @param onFatal Told once when the open thread cannot go on; what it has not answered may or may
 *   not be on disk.
 * @throws {GatewayError} `unavailable` when the database cannot be opened.
 */
export async function openChannel(
  setup: ThreadSetup,
  onFatal: (message: string) => void,
): Promise<Channel> {
  const opened = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const worker = new Worker(THREAD, { workerData: setup });
  const calls = new Calls(worker);
  let ready = false;
  const die = (message: string): void => {
    if (!calls.shut(message)) return;
    if (ready) onFatal(message);
    else opened.reject(new GatewayError("unavailable", message));
  };
  worker.on("message", (message: ThreadMessage) => {
    if (message.kind === "replies") calls.answer(message.replies);
    else if (message.kind === "fatal") die(message.message);
    else {
      ready = true;
      opened.resolve();
    }
  });
  worker.on("error", (error) => die(String(error)));
  worker.on("exit", () => {
    die("The database thread ended");
    ended.resolve();
  });
  await opened.promise;
  const run: Run = async (name, input) => trusted(await calls.make({ name, input }));
  return {
    run,
    close() {
      calls.end();
      return ended.promise;
    },
  };
}

// The build turns .ts into .js, also in the name of this thread.
const THREAD = new URL(`./thread${extname(import.meta.url)}`, import.meta.url);

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: GatewayError) => void;
}

/** The calls under way. Those of one turn of the event loop travel in one message. */
class Calls {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #outbox: Call[] = [];
  #lastId = 0;
  #state: "open" | "ending" | "shut" = "open";

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  make(call: Omit<Call, "id">): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#state !== "open") {
        reject(new GatewayError("unavailable", BUSY, { cause: "the store is closed" }));
        return;
      }
      this.#lastId += 1;
      this.#waiting.set(this.#lastId, { resolve, reject });
      this.#outbox.push({ ...call, id: this.#lastId });
      if (this.#outbox.length === 1) setImmediate(() => this.#flush());
    });
  }

  answer(replies: readonly Reply[]): void {
    for (const reply of replies) {
      const call = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if (reply.kind === "done") call?.resolve(reply.result);
      else call?.reject(refusal(reply));
    }
  }

  /** Lets the thread work off what it was sent and end. */
  end(): void {
    if (this.#state !== "open") return;
    this.#flush();
    this.#state = "ending";
    this.#worker.postMessage(null);
  }

  /** Rejects all that waits; gives whether the end came without being asked for. */
  shut(message: string): boolean {
    const unasked = this.#state === "open" || this.#waiting.size > 0;
    this.#state = "shut";
    for (const { reject } of this.#waiting.values()) {
      reject(new GatewayError("unavailable", BUSY, { cause: message }));
    }
    this.#waiting.clear();
    return unasked;
  }

  #flush(): void {
    if (this.#outbox.length === 0) return;
    this.#worker.postMessage(this.#outbox);
    this.#outbox = [];
  }
}

function refusal(reply: Exclude<Reply, { readonly kind: "done" }>): GatewayError {
  const cause = reply.message;
  return reply.kind === "unavailable"
    ? new GatewayError("unavailable", BUSY, { cause })
    : new GatewayError("internal", "The server failed. Please try again later", { cause });
}
