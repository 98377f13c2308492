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
  const readers = new Map<Socket, Reader>();
  const arriving = new Map<IncomingMessage, number>();
  app.server.on("connection", (socket) => {
    readers.set(socket, { takenBytes: 0, sinceMs: clock.monotonicMs() });
    socket.once("close", () => readers.delete(socket));
  });
  app.addHook("onRequest", (request, _reply, done) => {
    const isUpload = (request.routeOptions.bodyLimit ?? 0) > settings.bodyBytesMax;
    if (!isUpload && hasBody(request.raw)) {
      arriving.set(request.raw, clock.monotonicMs() + arrivalMs);
    }
    done();
  });
  // Its body is here: nothing of it is kept until the next look.
  app.addHook("preValidation", (request, _reply, done) => {
    arriving.delete(request.raw);
    done();
  });
  const look = async (): Promise<null> => {
    const nowMs = clock.monotonicMs();
    for (const [request, untilMs] of arriving) {
      if (request.complete || request.destroyed) arriving.delete(request);
      else if (nowMs >= untilMs) tooSlow(app, request);
    }
    for (const [socket, before] of readers) {
      if (socket.writableFinished) {
        socket.destroy();
        continue;
      }
      const takenBytes = socket.bytesWritten - socket.writableLength;
      if (socket.writableLength === 0 || takenBytes > before.takenBytes) {
        readers.set(socket, { takenBytes, sinceMs: nowMs });
      } else if (nowMs - before.sinceMs >= STALLED_MS) {
        socket.destroy();
      }
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

interface Reader {
  /** What the system has taken for him so far. */
  readonly takenBytes: number;
  /** Since when no more. */
  readonly sinceMs: number;
}

/** Ends a request as Node ends one of its own. */
function tooSlow(app: FastifyInstance, { socket }: IncomingMessage): void {
  app.server.emit("clientError", { code: "ERR_HTTP_REQUEST_TIMEOUT" }, socket);
}
