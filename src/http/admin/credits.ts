import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../core/error.ts";
import { makeId } from "../../core/id.ts";
import { exactCredits, fromCredits } from "../../core/money.ts";
import { isJsonObject } from "../../lib/json.ts";
import { successBody } from "../../wire/envelope.ts";
import { type Authenticate, callerOf } from "../authenticate.ts";
import type { HttpServices } from "../services.ts";

const GRANT_MAX = 1e9;

/** `/admin/credits`: the balance of the project, and gifts to it. */
export function addAdminCredits(
  app: FastifyInstance,
  { store, clock, random }: HttpServices,
  guard: Authenticate,
): void {
  app.get("/admin/credits", { onRequest: guard }, async (request) => {
    const balance = await store.tasks.balance(callerOf(request).projectId);
    return successBody({ credits: exactCredits(balance) });
  });
  app.post("/admin/credits", { onRequest: guard }, async (request) => {
    const { projectId } = callerOf(request);
    const { amount, note } = readGift(request.body);
    const nowMs = clock.nowMs();
    await store.tasks.grant({ id: makeId("ledger", random), projectId, amount, note, nowMs });
    const balance = await store.tasks.balance(projectId);
    return successBody({ credits: exactCredits(balance) });
  });
}

function readGift(body: unknown): { readonly amount: number; readonly note: string } {
  const { credits, note = "" } = isJsonObject(body) ? body : {};
  const isAmount = typeof credits === "number" && credits > 0 && credits <= GRANT_MAX;
  if (isAmount && typeof note === "string") return { amount: fromCredits(credits), note };
  throw new GatewayError("invalid_request", "credits must be a number above 0, note a text");
}
