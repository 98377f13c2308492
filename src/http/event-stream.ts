import type { FastifyReply, FastifyRequest } from "fastify";
import { COMMON_HEADERS } from "./headers.ts";

/** An answer that goes on: server-sent events. Disposing of it ends it, however its work ended. */
export interface EventStream extends Disposable {
  /** Fires when the client has gone or the surface closes. */
  readonly signal: AbortSignal;
  /** Sends one event; resolves when there is room for more, `false` when the client has gone. */
  send(event: StreamedEvent): Promise<boolean>;
  /** Says that the line is alive. */
  beat(): Promise<boolean>;
}

/** One event. */
export interface StreamedEvent {
  readonly type: string;
  /** What a client that comes back gives as `Last-Event-ID`; absent: no place to come back to. */
  readonly id?: string;
  /** One line of JSON. */
  readonly data: string;
}

/** Takes the answer out of the framework's hands and begins a stream, until `closing` fires. */
export function startEventStream(
  request: FastifyRequest,
  reply: FastifyReply,
  closing: AbortSignal,
): EventStream {
  reply.hijack();
  const { raw } = reply;
  const gone = new AbortController();
  const leave = () => gone.abort();
  // A client that has left shows it in no other way: its side of the connection has ended.
  const { socket } = request.raw;
  socket.once("end", leave);
  raw.once("close", () => {
    socket.off("end", leave);
    leave();
  });
  raw.on("error", () => gone.abort());
  raw.writeHead(200, {
    ...COMMON_HEADERS,
    "content-type": "text/event-stream; charset=utf-8",
    "x-accel-buffering": "no",
    "x-request-id": request.id,
  });
  if (request.method === "HEAD") {
    // Nothing but the head is asked for; unless it is ended, not even that leaves.
    raw.end();
    gone.abort();
  }
  const write = async (text: string): Promise<boolean> => {
    if (gone.signal.aborted) return false;
    if (!raw.write(text)) await roomFor(raw, gone.signal);
    return !gone.signal.aborted;
  };
  return {
    signal: AbortSignal.any([gone.signal, closing]),
    send: ({ type, id, data }) =>
      write(`${id === undefined ? "" : `id: ${id}\n`}event: ${type}\ndata: ${data}\n\n`),
    beat: () => write(": alive\n\n"),
    [Symbol.dispose]: () => {
      raw.end();
    },
  };
}

function roomFor(raw: FastifyReply["raw"], signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      raw.off("drain", settle);
      signal.removeEventListener("abort", settle);
      resolve();
    };
    raw.once("drain", settle);
    signal.addEventListener("abort", settle, { once: true });
  });
}

/** Whether an answer shall be a stream. */
export function wantsStream(request: FastifyRequest): boolean {
  return (request.headers.accept ?? "").includes("text/event-stream");
}
