import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

// An upstream of the Vidgo shape whose jobs never end. It asks for a poll every so often and notes
// how much later than asked each one comes; GET /figures tells and begins anew. Prints its port.

const everyMs = Number(process.argv[2]);

/** What it saw since it was last asked. */
export interface Figures {
  readonly jobs: number;
  readonly polls: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Jobs for which a poll was due and has not come for a whole period. */
  readonly forgotten: number;
}

/** When the next poll of a job is due; the first comes when the client's own settings say. */
const due = new Map<string, { readonly atMs: number; readonly isAsked: boolean }>();
let latenesses: number[] = [];

const server = createServer((request, response) => {
  const { url = "/" } = request;
  if (url === "/figures") return answer(response, takeFigures());
  if (request.method === "POST") return accept(request, response);
  return tell(url.slice(url.lastIndexOf("/") + 1), response);
});

function accept(request: IncomingMessage, response: ServerResponse): void {
  request.resume().on("end", () => {
    const id = `job-${randomUUID()}`;
    due.set(id, { atMs: performance.now() + everyMs, isAsked: false });
    answer(response, { code: 200, data: { task_id: id, status: "not_started" } });
  });
}

function tell(id: string, response: ServerResponse): void {
  const nowMs = performance.now();
  const asked = due.get(id);
  if (asked?.isAsked) latenesses.push(Math.max(0, nowMs - asked.atMs));
  due.set(id, { atMs: nowMs + everyMs, isAsked: true });
  const data = { task_id: id, status: "running", progress: 10, poll_after_ms: everyMs };
  answer(response, { code: 200, data });
}

function takeFigures(): Figures {
  const sorted = latenesses.sort((left, right) => left - right);
  latenesses = [];
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  const longAgoMs = performance.now() - everyMs;
  return {
    jobs: due.size,
    polls: sorted.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: sorted.at(-1) ?? 0,
    forgotten: [...due.values()].filter(({ atMs }) => atMs < longAgoMs).length,
  };
}

function answer(response: ServerResponse, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(200, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  process.stdout.write(`${JSON.stringify({ port })}\n`);
});
