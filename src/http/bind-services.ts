import type { Route } from "../core/task.ts";
import { cancelTask } from "../engine/cancel.ts";
import type { EngineContext } from "../engine/context.ts";
import { chooseRoutes, whyServed } from "../engine/routing.ts";
import { quoteTask, submitTask } from "../engine/submit.ts";
import { takeUpstreamCallback } from "../engine/upstream-callback.ts";
import { createDiskRoom } from "../lib/disk-room.ts";
import type { Marks } from "../lib/mark.ts";
import type { Outbound } from "../lib/outbound.ts";
import type { Model } from "../models/model.ts";
import { createPing } from "../webhooks/ping.ts";
import { createKeyUses } from "./key-uses.ts";
import { createRateLimit } from "./rate-limit.ts";
import type { HttpServices } from "./services.ts";

/** What the services of the HTTP surface are bound from. */
export interface ServiceParts {
  readonly engine: EngineContext;
  readonly files: HttpServices["files"];
  readonly links: HttpServices["links"];
  readonly previews: HttpServices["previews"];
  readonly homeProjectId: string;
  readonly keyring: HttpServices["keyring"];
  readonly system: HttpServices["system"];
  readonly marks: Marks;
  readonly outbound: Pick<Outbound, "request">;
  readonly webhookSecrets: HttpServices["webhookSecrets"];
  readonly people: HttpServices["people"];
  readonly judgeCallback: HttpServices["judgeCallback"];
  readonly takeUpload: HttpServices["takeUpload"];
  /** Uploads a minute and key. */
  readonly uploadsPerMinute: number;
  readonly settings: HttpServices["settings"];
}

/** Binds the engine to the HTTP surface. */
export function bindServices({
  engine,
  marks,
  uploadsPerMinute,
  outbound,
  ...parts
}: ServiceParts): HttpServices {
  const { store, catalogue, clock, random, log } = engine;
  return {
    ...parts,
    uploadRate: createRateLimit({ eventsMax: uploadsPerMinute, windowMs: 60_000, clock }),
    keyUses: createKeyUses({ store, clock, log }),
    store,
    catalogue,
    clock,
    random,
    log,
    hardLimitMs: engine.settings.hardLimitMs,
    room: createDiskRoom(parts.settings, clock),
    ping: createPing({ outbound, clock, random, secrets: parts.webhookSecrets }),
    submit: (caller, request) => submitTask(engine, caller, request),
    cancel: (projectId, taskId) => cancelTask(engine, projectId, taskId),
    quote: (caller, request) => quoteTask(engine, caller, request),
    async upstreamCallback(name, request) {
      const attemptId = marks.read(name);
      return attemptId === null ? null : takeUpstreamCallback(engine, attemptId, request);
    },
    offline: engine.settings.offline,
    upstreams: {
      registry: engine.registry,
      known: parts.keyring.known,
      health: (provider, account) =>
        engine.accounts.health({ provider, account, upstreamModel: "", onAmbiguous: "fail" }),
    },
    servedBy: (model) => ({
      providers: routesTo(engine, model).map(({ provider }) => provider),
      why: whyServed(engine.registry, { model: model.id, offline: engine.settings.offline }),
    }),
    routesOf: (model) =>
      routesTo(engine, model).map((route) => {
        const { provider, account, upstreamModel } = route;
        const { state, untilMs } = engine.accounts.health(route);
        const isSubstitute = route.substitute === true;
        return { provider, account, upstreamModel, isSubstitute, state, untilMs };
      }),
  };
}

function routesTo({ registry, settings }: EngineContext, model: Model): readonly Route[] {
  const { offline } = settings;
  return chooseRoutes(registry, { model: model.id, mode: "live", offline });
}
