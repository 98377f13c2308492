import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import ipaddr from "ipaddr.js";

/** Where connections ended, by the address and port that they were made to. */
export type Touched = ReadonlyMap<string, number>;

/** Listens for whoever comes, on every address of this network; port 443 only counts. */
export async function openSinks(answer: RequestListener): Promise<Touched> {
  const touched = new Map<string, number>();
  const count = (socket: Socket): void => {
    // An IPv4 address comes as a mapped one; others are written in one way only.
    // Whoever hung up before he was looked at has none; it is told as what it is.
    const { localAddress: place } = socket;
    const address = place === undefined ? "unknown" : ipaddr.process(place).toString();
    touched.set(address, (touched.get(address) ?? 0) + 1);
  };
  const hangUp = (socket: Socket): void => void socket.on("error", () => {}).destroy();
  const servers: readonly (readonly [Server, number])[] = [
    [createHttpServer(answer), 80],
    [createHttpServer(answer), 8080],
    [createTcpServer(hangUp), 443],
    [createTcpServer(hangUp), 22],
    [createTcpServer(hangUp), 6379],
  ];
  for (const [server, port] of servers) {
    server.on("connection", count);
    server.listen(port, "::");
    await once(server, "listening");
  }
  return touched;
}
