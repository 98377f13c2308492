import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { type Loop, startLoop } from "../lib/loop.ts";
import type { HttpServices } from "./services.ts";

/** A client that has not taken a byte of what waits for it for so long is cut off, milliseconds. */
export const STALLED_MS = 30_000;

const LOOK_EVERY_MS = 5_000;

/**
 * Cuts clients that ask and then do not read: nothing else ends them, and each holds a connection,
 * a file and a buffer. Who waits for news that are not there yet is left alone.
 */
export function cutSlowReaders(
  app: FastifyInstance,
  { clock, log }: Pick<HttpServices, "clock" | "log">,
): void {
  const readers = new Map<Socket, Reader>();
  app.server.on("connection", (socket) => {
    readers.set(socket, { takenBytes: 0, sinceMs: clock.monotonicMs() });
    socket.once("close", () => readers.delete(socket));
  });
  const look = async (): Promise<null> => {
    const nowMs = clock.monotonicMs();
    for (const [socket, before] of readers) {
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
    loop ??= startLoop({ name: "slow-readers", clock, log, everyMs: LOOK_EVERY_MS, step: look });
    done();
  });
  app.addHook("onClose", async () => loop?.stop());
}

interface Reader {
  /** What the system has taken for him so far. */
  readonly takenBytes: number;
  /** Since when no more. */
  readonly sinceMs: number;
}
