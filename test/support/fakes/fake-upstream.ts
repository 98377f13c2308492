import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type Json, parseJson } from "../../../src/lib/json.ts";

/** What a request is for. */
export type Step = "submit" | "poll" | "content" | "cancel";

/** A request as a fake sees it. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly json: Json | undefined;
}

/** What a fake answers. */
export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A `Buffer` goes out as it is, everything else as JSON; `""` for an empty body. */
  readonly body: Json | Buffer;
}

/** What goes wrong with the next request of a step. */
export type Fault =
  /** This status, in the vendor's own words; nothing is created. */
  | { readonly kind: "status"; readonly status: number; readonly retryAfter?: string }
  /** This answer, whatever the vendor would say; nothing is created. */
  | { readonly kind: "answer"; readonly answer: FakeAnswer }
  /** The work is done, and the connection breaks before the answer. */
  | { readonly kind: "drop-after" }
  /** The connection breaks, and the work is done a while later. */
  | { readonly kind: "late"; readonly delayMs: number }
  /** The work is done, and the answer is this status in the vendor's own words. */
  | { readonly kind: "status-after"; readonly status: number }
  /** The work is done, and the answer is a page of HTML. */
  | { readonly kind: "garbage" }
  /** The work is done, and the answer is `{}`. */
  | { readonly kind: "empty" }
  /** The work is done, and the connection breaks within the body. */
  | { readonly kind: "truncate" };

/** A job that a fake has taken. */
export interface FakeJob {
  readonly id: string;
  readonly request: FakeRequest;
  /** When it was taken, milliseconds since 1970. */
  readonly takenAtMs: number;
  /** Polls so far. */
  polls: number;
  canceled: boolean;
}

/** What a fake knows. */
export interface FakeWorld {
  readonly jobs: Map<string, FakeJob>;
  /** The origin that the fake listens on. */
  readonly url: string;
  /** Polls that a job takes before it is done. */
  pollsUntilDone: number;
  /** A word for the state of every job instead of the true one, or `null`. */
  statusWord: string | null;
  /** What time it takes it to be, or `null` for the true one. */
  nowMs: number | null;
  /** How jobs end instead of well, in the fake's own terms, or `null`. */
  ending: string | null;
  /** Takes a job. */
  take(request: FakeRequest): FakeJob;
}

/** The protocol of one upstream. */
export interface FakeDialect {
  /** What a request is for; `null` for a path that the upstream does not have. */
  stepOf(request: FakeRequest): Step | null;
  /** Whether the request carries the account's key. */
  isAuthorized(request: FakeRequest): boolean;
  answer(step: Step, request: FakeRequest, world: FakeWorld): FakeAnswer | Promise<FakeAnswer>;
  /** An error in the vendor's words; may repeat the key, as some vendors do. */
  refuse(status: number, request: FakeRequest): FakeAnswer;
}

/** What a run of many jobs decides and keeps. */
export interface FakeKeeper {
  /** What goes wrong with a request for which nothing was spoilt; `null` for nothing. */
  faultFor(step: Step, request: FakeRequest): Fault | null;
  /** Learns of a job before any answer to its submit leaves. */
  take(job: FakeJob): void;
}

/** A running fake. Dispose of it asynchronously. */
export interface FakeUpstream extends FakeWorld, AsyncDisposable {
  readonly seen: readonly FakeRequest[];
  /** Who keeps it in a run of many jobs, or `null`. */
  keeper: FakeKeeper | null;
  /** Jobs taken since the start: what a vendor would bill. */
  readonly taken: number;
  /** Spoils the next request of a step; several queue up. */
  spoil(step: Step, fault: Fault): void;
  /** Forgets all jobs, as a restart of a server that keeps them in memory. */
  forget(): void;
}

/** Starts a fake of an upstream on a free port of the loopback. */
export async function openFake(dialect: FakeDialect): Promise<FakeUpstream> {
  const seen: FakeRequest[] = [];
  const faults = new Map<Step, Fault[]>();
  const sockets = new Set<Socket>();
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { method = "", url = "", headers } = incoming;
    const request = readRequest({ method, url, headers, body: Buffer.concat(chunks) });
    seen.push(request);
    const step = dialect.stepOf(request);
    if (step === null) return send(response, dialect.refuse(404, request));
    if (!dialect.isAuthorized(request)) return send(response, dialect.refuse(401, request));
    const fault = faults.get(step)?.shift() ?? fake.keeper?.faultFor(step, request) ?? undefined;
    if (fault?.kind === "answer") return send(response, fault.answer);
    if (fault?.kind === "status") return send(response, spoilt(dialect, request, fault));
    if (fault?.kind === "late") {
      response.destroy();
      setTimeout(() => dialect.answer(step, request, fake), fault.delayMs);
      return;
    }
    const answer = await dialect.answer(step, request, fake);
    if (fault?.kind === "status-after") {
      return send(response, dialect.refuse(fault.status, request));
    }
    if (fault?.kind === "drop-after") return void response.destroy();
    if (fault?.kind === "garbage") return send(response, { body: Buffer.from("<html>Hi</html>") });
    if (fault?.kind === "empty") return send(response, { body: {} });
    if (fault?.kind === "truncate") return truncate(response, answer);
    send(response, answer);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  let taken = 0;
  const fake: FakeUpstream = {
    seen,
    jobs: new Map(),
    url: `http://127.0.0.1:${port}`,
    pollsUntilDone: 2,
    statusWord: null,
    nowMs: null,
    keeper: null,
    ending: null,
    get taken() {
      return taken;
    },
    take(request) {
      taken += 1;
      const takenAtMs = fake.nowMs ?? Date.now();
      const job = { id: `job-${taken}`, request, takenAtMs, polls: 0, canceled: false };
      fake.jobs.set(job.id, job);
      fake.keeper?.take(job);
      return job;
    },
    spoil: (step, fault) => void faults.set(step, [...(faults.get(step) ?? []), fault]),
    forget: () => fake.jobs.clear(),
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  return fake;
}

function readRequest(raw: {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}): FakeRequest {
  const { pathname, searchParams } = new URL(raw.url, "http://fake");
  const isJson = raw.headers["content-type"]?.startsWith("application/json") === true;
  return {
    method: raw.method,
    path: pathname,
    query: searchParams,
    headers: raw.headers,
    body: raw.body,
    json: isJson ? parseJson(raw.body.toString("utf8")) : undefined,
  };
}

function spoilt(
  dialect: FakeDialect,
  request: FakeRequest,
  fault: Extract<Fault, { kind: "status" }>,
): FakeAnswer {
  const answer = dialect.refuse(fault.status, request);
  if (fault.retryAfter === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, "retry-after": fault.retryAfter } };
}

function send(response: ServerResponse, answer: FakeAnswer): void {
  const { bytes, headers } = encode(answer);
  response.writeHead(answer.status ?? 200, headers).end(bytes);
}

/** Promises the whole body and breaks off in its middle. */
function truncate(response: ServerResponse, answer: FakeAnswer): void {
  const { bytes, headers } = encode(answer);
  response.writeHead(answer.status ?? 200, { ...headers, "content-length": bytes.length });
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
}

function encode({ body, headers = {} }: FakeAnswer): {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
} {
  if (Buffer.isBuffer(body)) return { bytes: body, headers };
  if (body === "") return { bytes: Buffer.alloc(0), headers };
  const bytes = Buffer.from(JSON.stringify(body));
  return { bytes, headers: { "content-type": "application/json", ...headers } };
}
