import type { FastifyInstance } from "fastify";
import { successBody } from "../../../wire/envelope.ts";
import { modelHealthData, routeData } from "../../../wire/model-health.ts";
import { wireTime } from "../../../wire/time.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { JSON_TYPE } from "../../headers.ts";
import { isOperator } from "../../operator.ts";
import { readQuery } from "../../query.ts";
import type { HttpServices } from "../../services.ts";

const WEEK_MS = 7 * 86_400_000;

/**
 * `GET /api/model-health`: how the project's tasks of each model went in the last seven days, and
 * the routes that would serve a live one now.
 */
export function addModelHealth(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  const { store, catalogue, clock } = services;
  app.get("/api/model-health", { onRequest: guard }, async (request, reply) => {
    readQuery(request, []);
    const { projectId } = callerOf(request);
    const isFull = isOperator(request, services);
    const nowMs = clock.nowMs();
    const span = { endedFromMs: nowMs - WEEK_MS, endedToMs: nowMs + 1 };
    const rows = await store.views.usage({ projectId, ...span, by: ["model"] });
    const sums = new Map(rows.map((row) => [row.model, row]));
    const models = catalogue.models.map((model) =>
      modelHealthData(
        model.id,
        sums.get(model.id) ?? null,
        services.routesOf(model).map((route) => routeData(route, isFull)),
      ),
    );
    const data = { from: wireTime(span.endedFromMs), to: wireTime(nowMs), models };
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
}
