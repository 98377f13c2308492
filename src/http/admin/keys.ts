import type { FastifyInstance } from "fastify";
import { keyItem } from "../../wire/admin.ts";
import { successBody } from "../../wire/envelope.ts";
import { wireTime } from "../../wire/time.ts";
import { type Authenticate, callerOf } from "../authenticate.ts";
import { createKey, revokeKey, rotateKey } from "../project-keys.ts";
import type { HttpServices, Named } from "../services.ts";

/** `/admin/keys`: make, list, rotate and revoke keys of the project. */
export function addAdminKeys(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  app.post("/admin/keys", { onRequest: guard }, async (request) => {
    const { secret, ...made } = await createKey(services, callerOf(request), request.body);
    return successBody({ ...made, key: secret });
  });
  app.post<Named>("/admin/keys/:id/rotate", { onRequest: guard }, async (request) => {
    const wish = { keyId: request.params.id, body: request.body };
    const next = await rotateKey(services, callerOf(request), wish);
    const { former } = next;
    return successBody({
      ...{ id: next.id, name: former.name, mode: former.mode, key: next.secret },
      ...{ former_id: former.id, former_expires_time: wireTime(next.formerEndsAtMs) },
    });
  });
  app.get("/admin/keys", { onRequest: guard }, async (request) => {
    const keys = await services.store.keys.list(callerOf(request).projectId);
    return successBody({ keys: keys.map(keyItem) });
  });
  app.delete<Named>("/admin/keys/:id", { onRequest: guard }, async (request) => {
    const { id } = request.params;
    await revokeKey(services, callerOf(request), id);
    return successBody({ id, revoked: true });
  });
}
