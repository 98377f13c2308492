import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A wire between a client and a server that can go dead without a word. */
export interface TcpProxy {
  readonly port: number;
  /** From now on bytes vanish, on open and on new connections; nobody is told. */
  goSilent(): void;
  /** Cuts all connections; new ones work again. */
  heal(): void;
  close(): Promise<void>;
}

/** Starts a proxy to a port of this machine. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  let silent = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(targetPort, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => silent || to.write(bytes));
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        if (!silent) to.destroy();
      });
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: address.port,
    goSilent() {
      silent = true;
    },
    heal() {
      cut();
      silent = false;
    },
    async close() {
      server.close();
      cut();
      await once(server, "close");
    },
  };
}
