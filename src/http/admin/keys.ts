import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../core/error.ts";
import { makeId } from "../../core/id.ts";
import { makeKey } from "../../core/key.ts";
import { keyItem } from "../../wire/admin.ts";
import { successBody } from "../../wire/envelope.ts";
import { wireTime } from "../../wire/time.ts";
import { type Authenticate, callerOf } from "../authenticate.ts";
import type { HttpServices } from "../services.ts";
import { readKeyWish } from "./key-wish.ts";
import { rotateKey } from "./rotate-key.ts";

/** `/admin/keys`: make, list, rotate and revoke keys of the project. */
export function addAdminKeys(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  const { store, clock, random } = services;
  app.post("/admin/keys", { onRequest: guard }, async (request) => {
    const createdAtMs = clock.nowMs();
    const wish = readKeyWish(request.body, createdAtMs);
    const { name, mode } = wish;
    const { secret, shown } = makeKey(mode, random);
    const { projectId, keyId: madeBy } = callerOf(request);
    const id = makeId("key", random);
    await store.keys.create({ ...shown, ...wish, id, projectId, createdAtMs, madeBy });
    return successBody({ id, name, mode, key: secret });
  });
  app.post<{ Params: { id: string } }>(
    "/admin/keys/:id/rotate",
    { onRequest: guard },
    async (request) => {
      const wish = { keyId: request.params.id, body: request.body };
      const { id, secret, former, formerEndsAtMs } = await rotateKey(
        services,
        callerOf(request),
        wish,
      );
      return successBody({
        ...{ id, name: former.name, mode: former.mode, key: secret },
        ...{ former_id: former.id, former_expires_time: wireTime(formerEndsAtMs) },
      });
    },
  );
  app.get("/admin/keys", { onRequest: guard }, async (request) => {
    const keys = await store.keys.list(callerOf(request).projectId);
    return successBody({ keys: keys.map(keyItem) });
  });
  app.delete<{ Params: { id: string } }>(
    "/admin/keys/:id",
    { onRequest: guard },
    async (request) => {
      const { id } = request.params;
      const revoked = await store.keys.revoke({
        projectId: callerOf(request).projectId,
        keyId: id,
        nowMs: clock.nowMs(),
        actor: callerOf(request).keyId,
      });
      if (!revoked)
        throw new GatewayError(
          "not_found",
          "No key in force has this id; list them to see their ids",
        );
      return successBody({ id, revoked: true });
    },
  );
}
