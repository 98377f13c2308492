import { Worker } from "node:worker_threads";
import { GatewayError } from "../../core/error.ts";
import { trusted } from "../../lib/call-by-name.ts";
import type { Run } from "../transactions.ts";
import type { Call, Reply, ThreadMessage, ThreadSetup } from "./protocol.ts";

/** The main thread's end of a database thread. */
export interface Channel {
  readonly run: Run;
  /** Resolves after everything that was called before it is answered. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: GatewayError) => void;
}

/**
 * Starts a database thread and resolves when its database is open.
 * @param onFatal Told when the thread cannot go on; nothing written after it can be trusted.
 */
export async function openChannel(
  setup: ThreadSetup,
  onFatal: (message: string) => void,
): Promise<Channel> {
  const worker = new Worker(new URL("./thread.ts", import.meta.url), { workerData: setup });
  const waiting = new Map<number, Waiting>();
  const outbox = new Outbox(worker);
  const fail = (message: string): void => {
    for (const { reject } of waiting.values()) reject(new GatewayError("unavailable", BUSY));
    waiting.clear();
    onFatal(message);
  };
  await new Promise<void>((resolve, reject) => {
    worker.on("message", (message: ThreadMessage) => {
      if (message.kind === "ready") resolve();
      else if (message.kind === "fatal") fail(message.message);
      else for (const reply of message.replies) answer(waiting, reply);
    });
    worker.once("error", (error) => {
      reject(error);
      fail(String(error));
    });
  });
  let lastId = 0;
  const run: Run = (name, input) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve: (result) => resolve(trusted(result)), reject });
      outbox.send({ id: lastId, name, input });
    });
  return {
    run,
    close: () =>
      new Promise((resolve) => {
        worker.once("exit", () => resolve());
        outbox.end();
      }),
  };
}

const BUSY = "The server is busy. Please try again later.";

function answer(waiting: Map<number, Waiting>, reply: Reply): void {
  const call = waiting.get(reply.id);
  waiting.delete(reply.id);
  if (reply.ok) call?.resolve(reply.result);
  else call?.reject(new GatewayError("unavailable", BUSY, { cause: reply.message }));
}

/** Gathers the calls of one turn of the event loop into one message. */
class Outbox {
  readonly #worker: Worker;
  #calls: Call[] = [];

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  send(call: Call): void {
    this.#calls.push(call);
    if (this.#calls.length === 1) setImmediate(() => this.#flush());
  }

  end(): void {
    this.#flush();
    this.#worker.postMessage(null);
  }

  #flush(): void {
    if (this.#calls.length === 0) return;
    this.#worker.postMessage(this.#calls);
    this.#calls = [];
  }
}
