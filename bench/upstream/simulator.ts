import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type CallbackBody, createCallbackSender } from "./callbacks.ts";
import { binaryDialect } from "./dialects/binary.ts";
import { openaiVideosDialect } from "./dialects/openai-videos.ts";
import { queueCallbackBody, queueDialect } from "./dialects/queue.ts";
import { tasksDialect } from "./dialects/tasks.ts";
import { vidgoCallbackBody, vidgoDialect } from "./dialects/vidgo.ts";
import { createJobBook } from "./job-book.ts";
import { openLedger } from "./ledger.ts";
import { sendJson } from "./reply.ts";
import { resultUrl, serveResult } from "./results.ts";
import type { Call, SimulatorOptions, World } from "./world.ts";

/** A running simulator of upstreams. */
export interface Simulator {
  readonly origin: string;
  close(): Promise<void>;
}

const DIALECTS = [vidgoDialect, openaiVideosDialect, binaryDialect, queueDialect, tasksDialect];

/** Starts upstreams that count what they are asked to make, on the loopback address. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const bodyOf: CallbackBody = (job, end) => {
    const url = resultUrl(world, job);
    return job.dialect === "queue"
      ? queueCallbackBody(job, end, url)
      : vidgoCallbackBody(job, end, url);
  };
  const world: World = {
    options,
    jobs: createJobBook(options),
    ledger: await openLedger(options.ledgerPath),
    callbacks: createCallbackSender(bodyOf),
    keys: new Map(),
    limited: new Map(),
    origin: "",
    filesOrigin: "",
  };
  const servers = [await listen(world, options.port)];
  if (options.filesApart) servers.push(await listen(world, 0));
  const [origin = "", filesOrigin = origin] = servers.map(originOf);
  Object.assign(world, { origin, filesOrigin });
  return {
    origin,
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      await world.callbacks.close();
      await world.ledger.close();
    },
  };
}

const BODY_BYTES_MAX = 32 * 1024 * 1024;

async function serve(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_BYTES_MAX) return void response.destroy();
    chunks.push(chunk);
  }
  const call: Call = {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", world.origin),
    headers: request.headers,
    remotePort: request.socket.remotePort ?? 0,
    body: Buffer.concat(chunks),
    response,
  };
  if (await serveResult(world, call)) return;
  for (const dialect of DIALECTS) if (await dialect.handle(world, call)) return;
  sendJson(call, 404, { error: "No upstream speaks this" });
}

async function listen(world: World, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    serve(world, request, response).catch(() => response.destroy());
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function originOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}
