import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import { freeBytes, probe } from "../../../lib/probe.ts";
import { successBody } from "../../../wire/envelope.ts";
import { JSON_TYPE } from "../../headers.ts";
import type { HttpServices } from "../../services.ts";

const TIMEOUT_MS = 2_000;

/** `GET /ready`: the database answers and the disk has room, so that work may be sent here. */
export function addReady(app: FastifyInstance, services: HttpServices): void {
  app.get("/ready", async (_request, reply) => {
    const faults = [await storeFault(services), await diskFault(services)];
    const found = faults.filter((fault) => fault !== null);
    if (found.length > 0) throw new GatewayError("unavailable", found.join("; "));
    const data = { status: "ready", checks: { store: "ok", disk: "ok" } };
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
}

async function storeFault(services: HttpServices): Promise<string | null> {
  const { clock, store, log } = services;
  const failure = await probe(() => store.ping(), { clock, timeoutMs: TIMEOUT_MS });
  if (failure === null) return null;
  log.warn({ name: "ready", error: failure.error }, "The store does not answer");
  return "store does not answer";
}

async function diskFault(services: HttpServices): Promise<string | null> {
  const { dataDir, diskFreeBytesMin } = services.settings;
  const free = await freeBytes(dataDir);
  if (free === null) return "disk cannot be read";
  return free < diskFreeBytesMin ? "disk is nearly full" : null;
}
