import { once } from "node:events";
import { createServer } from "node:http";
import type { TestContext } from "node:test";
import type { CallbackEntry } from "./checker.ts";

/** A server that takes callbacks and writes each down as it came. */
export interface Receiver {
  /** Where to call back; `?` and what follows are kept verbatim by whoever calls. */
  readonly url: string;
  readonly received: readonly CallbackEntry[];
  close(): Promise<void>;
}

/** How a receiver behaves. */
export interface ReceiverOptions {
  /** What it answers to the n-th callback of a task (from 1); 200 when absent. */
  readonly answerOf?: (taskId: string, number: number) => number;
}

/** Starts a receiver on the loopback address. */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const received: CallbackEntry[] = [];
  const counts = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const atMs = Date.now();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    const taskId = taskIdOf(body);
    const number = (counts.get(taskId) ?? 0) + 1;
    counts.set(taskId, number);
    const answer = options.answerOf?.(taskId, number) ?? 200;
    const eventId = request.headers["webhook-id"];
    received.push({ atMs, taskId, body, answer, eventId: `${eventId ?? ""}` || null });
    response.writeHead(answer).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Starts a receiver that ends with the test. */
export async function tryReceiver(
  context: TestContext,
  options: ReceiverOptions = {},
): Promise<Receiver> {
  const receiver = await startReceiver(options);
  context.after(() => receiver.close());
  return receiver;
}

function taskIdOf(body: string): string {
  try {
    return String(JSON.parse(body).task_id ?? "");
  } catch {
    return "";
  }
}
