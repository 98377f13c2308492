import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import { makeId } from "../../../core/id.ts";
import { makeKey } from "../../../core/key.ts";
import { present } from "../../../lib/assert.ts";
import type { JsonObject } from "../../../lib/json.ts";
import { KEY_HOURS_SHOWN as HOURS, hourOf } from "../../../store/day.ts";
import { successBody } from "../../../wire/envelope.ts";
import { keyData } from "../../../wire/key.ts";
import { wireTime } from "../../../wire/time.ts";
import { readKeyWish } from "../../admin/key-wish.ts";
import { rotateKey } from "../../admin/rotate-key.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import type { HttpServices } from "../../services.ts";

type Named = { Params: { id: string } };

/** `/api/keys`: the keys of a project and how they are used. */
export function addKeys(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  const { store, clock, random } = services;
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
    const createdAtMs = clock.nowMs();
    const wish = readKeyWish(request.body, createdAtMs);
    const { secret, shown } = makeKey(wish.mode, random);
    const { projectId, keyId: madeBy } = callerOf(request);
    const id = makeId("key", random);
    await store.keys.create({ ...shown, ...wish, id, projectId, createdAtMs, madeBy });
    return successBody({ ...(await one(projectId, id)), key: secret });
  });
  app.post<Named>("/api/keys/:id/rotate", { onRequest: guard }, async (request) => {
    const { params, body } = request;
    const { projectId } = callerOf(request);
    const next = await rotateKey(services, callerOf(request), { keyId: params.id, body });
    return successBody({
      ...(await one(projectId, next.id)),
      ...{ key: next.secret, former_id: next.former.id },
      former_expires_time: wireTime(next.formerEndsAtMs),
    });
  });
  app.post<Named>("/api/keys/:id/revoke", { onRequest: guard }, async (request) => {
    const { projectId, keyId: actor } = callerOf(request);
    const keyId = request.params.id;
    if (await store.keys.revoke({ projectId, keyId, nowMs: clock.nowMs(), actor })) {
      return successBody(await one(projectId, keyId));
    }
    throw new GatewayError("not_found", "No key in force has this id; list them to see their ids");
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
