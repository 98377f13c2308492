import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import { publicJwk } from "../../../webhooks/ed25519.ts";
import type { HttpServices } from "../../services.ts";

/** For how long a receiver may keep the set; a new key signs beside the former one for a day. */
const KEEP_S = 300;

/**
 * `GET /webhooks/:project_id/jwks.json`: the public keys that verify a project's callbacks, for
 * receivers who shall not hold a secret. Open to all, as public keys are.
 */
export function addWebhookKeys(
  app: FastifyInstance,
  { store, clock, webhookSecrets }: HttpServices,
): void {
  app.get<{ Params: { project_id: string } }>(
    "/webhooks/:project_id/jwks.json",
    async (request, reply) => {
      const { project_id: projectId } = request.params;
      const settings = /^\w{1,64}$/.test(projectId)
        ? await store.webhooks.settings(projectId)
        : null;
      if (settings === null) throw new GatewayError("not_found", "No project has this id");
      const moment = { ...settings.secret, nowMs: clock.nowMs() };
      const keys = webhookSecrets.publicKeys(projectId, moment).map(publicJwk);
      return reply
        .type("application/jwk-set+json")
        .header("cache-control", `public, max-age=${KEEP_S}`)
        .send(JSON.stringify({ keys }));
    },
  );
}
