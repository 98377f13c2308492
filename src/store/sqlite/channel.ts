import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { GatewayError } from "../../core/error.ts";
import { trusted } from "../../lib/call-by-name.ts";
import type { Run } from "../transactions.ts";
import { BUSY } from "../within.ts";
import {
  type Answer,
  type Call,
  type Fault,
  packCalls,
  type ThreadMessage,
  type ThreadSetup,
} from "./protocol.ts";

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
    else opened.reject(new GatewayError("unavailable", `${message} (${setup.path})`));
  };
  worker.on("message", (message: ThreadMessage) => {
    if (message.kind === "answer") calls.answer(message);
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
  const run: Run = (name, input) => trusted(calls.make({ name, input }));
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

/** A call that waits for its answer. */
interface Waiting {
  readonly call: Call;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: GatewayError) => void;
}

/** What one commit writes at most. */
const CALLS_PER_LETTER = 512;

/**
 * The calls under way. Those of one turn of the event loop travel in one letter, which is one
 * commit, and while the thread works one off the next gathers: letters and commits are dear.
 */
class Calls {
  readonly #worker: Worker;
  /** What the thread works off, in the order of its answers to come; `null` when it idles. */
  #letter: readonly Waiting[] | null = null;
  #outbox: Waiting[] = [];
  #isFlushing = false;
  #state: "open" | "ending" | "shut" = "open";

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  make(call: Call): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#state !== "open") {
        reject(new GatewayError("unavailable", BUSY, { cause: "the store is closed" }));
        return;
      }
      this.#outbox.push({ call, resolve, reject });
      this.#flushSoon();
    });
  }

  /** Takes the answers to the letter that is out. */
  answer({ results, faults }: Answer): void {
    const letter = this.#letter ?? [];
    this.#letter = null;
    this.#flushSoon();
    letter.forEach(({ resolve, reject }, place) => {
      const fault = faults.get(place);
      if (fault === undefined) resolve(results[place]);
      else reject(refusal(fault));
    });
  }

  /** Lets the thread work off what it was sent and end. */
  end(): void {
    if (this.#state !== "open") return;
    this.#state = "ending";
    this.#flushSoon();
  }

  /** Rejects all that waits; gives whether the end came without being asked for. */
  shut(message: string): boolean {
    const waiting = [...(this.#letter ?? []), ...this.#outbox];
    const unasked = this.#state === "open" || waiting.length > 0;
    this.#state = "shut";
    this.#letter = null;
    this.#outbox = [];
    for (const { reject } of waiting) {
      reject(new GatewayError("unavailable", BUSY, { cause: message }));
    }
    return unasked;
  }

  /** At the end of this turn, so that its calls go together. */
  #flushSoon(): void {
    if (this.#isFlushing || this.#letter !== null) return;
    this.#isFlushing = true;
    setImmediate(() => {
      this.#isFlushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    const letter = this.#outbox.splice(0, CALLS_PER_LETTER);
    if (letter.length > 0) {
      this.#letter = letter;
      this.#worker.postMessage(packCalls(letter.map(({ call }) => call)));
    } else if (this.#state === "ending") {
      this.#worker.postMessage(null);
    }
  }
}

function refusal({ kind, message: cause }: Fault): GatewayError {
  return kind === "unavailable"
    ? new GatewayError("unavailable", BUSY, { cause })
    : new GatewayError("internal", "The server failed. Please try again later", { cause });
}
