import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from "fastify";
import { GatewayError } from "../core/error.ts";
import { trusted } from "../lib/call-by-name.ts";
import { randomBase36 } from "../lib/random.ts";
import { type Authenticate, createAuthenticate } from "./authenticate.ts";
import {
  answerBrokenRequests,
  HEADER_BYTES_MAX,
  HEADERS_MAX,
  refuseBrokenRequest,
} from "./broken-request.ts";
import { watchAccess } from "./door-keeper.ts";
import { asGatewayError, notFound, sendError } from "./error-reply.ts";
import { COMMON_HEADERS, EXPOSED_HEADERS, preflightHeaders } from "./headers.ts";
import { acceptJsonBodies } from "./json-body.ts";
import { type RouteTable, watchRoutes } from "./route-table.ts";
import { addAudit } from "./routes/audit/route.ts";
import { addBalance } from "./routes/balance/route.ts";
import { addCancel } from "./routes/cancel/route.ts";
import { addConsole } from "./routes/console/route.ts";
import { addDeliveries } from "./routes/deliveries/route.ts";
import { addDocs } from "./routes/docs/route.ts";
import { addEvents } from "./routes/events/route.ts";
import { addFiles } from "./routes/files/route.ts";
import { addHealth } from "./routes/health/route.ts";
import { addKeys } from "./routes/keys/route.ts";
import { addMembers } from "./routes/members/route.ts";
import { addModelHealth } from "./routes/model-health/route.ts";
import { addModels } from "./routes/models/route.ts";
import { addMusicDetail } from "./routes/music-detail/route.ts";
import { addOpenApi } from "./routes/openapi/route.ts";
import { addPreviews } from "./routes/previews/route.ts";
import { addProviders } from "./routes/providers/route.ts";
import { addQuote } from "./routes/quote/route.ts";
import { addReady } from "./routes/ready/route.ts";
import { addSession } from "./routes/session/route.ts";
import { addStatus } from "./routes/status/route.ts";
import { addStatusEvents } from "./routes/status-events/route.ts";
import { addSubmit } from "./routes/submit/route.ts";
import { addSystem } from "./routes/system/route.ts";
import { addTask } from "./routes/task/route.ts";
import { addTaskArchive } from "./routes/task-archive/route.ts";
import { addTaskFiles } from "./routes/task-files/route.ts";
import { addTasks } from "./routes/tasks/route.ts";
import { addUploadBase64 } from "./routes/upload-base64/route.ts";
import { addUploadStream } from "./routes/upload-stream/route.ts";
import { addUploadUrl } from "./routes/upload-url/route.ts";
import { addUpstreamCallback } from "./routes/upstream-callback/route.ts";
import { addUsage } from "./routes/usage/route.ts";
import { addWebhookKeys } from "./routes/webhook-keys/route.ts";
import { addWebhooks } from "./routes/webhooks/route.ts";
import type { HttpServices } from "./services.ts";
import { cutSlowClients } from "./slow-clients.ts";

/** How a surface lets people in, and what it has beside the public routes. */
export interface Door {
  readonly guard: Authenticate;
  readonly routes: readonly AddRoute[];
}

/**
 * Builds the whole HTTP surface. It listens to nothing until it is told to.
 * @param door The public one with API keys when absent.
 */
export function buildApp(services: HttpServices, door?: Door): FastifyInstance {
  const app = createServer(services);
  const bodyMax = services.settings.bodyBytesMax;
  cutSlowClients(app, services, REQUEST_TIMEOUT_MS);
  app.decorateRequest("caller", null);
  app.decorateRequest("callerUntilMs", 0);
  acceptJsonBodies(app);
  app.addHook("onRequest", (request, reply, done) => {
    addCommonHeaders(request, reply);
    done();
  });
  answerBrokenRequests(app);
  app.addHook("onRoute", (route) => {
    // Nobody is known there yet: a large body would cost us more than whoever sends it.
    if (isForOurPagesOnly(route.url)) route.bodyLimit ??= Math.min(bodyMax, SESSION_BYTES_MAX);
  });
  const table = watchRoutes(app);
  app.setNotFoundHandler((request, reply) => answerNoRoute(request, reply, table));
  app.setErrorHandler((thrown, request, reply) => {
    // A body is read before a path is known to lead nowhere; what is wrong with it is no news then.
    if (request.is404) return answerNoRoute(request, reply, table);
    return answerError(thrown, { request, reply, services });
  });
  const guard = door?.guard ?? createAuthenticate(services);
  if (door === undefined) watchAccess(app, services, guard);
  for (const add of [...ROUTES, ...(door?.routes ?? [])]) add(app, services, guard);
  return app;
}

/** Adds one route; `guard` goes before everything that needs a key. */
export type AddRoute = (app: FastifyInstance, services: HttpServices, guard: Authenticate) => void;

const ROUTES: readonly AddRoute[] = [
  addSubmit,
  addStatus,
  addMusicDetail,
  addCancel,
  addQuote,
  addBalance,
  addModels,
  addHealth,
  addReady,
  addOpenApi,
  addDocs,
  addFiles,
  addPreviews,
  addUploadBase64,
  addUploadUrl,
  addUploadStream,
  addUpstreamCallback,
  addTasks,
  addTask,
  addTaskArchive,
  addTaskFiles,
  addUsage,
  addModelHealth,
  addProviders,
  addSystem,
  addEvents,
  addStatusEvents,
  addDeliveries,
  addWebhooks,
  addWebhookKeys,
  addAudit,
  addSession,
  addMembers,
  addKeys,
  addConsole,
];

const CONNECTIONS_MAX = 10_000;
/** Of a body without which nobody can sign in. */
const SESSION_BYTES_MAX = 16 * 1024;
/** For a request to arrive whole, milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;
/** The same for an upload: a picture takes its time over a poor line. */
const UPLOAD_TIMEOUT_MS = 120_000;

/** No route has a schema of the framework's kind: its two compilers are not even read. */
const NO_SCHEMAS: NonNullable<FastifyServerOptions["schemaController"]> = trusted({
  compilersFactory: {
    buildValidator: () => () => () => true,
    buildSerializer: () => () => JSON.stringify,
  },
});

function createServer(services: HttpServices): FastifyInstance {
  const { settings } = services;
  const prefix = randomBase36(services.random, 10);
  let requests = 0;
  const app = Fastify({
    bodyLimit: settings.bodyBytesMax,
    requestTimeout: UPLOAD_TIMEOUT_MS,
    maxRequestsPerSocket: 1_000,
    keepAliveTimeout: settings.keepAliveMs,
    forceCloseConnections: "idle",
    // While it closes, a request that still came in is served, not refused.
    return503OnClosing: false,
    http: {
      headersTimeout: 10_000,
      // Node looks for slow clients every 30 s unless told otherwise.
      connectionsCheckingInterval: 2_000,
      maxHeaderSize: HEADER_BYTES_MAX,
      // Node would answer without a body; we do it in words.
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength: 256 },
    schemaController: NO_SCHEMAS,
    trustProxy: settings.trustedProxies.length === 0 ? false : [...settings.trustedProxies],
    requestIdHeader: false,
    genReqId: () => {
      requests += 1;
      return `req_${prefix}-${requests}`;
    },
    frameworkErrors: (error, request, reply) => {
      addCommonHeaders(request, reply);
      answerError(error, { request, reply, services });
    },
    clientErrorHandler: refuseBrokenRequest,
  });
  app.server.maxConnections = CONNECTIONS_MAX;
  app.server.maxHeadersCount = HEADERS_MAX;
  // Who says that no more requests will come still reads: its task is accepted, so it is told.
  Object.assign(app.server, { httpAllowHalfOpen: true });
  return app;
}

/** No page of another origin may read what a session answers, or ask whether it may. */
function isForOurPagesOnly(url: string): boolean {
  return url.startsWith("/api/session");
}

function addCommonHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(COMMON_HEADERS).header("x-request-id", request.id);
  // By the route where there is one: a path may be spelt in many ways.
  if (isForOurPagesOnly(request.routeOptions.url ?? request.url))
    reply.removeHeader("access-control-allow-origin");
  if (request.headers.origin === undefined) return;
  reply.header("access-control-expose-headers", EXPOSED_HEADERS);
}

function answerNoRoute(
  request: FastifyRequest,
  reply: FastifyReply,
  table: RouteTable,
): FastifyReply {
  const methods = table.methodsAt(request.url.replace(/[?#].*$/s, ""));
  if (methods.length === 0) return sendError(reply, notFound());
  if (request.method === "OPTIONS" && !isForOurPagesOnly(request.url)) {
    return reply.headers(preflightHeaders(methods)).code(204).send();
  }
  const allow = methods.join(", ");
  const message = `Method ${request.method} is not allowed here; expected ${allow}`;
  return sendError(reply, new GatewayError("method_not_allowed", message, { headers: { allow } }));
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly services: HttpServices;
}

function answerError(thrown: unknown, { request, reply, services }: Exchange): FastifyReply {
  const error = asGatewayError(thrown, request);
  if (error.status >= 500) {
    const route = request.routeOptions.url ?? "none";
    const { method, id: requestId } = request;
    services.log.error(
      { requestId, method, route, status: error.status, error: error.cause ?? error },
      "A request could not be served",
    );
  }
  return sendError(reply, error);
}
