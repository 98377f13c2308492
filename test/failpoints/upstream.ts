import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A paid upstream with a ledger of what was bought. */
export interface Upstream {
  readonly url: string;
  /** The marker of every accepted submit, in order: two for one task are a second purchase. */
  readonly purchases: readonly string[];
  /** Hears of each accepted submit, before its answer, and of each answer that is dropped. */
  onNews(listener: (news: News) => void): void;
  close(): Promise<void>;
}

/** What it tells beside its answers. */
export interface News {
  readonly event: "accepted" | "dropped";
  readonly marker: string;
}

/** How it behaves. */
export interface UpstreamOptions {
  readonly end: "completed" | "failed";
  /** Drops the connection after it has accepted a submit. */
  readonly dropsAnswers: boolean;
  /** Takes a moment between a submit and its answer, and between the bytes of a result. */
  readonly isSlow: boolean;
}

interface Job {
  readonly id: string;
  readonly acceptedMs: number;
  polls: number;
}

const POLLS_PENDING = 2;
const PAUSE_MS = 300;

/** Starts it on the loopback address. */
export async function startUpstream(options: UpstreamOptions): Promise<Upstream> {
  const jobs = new Map<string, Job>();
  const purchases: string[] = [];
  const listeners: ((news: News) => void)[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://upstream");
    const [, room, id = ""] = pathname.split("/");
    if (room === "jobs" && request.method === "POST") return accept(request, response);
    if (room === "jobs") return answer(response, 200, stateOf(id));
    if (room === "find") return find(response, searchParams.get("marker") ?? "");
    if (room === "bytes") return sendBytes(response);
    return answer(response, 404, {});
  });

  async function accept(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { marker } = JSON.parse(Buffer.concat(chunks).toString());
    purchases.push(marker);
    jobs.set(marker, { id: marker, acceptedMs: performance.now(), polls: 0 });
    tell({ event: "accepted", marker });
    await pause();
    if (!options.dropsAnswers) return answer(response, 200, { id: marker });
    response.destroy();
    tell({ event: "dropped", marker });
  }
  function tell(news: News): void {
    for (const listener of listeners) listener(news);
  }
  function pause(): Promise<void> {
    return new Promise((resolve) => {
      if (options.isSlow) setTimeout(resolve, PAUSE_MS);
      else resolve();
    });
  }
  async function sendBytes(response: ServerResponse): Promise<void> {
    const half = PIXEL.length / 2;
    response.writeHead(200, { "content-length": PIXEL.length }).write(PIXEL.subarray(0, half));
    await pause();
    response.end(PIXEL.subarray(half));
  }
  function find(response: ServerResponse, marker: string): void {
    // A job whose answer was dropped is told by callback first; look-ups find it late.
    const job = jobs.get(marker);
    const lateMs = options.dropsAnswers ? PAUSE_MS : 0;
    const known = job !== undefined && performance.now() - job.acceptedMs >= lateMs;
    answer(response, known ? 200 : 404, { id: marker });
  }
  function stateOf(id: string): object {
    const job = jobs.get(id);
    if (job === undefined) return { state: "lost" };
    job.polls += 1;
    if (job.polls <= POLLS_PENDING) return { state: "pending" };
    return { state: options.end, url: `${url}/bytes/${id}.png` };
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  return {
    url,
    purchases,
    onNews: (listener) => listeners.push(listener),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
