import type { FastifyInstance } from "fastify";
import { present } from "../../../lib/assert.ts";
import type { JsonObject } from "../../../lib/json.ts";
import { KEY_HOURS_SHOWN as HOURS, hourOf } from "../../../store/day.ts";
import { successBody } from "../../../wire/envelope.ts";
import { keyData } from "../../../wire/key.ts";
import { wireTime } from "../../../wire/time.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { createKey, revokeKey, rotateKey } from "../../project-keys.ts";
import type { HttpServices, Named } from "../../services.ts";

/** `/api/keys`: the keys of a project and how they are used. */
export function addKeys(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  const listed = (projectId: string) => listKeys(services, projectId);
  const one = async (projectId: string, keyId: string): Promise<JsonObject> =>
    present(
      (await listed(projectId)).find(({ id }) => id === keyId),
      "The key",
    );
  app.get("/api/keys", { onRequest: guard }, async (request) =>
    successBody({ keys: await listed(callerOf(request).projectId) }),
  );
  app.post("/api/keys", { onRequest: guard }, async (request) => {
    const caller = callerOf(request);
    const { id, secret } = await createKey(services, caller, request.body);
    return successBody({ ...(await one(caller.projectId, id)), key: secret });
  });
  app.post<Named>("/api/keys/:id/rotate", { onRequest: guard }, async (request) => {
    const { params, body } = request;
    const caller = callerOf(request);
    const next = await rotateKey(services, caller, { keyId: params.id, body });
    return successBody({
      ...(await one(caller.projectId, next.id)),
      ...{ key: next.secret, former_id: next.former.id },
      former_expires_time: wireTime(next.formerEndsAtMs),
    });
  });
  app.post<Named>("/api/keys/:id/revoke", { onRequest: guard }, async (request) => {
    const caller = callerOf(request);
    const { id } = request.params;
    await revokeKey(services, caller, id);
    return successBody(await one(caller.projectId, id));
  });
}

/** The keys of a project, newest first. */
async function listKeys(
  { store, clock, keyUses }: HttpServices,
  projectId: string,
): Promise<readonly JsonObject[]> {
  const nowMs = clock.nowMs();
  const fromHour = hourOf(nowMs) - HOURS + 1;
  const [keys, activity] = await Promise.all([
    store.keys.list(projectId),
    store.keys.activity({ projectId, fromHour, nowMs }),
  ]);
  return keys.toReversed().map((key) => {
    const uses = Array.from({ length: HOURS }, () => 0);
    for (const { keyId, hour, uses: count } of activity.uses) {
      if (keyId === key.id && hour - fromHour < HOURS) uses[hour - fromHour] = count;
    }
    uses[HOURS - 1] = (uses[HOURS - 1] ?? 0) + keyUses.pending(key.id);
    const spent = activity.spentToday.find(({ keyId }) => keyId === key.id);
    return keyData(key, { uses, spentToday: spent?.amount ?? 0 }, nowMs);
  });
}
