import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../core/error.ts";
import { makeId } from "../../core/id.ts";
import { type Mode, makeKey } from "../../core/key.ts";
import { isJsonObject } from "../../lib/json.ts";
import { keyItem } from "../../wire/admin.ts";
import { successBody } from "../../wire/envelope.ts";
import { type Authenticate, callerOf } from "../authenticate.ts";
import type { HttpServices } from "../services.ts";

const NAME_LENGTH_MAX = 100;

/** `/admin/keys`: make, list and revoke keys of the project. */
export function addAdminKeys(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  const { store, clock, random } = services;
  app.post("/admin/keys", { onRequest: guard }, async (request) => {
    const { name, mode } = readWish(request.body);
    const { secret, shown } = makeKey(mode, random);
    const { projectId } = callerOf(request);
    const id = makeId("key", random);
    await store.keys.create({ ...shown, id, projectId, name, mode, createdAtMs: clock.nowMs() });
    return successBody({ id, name, mode, key: secret });
  });
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

function readWish(body: unknown): { readonly name: string; readonly mode: Mode } {
  const wish = isJsonObject(body) ? body : {};
  const { name = "", mode = "live" } = wish;
  if (typeof name !== "string" || name.length > NAME_LENGTH_MAX) {
    throw new GatewayError("invalid_request", `name must be a text of at most ${NAME_LENGTH_MAX}`);
  }
  if (mode === "live" || mode === "test") return { name, mode };
  throw new GatewayError("invalid_request", "mode must be one of: live, test");
}
