import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import type { EventRow } from "../../../store/door-store.ts";
import { eventText, eventType } from "../../../wire/event.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { readLimit } from "../../cursor.ts";
import { startEventStream, wantsStream } from "../../event-stream.ts";
import { JSON_TYPE } from "../../headers.ts";
import { readQuery } from "../../query.ts";
import type { HttpServices } from "../../services.ts";
import { createWatch, refusalByNow, type Watch } from "../../watch.ts";

/**
 * `GET /api/events`: the ends of the project's tasks in the order in which they became true, after
 * a cursor. As JSON at once or after a wait, or as a stream of server-sent events. Events are rows:
 * a cursor holds over restarts and on every node.
 */
export function addEvents(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  const watch = createWatch(app, services);
  app.get("/api/events", { onRequest: guard }, async (request, reply) => {
    const query = readQuery(request, ["cursor", "limit", "wait"]);
    const limit = readLimit(query.limit, { usual: 100, max: 500 });
    const waitMs = readWait(query.wait);
    const wish = { cursor: lastEventId(request) ?? query.cursor ?? "0", limit };
    const after = await readPosition(request, services, wish.cursor);
    using _place = watch.enter(request);
    const feed: Feed = { services, guard, watch, after, limit };
    if (wantsStream(request)) return await stream(request, reply, feed);
    const events = await longPoll(request, reply, { feed, waitMs });
    const cursor = events.at(-1)?.position ?? after;
    const list = events.map(eventText).join(",");
    const body = `{"code":200,"data":{"events":[${list}],"cursor":"${cursor}"}}`;
    return reply.type(JSON_TYPE).send(body);
  });
}

interface Feed {
  readonly services: HttpServices;
  readonly guard: Authenticate;
  readonly watch: Watch;
  /** The position after which to begin. */
  readonly after: number;
  readonly limit: number;
}

const WAIT_MAX_S = 25;
/** Hints may be lost: without any the database is asked this often. */
const LOOK_EVERY_MS = 1_000;
const BEAT_EVERY_MS = 15_000;

/** Gives what is there, or waits for the next. */
async function longPoll(
  request: FastifyRequest,
  reply: FastifyReply,
  { feed, waitMs }: { readonly feed: Feed; readonly waitMs: number },
): Promise<readonly EventRow[]> {
  const { guard, watch, after, limit } = feed;
  const { store, clock } = feed.services;
  const { projectId } = callerOf(request);
  const untilMs = clock.monotonicMs() + waitMs;
  const gone = new AbortController();
  request.raw.once("close", () => gone.abort());
  const ended = AbortSignal.any([gone.signal, watch.closing]);
  for (;;) {
    const events = await store.events.after(projectId, after, limit);
    const leftMs = untilMs - clock.monotonicMs();
    if (events.length > 0 || leftMs <= 0 || ended.aborted) return events;
    await watch.next(Math.min(leftMs, LOOK_EVERY_MS), ended);
    const refusal = ended.aborted ? null : await refusalByNow(guard, request, reply);
    if (refusal !== null) throw refusal;
  }
}

async function stream(request: FastifyRequest, reply: FastifyReply, feed: Feed): Promise<void> {
  const { services, guard, watch, limit } = feed;
  const { store, clock } = services;
  const { projectId } = callerOf(request);
  using line = startEventStream(request, reply, watch.closing);
  let after = feed.after;
  let saidMs = clock.monotonicMs();
  await line.beat();
  while (!line.signal.aborted && (await refusalByNow(guard, request, reply)) === null) {
    const events = await store.events.after(projectId, after, limit);
    for (const event of events) {
      const data = eventText(event);
      await line.send({ type: eventType(event), id: String(event.position), data });
      after = event.position;
    }
    if (events.length > 0) saidMs = clock.monotonicMs();
    if (events.length === limit) continue;
    if (clock.monotonicMs() - saidMs >= BEAT_EVERY_MS) {
      saidMs = clock.monotonicMs();
      await line.beat();
    }
    await watch.next(LOOK_EVERY_MS, line.signal);
  }
}

function lastEventId(request: FastifyRequest): string | null {
  const value = request.headers["last-event-id"];
  return typeof value === "string" && value !== "" ? value : null;
}

/** `now` begins with what comes next; a number goes on after an event that was seen. */
async function readPosition(
  request: FastifyRequest,
  { store }: HttpServices,
  cursor: string,
): Promise<number> {
  if (cursor === "now") return store.events.latest(callerOf(request).projectId);
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new GatewayError("invalid_request", "cursor must be now or one that an event gave");
}

function readWait(text: string | undefined): number {
  const seconds = Number(text ?? "0");
  if (/^\d{1,3}$/.test(text ?? "0") && seconds <= WAIT_MAX_S) return seconds * 1000;
  throw new GatewayError("invalid_request", `wait must be 0 to ${WAIT_MAX_S} seconds`);
}
