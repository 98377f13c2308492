import type { FastifyInstance, FastifyRequest } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import type { LineQuery } from "../../../store/view-store.ts";
import { successBody } from "../../../wire/envelope.ts";
import { countsData } from "../../../wire/task-counts.ts";
import { taskItem } from "../../../wire/task-item.ts";
import type { Authenticate } from "../../authenticate.ts";
import { readCursor, readLimit, writeCursor } from "../../cursor.ts";
import { JSON_TYPE } from "../../headers.ts";
import { readQuery } from "../../query.ts";
import type { HttpServices } from "../../services.ts";
import { FILTER_NAMES, readFilter } from "../../task-query.ts";
import { taskView } from "../../task-view.ts";

/**
 * `GET /api/tasks` and `/counts`: the tasks of the project that a filter lets through, newest
 * first, a page at a time in either direction, and how many there are.
 */
export function addTasks(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  const { store, catalogue } = services;
  app.get("/api/tasks", { onRequest: guard }, async (request, reply) => {
    const query = readPage(request, services);
    const lines = await store.views.tasks(query);
    const [first, last] = [lines[0], lines.at(-1)];
    // Read forward, there is always something older: the place that was given.
    const isEnd = query.after === undefined && lines.length < query.limit;
    const data = {
      tasks: lines.map((line) => taskItem(line, taskView(request, services, line.task.model))),
      cursor: isEnd || last === undefined ? null : writeCursor(last.task),
      newest: first === undefined ? null : writeCursor(first.task),
    };
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
  app.get("/api/tasks/counts", { onRequest: guard }, async (request, reply) => {
    const query = readQuery(request, FILTER_NAMES);
    const counts = await store.views.counts(readFilter(request, query, catalogue));
    const kindOf = (model: string): string | null => catalogue.find(model)?.media ?? null;
    const data = countsData(counts, kindOf);
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
}

function readPage(request: FastifyRequest, { catalogue }: HttpServices): LineQuery {
  const query = readQuery(request, ["limit", "cursor", "after", ...FILTER_NAMES]);
  const before = readCursor(query.cursor);
  const after = readCursor(query.after, "after");
  if (before !== null && after !== null) {
    throw new GatewayError("invalid_request", "after cannot be given together with cursor");
  }
  return {
    ...readFilter(request, query, catalogue),
    limit: readLimit(query.limit, { usual: 20, max: 100 }),
    ...(before === null ? {} : { before }),
    ...(after === null ? {} : { after }),
  };
}
