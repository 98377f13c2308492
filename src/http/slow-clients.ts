import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { type Loop, startLoop } from "../lib/loop.ts";
import type { HttpServices } from "./services.ts";

/** A client that has not taken a byte of what waits for it for so long is cut off, milliseconds. */
export const STALLED_MS = 30_000;

const LOOK_EVERY_MS = 2_000;

/**
 * Cuts clients that send and do not come to an end within `arrivalMs`, uploads aside (Node's own
 * limit is theirs), clients that ask and then do not read, and clients that have their last answer
 * and do not close: each holds a connection. Who waits for news that are not there yet is left
 * alone.
 */
export function cutSlowClients(
  app: FastifyInstance,
  { clock, log, settings }: Pick<HttpServices, "clock" | "log" | "settings">,
  arrivalMs: number,
): void {
  const clients = new Map<Socket, Client>();
  app.server.on("connection", (socket) => {
    const sinceMs = clock.monotonicMs();
    clients.set(socket, { takenBytes: 0, sinceMs, arriving: null, untilMs: 0 });
    socket.once("close", () => clients.delete(socket));
  });
  app.addHook("onRequest", ({ raw, routeOptions }, _reply, done) => {
    const isUpload = (routeOptions.bodyLimit ?? 0) > settings.bodyBytesMax;
    const client = isUpload || !hasBody(raw) ? undefined : clients.get(raw.socket);
    if (client !== undefined) {
      client.arriving = raw;
      client.untilMs = clock.monotonicMs() + arrivalMs;
    }
    done();
  });
  // Its body is here: nothing of it is kept until the next look.
  app.addHook("preValidation", ({ raw }, _reply, done) => {
    const client = clients.get(raw.socket);
    // The next request of a connection may have begun to come.
    if (client?.arriving === raw) client.arriving = null;
    done();
  });
  const look = async (): Promise<null> => {
    const nowMs = clock.monotonicMs();
    for (const [socket, client] of clients) {
      if (socket.writableFinished || isStalled(socket, client, nowMs)) socket.destroy();
      else if (isLate(client, nowMs)) timeOut(app, socket);
    }
    return null;
  };
  let loop: Loop | null = null;
  app.addHook("onListen", (done) => {
    loop ??= startLoop({ name: "slow-clients", clock, log, everyMs: LOOK_EVERY_MS, step: look });
    done();
  });
  app.addHook("onClose", async () => loop?.stop());
}

function hasBody({ headers }: IncomingMessage): boolean {
  const { "content-length": length = "0", "transfer-encoding": coding } = headers;
  return length !== "0" || coding !== undefined;
}

/** One connection: what comes from it, and what it takes. */
interface Client {
  /** Bytes that the system has taken for it so far. */
  takenBytes: number;
  /** Since when no more. */
  sinceMs: number;
  /**
   * The request whose body may still be coming; there is one at most. Kept here and not in a map
   * of its own: entries that come and go with each request cost as much as reading its JSON.
   */
  arriving: IncomingMessage | null;
  /** Until when it must be here. */
  untilMs: number;
}

function isLate(client: Client, nowMs: number): boolean {
  const { arriving, untilMs } = client;
  if (arriving === null) return false;
  if (!arriving.complete && !arriving.destroyed) return nowMs >= untilMs;
  client.arriving = null;
  return false;
}

function isStalled(socket: Socket, client: Client, nowMs: number): boolean {
  const takenBytes = socket.bytesWritten - socket.writableLength;
  if (socket.writableLength === 0 || takenBytes > client.takenBytes) {
    client.takenBytes = takenBytes;
    client.sinceMs = nowMs;
  }
  return nowMs - client.sinceMs >= STALLED_MS;
}

/** Ends a request as Node ends one of its own. */
function timeOut(app: FastifyInstance, socket: Socket): void {
  app.server.emit("clientError", { code: "ERR_HTTP_REQUEST_TIMEOUT" }, socket);
}
