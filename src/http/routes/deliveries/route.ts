import type { FastifyInstance, FastifyRequest } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import { makeId } from "../../../core/id.ts";
import { isJsonObject, type JsonObject } from "../../../lib/json.ts";
import type {
  Actor,
  AnswerCode,
  DeliveryFilter,
  DeliveryQuery,
} from "../../../store/door-store.ts";
import { deliveryCountsData, deliveryData, sentDeliveryData } from "../../../wire/delivery.ts";
import { successBody } from "../../../wire/envelope.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { expectMembers } from "../../body-fields.ts";
import { readCursor, readLimit, writeCursor } from "../../cursor.ts";
import { JSON_TYPE } from "../../headers.ts";
import { readMoment } from "../../moment.ts";
import { readQuery, readWord } from "../../query.ts";
import type { HttpServices, Named } from "../../services.ts";
import { isTaskId } from "../../task-id.ts";

const STATES = ["waiting", "delivered", "refused", "exhausted"] as const;

/**
 * `/api/webhooks/deliveries`, `/counts`, `/:id` and `/redeliver`: what was sent with its tries, how
 * much of it, and sending again.
 */
export function addDeliveries(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  const { deliveries } = services.store;
  app.get("/api/webhooks/deliveries", { onRequest: guard }, async (request, reply) => {
    const query = readList(request);
    const found = await deliveries.list(query);
    const last = found.at(-1);
    const isWhole = query.taskId !== undefined || found.length < query.limit;
    const cursor = isWhole || last === undefined ? null : writeCursor(last);
    const data = { deliveries: found.map(deliveryData), cursor };
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
  app.get("/api/webhooks/deliveries/counts", { onRequest: guard }, async (request, reply) => {
    const counts = await deliveries.counts(readFilter(request, readQuery(request, FILTERS)));
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(deliveryCountsData(counts))));
  });
  app.get<Named>("/api/webhooks/deliveries/:id", { onRequest: guard }, async (request, reply) => {
    const { id } = request.params;
    const { projectId } = callerOf(request);
    const found = isTaskId(id) ? await deliveries.find(projectId, id) : null;
    if (found === null) throw deliveryNotFound();
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(sentDeliveryData(found))));
  });
  app.post<Named>(
    "/api/webhooks/deliveries/:id/redeliver",
    { onRequest: guard },
    async (request, reply) => {
      const { id } = request.params;
      const { projectId } = callerOf(request);
      const nowMs = services.clock.nowMs();
      const found = isTaskId(id) && (await deliveries.redeliver(projectId, id, nowMs));
      if (!found) throw deliveryNotFound();
      const data = { delivery_id: id, state: "waiting" };
      return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
    },
  );
  app.post("/api/webhooks/redeliver", { onRequest: guard }, async (request, reply) => {
    const span = readSpan(request.body, services.clock.nowMs());
    const who = actorOf(request, services);
    const count = await deliveries.redeliverWindow({ ...who, ...span, limit: REDELIVERED_MAX });
    const data = { redelivered: count, more: count === REDELIVERED_MAX };
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
}

const REDELIVERED_MAX = 10_000;

/** Who asks, as the audit log keeps it. */
export function actorOf(request: FastifyRequest, { clock, random }: HttpServices): Actor {
  const { projectId, keyId } = callerOf(request);
  return { projectId, actor: keyId, auditId: makeId("audit", random), nowMs: clock.nowMs() };
}

function readList(request: FastifyRequest): DeliveryQuery {
  const query = readQuery(request, ["limit", "cursor", "task_id", ...FILTERS]);
  const before = readCursor(query.cursor);
  const taskId = query.task_id;
  if (taskId !== undefined && !isTaskId(taskId)) {
    throw new GatewayError("invalid_request", "task_id is not the id of a task");
  }
  return {
    ...readFilter(request, query),
    limit: readLimit(query.limit, { usual: 20, max: 100 }),
    ...(before === null ? {} : { before }),
    ...(taskId === undefined ? {} : { taskId }),
  };
}

/** The names in a query by which deliveries are narrowed. */
const FILTERS = ["state", "host", "code", "from", "to"] as const;

function readFilter(
  request: FastifyRequest,
  query: Readonly<Partial<Record<(typeof FILTERS)[number], string>>>,
): DeliveryFilter {
  const { state, host, code, from, to } = query;
  const states = state?.split(",").map((word) => readWord("state", word, STATES));
  return {
    projectId: callerOf(request).projectId,
    ...(states === undefined ? {} : { states }),
    ...(host === undefined ? {} : { host: readHost(host) }),
    ...(code === undefined ? {} : { code: readCode(code) }),
    ...(from === undefined ? {} : { fromMs: readMoment("from", from) }),
    ...(to === undefined ? {} : { toMs: readMoment("to", to) }),
  };
}

/** A host as rows have it; a NUL would make the database fail instead of finding nothing. */
function readHost(host: unknown): string {
  if (typeof host === "string" && /^[\x21-\x7e]{1,300}$/.test(host)) return host.toLowerCase();
  throw new GatewayError(
    "invalid_request",
    "host must be a host as callback_url has it, with its port unless it is the usual one",
  );
}

function readCode(code: string): AnswerCode {
  if (code === "none") return { kind: "none" };
  const [, hundred] = /^([1-5])xx$/.exec(code) ?? [];
  if (hundred !== undefined) {
    return { kind: "status", from: Number(hundred) * 100, to: Number(hundred) * 100 + 99 };
  }
  const status = /^[1-9]\d\d$/.test(code) ? Number(code) : null;
  if (status !== null) return { kind: "status", from: status, to: status };
  throw new GatewayError(
    "invalid_request",
    "code must be a status such as 503, a hundred such as 5xx, or none for no answer",
  );
}

function deliveryNotFound(): GatewayError {
  return new GatewayError("not_found", "Delivery not found");
}

function readSpan(
  body: unknown,
  nowMs: number,
): {
  readonly fromMs: number;
  readonly toMs: number;
  readonly states: readonly (typeof STATES)[number][];
  readonly host?: string;
} {
  expectMembers(body, ["from", "to", "states", "host"]);
  const wish: JsonObject = isJsonObject(body) ? body : {};
  const fromMs = readMoment("from", wish.from);
  const toMs = wish.to === undefined ? nowMs : readMoment("to", wish.to);
  if (toMs <= fromMs) throw new GatewayError("invalid_request", "to must be later than from");
  const states = wish.states ?? ["refused", "exhausted"];
  if (!Array.isArray(states) || states.length === 0 || states.length > STATES.length) {
    throw new GatewayError("invalid_request", `states must be a list of: ${STATES.join(", ")}`);
  }
  return {
    fromMs,
    toMs,
    states: states.map((state) => readWord("states", state, STATES)),
    ...(wish.host === undefined ? {} : { host: readHost(wish.host) }),
  };
}
