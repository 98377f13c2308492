import type { FastifyInstance } from "fastify";
import { freeBytes } from "../../../lib/probe.ts";
import { successBody } from "../../../wire/envelope.ts";
import { systemData } from "../../../wire/system.ts";
import type { Authenticate } from "../../authenticate.ts";
import { JSON_TYPE } from "../../headers.ts";
import { requireOperator } from "../../operator.ts";
import { readQuery } from "../../query.ts";
import type { HttpServices } from "../../services.ts";

const DAY_MS = 86_400_000;

/** `GET /api/system`: what waits, what is held, how fast it writes, and the settings in force. */
export function addSystem(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  const { store, clock, settings, system } = services;
  const startedAtMs = clock.nowMs();
  app.get("/api/system", { onRequest: guard }, async (request, reply) => {
    requireOperator(request, services);
    readQuery(request, []);
    const nowMs = clock.nowMs();
    const sums = await store.views.system(nowMs + DAY_MS);
    const data = systemData({
      ...{ ...sums, ...system, nowMs, startedAtMs },
      version: settings.version,
      diskFreeBytes: await freeBytes(settings.dataDir),
      writes: store.pace(),
    });
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
}
