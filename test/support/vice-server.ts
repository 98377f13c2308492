import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from "node:net";

/** A local server that counts what reaches it. Dispose of it asynchronously. */
export interface LocalServer extends AsyncDisposable {
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: number;
}

/** A request as it came in. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** An HTTP server that notes each request and answers by a handler. */
export interface HttpServer extends LocalServer {
  readonly seen: readonly SeenRequest[];
}

/** Answers one request, well or badly. */
export type Handler = (request: SeenRequest, response: ServerResponse) => void;

/** Starts an HTTP server on a free port of `host`. */
export async function serveHttp(handler: Handler, host = "127.0.0.1"): Promise<HttpServer> {
  const seen: SeenRequest[] = [];
  const server = createHttpServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { method = "", url = "", headers } = incoming;
    const request = { method, url, headers, body: Buffer.concat(chunks).toString("utf8") };
    seen.push(request);
    handler(request, response);
  });
  const local = await listen(server, { host, port: 0 });
  return Object.defineProperties(
    { seen, port: 0, connections: 0, [Symbol.asyncDispose]: local.close },
    {
      port: { value: local.port },
      connections: { get: local.connections },
    },
  );
}

/** Starts a TCP server that gives each connection to `talk`. */
export async function serveTcp(
  talk: (socket: Socket) => void,
  place: { readonly host: string; readonly port: number } = { host: "127.0.0.1", port: 0 },
): Promise<LocalServer> {
  const local = await listen(createTcpServer(talk), place);
  return {
    port: local.port,
    get connections() {
      return local.connections();
    },
    [Symbol.asyncDispose]: local.close,
  };
}

async function listen(server: Server, place: { readonly host: string; readonly port: number }) {
  const sockets = new Set<Socket>();
  let count = 0;
  server.on("connection", (socket) => {
    count += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(place.port, place.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { port, connections: () => count, close };
}
