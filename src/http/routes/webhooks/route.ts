import type { FastifyInstance } from "fastify";
import { SECRET_OVERLAP_MS } from "../../../core/delivery.ts";
import { GatewayError } from "../../../core/error.ts";
import { present } from "../../../lib/assert.ts";
import { isJsonObject, type JsonObject } from "../../../lib/json.ts";
import type { Endpoint, WebhookChange, WebhookSettings } from "../../../store/door-store.ts";
import { answerData } from "../../../wire/delivery.ts";
import { successBody } from "../../../wire/envelope.ts";
import { wireTime } from "../../../wire/time.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { mayReachLoopback } from "../../loopback.ts";
import { readWord } from "../../query.ts";
import type { HttpServices } from "../../services.ts";
import { actorOf } from "../deliveries/route.ts";

/** `/api/webhooks/…`: secret, settings, endpoints and a test event of the key's project. */
export function addWebhooks(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  const { webhooks } = services.store;
  const of = async (projectId: string): Promise<WebhookSettings> =>
    present(await webhooks.settings(projectId), "The project of a key");
  app.get("/api/webhooks/secret", { onRequest: guard }, async (request) => {
    const { projectId } = callerOf(request);
    return successBody(secretData(projectId, await of(projectId), services));
  });
  app.post("/api/webhooks/secret/rotate", { onRequest: guard }, async (request) => {
    const turned = present(await webhooks.rotate(actorOf(request, services)), "The project");
    return successBody(secretData(callerOf(request).projectId, turned, services));
  });
  app.get("/api/webhooks/settings", { onRequest: guard }, async (request) =>
    successBody(settingsData(await of(callerOf(request).projectId))),
  );
  app.post("/api/webhooks/settings", { onRequest: guard }, async (request) => {
    const change = { ...actorOf(request, services), ...readChange(request.body) };
    return successBody(settingsData(present(await webhooks.change(change), "The project")));
  });
  app.get("/api/webhooks/endpoints", { onRequest: guard }, async (request) => {
    const endpoints = await webhooks.endpoints(callerOf(request).projectId);
    return successBody({ endpoints: endpoints.map(endpointData) });
  });
  app.post("/api/webhooks/endpoints/enable", { onRequest: guard }, async (request) => {
    const host = readText(request.body, "host");
    const enabled = await webhooks.enable({ ...actorOf(request, services), host });
    if (!enabled) throw new GatewayError("not_found", "No endpoint of this host is disabled");
    return successBody({ host, enabled: true });
  });
  app.post("/api/webhooks/ping", { onRequest: guard }, async (request) => {
    const url = readText(request.body, "url");
    const loopback = mayReachLoopback(request, services.settings);
    const fault = services.judgeCallback(url, loopback);
    if (fault !== null) throw new GatewayError("invalid_request", `url ${fault}`);
    const { projectId } = callerOf(request);
    const result = await services.ping({ projectId, url, loopback, ...(await of(projectId)) });
    return successBody({ event_id: result.eventId, ...answerData(result) });
  });
}

function secretData(
  projectId: string,
  { secret }: WebhookSettings,
  { webhookSecrets, clock, settings }: HttpServices,
): JsonObject {
  const moment = { ...secret, nowMs: clock.nowMs() };
  const [now, former] = webhookSecrets.inForce(projectId, moment);
  const [publicKey] = webhookSecrets.publicKeys(projectId, moment);
  const endMs = (secret.turnedAtMs ?? 0) + SECRET_OVERLAP_MS;
  return {
    secret: now,
    former_secret: former ?? null,
    former_until: former === undefined ? null : wireTime(endMs),
    public_key: publicKey,
    jwks_url: `${settings.publicUrl}/webhooks/${projectId}/jwks.json`,
  };
}

function settingsData({ body, retry4xx }: WebhookSettings): JsonObject {
  return { body, retry_4xx: retry4xx };
}

function endpointData(endpoint: Endpoint): JsonObject {
  const { failingSinceMs, disabledAtMs } = endpoint;
  return {
    host: endpoint.host,
    failing_since: failingSinceMs === null ? null : wireTime(failingSinceMs),
    disabled_time: disabledAtMs === null ? null : wireTime(disabledAtMs),
    reason: endpoint.reason,
  };
}

function readChange(body: unknown): Pick<WebhookChange, "body" | "retry4xx"> {
  const { body: form, retry_4xx: retry4xx, ...rest } = isJsonObject(body) ? body : {};
  if (Object.keys(rest).length > 0 || (form === undefined && retry4xx === undefined)) {
    throw new GatewayError("invalid_request", "Body must hold body or retry_4xx and nothing else");
  }
  if (retry4xx !== undefined && typeof retry4xx !== "boolean") {
    throw new GatewayError("invalid_request", "retry_4xx must be true or false");
  }
  return {
    ...(form === undefined ? {} : { body: readWord("body", form, ["flat", "wrapped"]) }),
    ...(retry4xx === undefined ? {} : { retry4xx }),
  };
}

function readText(body: unknown, name: string): string {
  const value = isJsonObject(body) ? body[name] : undefined;
  if (typeof value === "string" && value !== "" && value.length <= 2_048) return value;
  throw new GatewayError("invalid_request", `${name} must be a text of 1 to 2048 characters`);
}
