import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import type { KeyringEntry, KeyringWish } from "../../../engine/keyring.ts";
import { isJsonObject, type JsonObject } from "../../../lib/json.ts";
import { NO_LIMITS } from "../../../providers/settings.ts";
import { successBody } from "../../../wire/envelope.ts";
import {
  type AccountFacts,
  hostOf,
  type ProviderFacts,
  providerData,
  storedKeyData,
} from "../../../wire/provider.ts";
import type { Authenticate } from "../../authenticate.ts";
import { JSON_TYPE } from "../../headers.ts";
import { requireOperator } from "../../operator.ts";
import { readQuery } from "../../query.ts";
import type { HttpServices, Named } from "../../services.ts";
import { actorOf } from "../deliveries/route.ts";

/**
 * `/api/providers` and `/api/provider-keys`: what serves this gateway and how it stands, and keys
 * that are added while it runs. For the operator alone; a key that was added is never told again.
 */
export function addProviders(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  const { keyring } = services;
  app.get("/api/providers", { onRequest: guard }, async (request, reply) => {
    requireOperator(request, services);
    readQuery(request, []);
    const keys = await keyring.list();
    const data = {
      offline: services.offline,
      providers: providersOf(services, keys).map(providerData),
      keys: keys.map(storedKeyData),
    };
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
  app.post("/api/provider-keys", { onRequest: guard }, async (request, reply) => {
    requireOperator(request, services);
    const added = await keyring.add(actorOf(request, services), readWish(request.body));
    const data = { ...storedKeyData(added), ...effectOf(services) };
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
  app.post<Named>("/api/provider-keys/:id/remove", { onRequest: guard }, async (request, reply) => {
    requireOperator(request, services);
    const { id } = request.params;
    const isKnown = /^[a-z]+_[0-9a-z]{1,64}$/.test(id);
    if (!isKnown || !(await keyring.remove(actorOf(request, services), id))) {
      throw new GatewayError("not_found", "No provider key has this id");
    }
    const data = { key_id: id, removed: true, ...effectOf(services) };
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
}

/** A change is in force here at once; other processes on the database read it when they start. */
function effectOf({ keyring }: HttpServices): JsonObject {
  return { active: true, others_need_restart: keyring.isShared };
}

function readWish(body: unknown): KeyringWish {
  const { provider, key, account = "console", ...rest } = isJsonObject(body) ? body : {};
  if (Object.keys(rest).length > 0) {
    throw new GatewayError("invalid_request", "Body must hold provider, key and account alone");
  }
  if (typeof provider !== "string" || provider.length > 64) {
    throw new GatewayError("invalid_request", "provider must be the name of a provider");
  }
  if (typeof key !== "string" || !/^[\x21-\x7e]{8,4096}$/.test(key)) {
    throw new GatewayError("invalid_request", "key must be 8 to 4096 visible characters");
  }
  const isId = typeof account === "string" && /^[a-z0-9][a-z0-9_-]{0,39}$/.test(account);
  if (isId && account !== "environment") return { provider, key, account };
  throw new GatewayError(
    "invalid_request",
    "account must be 1 to 40 of a-z, 0-9, _ and -, and not environment",
  );
}

function providersOf(
  services: HttpServices,
  keys: readonly KeyringEntry[],
): readonly ProviderFacts[] {
  const { registry, known } = services.upstreams;
  const names = known.map(({ name }) => name);
  const active = registry.active.map(({ provider: { name, models }, accounts }) => ({
    name,
    models: Object.keys(models),
    variable: known.find((one) => one.name === name)?.variable ?? null,
    accounts: accounts.map(({ id, baseUrl, limits = NO_LIMITS }): AccountFacts => {
      const health = services.upstreams.health(name, id);
      const isAdded = keys.some((key) => key.provider === name && key.account === id);
      const said = id === "environment" ? "environment" : "file";
      const source = names.includes(name) ? (isAdded ? "console" : said) : "built-in";
      return { id, host: hostOf(baseUrl), limits, source, ...health };
    }),
  }));
  const rest = known
    .filter(({ name }) => !active.some((one) => one.name === name))
    .map(({ name, models, variable }) => {
      return { name, models: Object.keys(models), variable, accounts: [] };
    });
  return [...active, ...rest];
}
