import type { FastifyInstance, FastifyRequest } from "fastify";
import { GatewayError } from "../../core/error.ts";
import { makeId } from "../../core/id.ts";
import { fromCredits, type Millicredits } from "../../core/money.ts";
import { isJsonObject } from "../../lib/json.ts";
import { creditsData } from "../../wire/admin.ts";
import { successBody } from "../../wire/envelope.ts";
import { type Authenticate, callerOf } from "../authenticate.ts";
import { fieldOf } from "../body-fields.ts";
import { readQuery } from "../query.ts";
import type { HttpServices } from "../services.ts";

const GIFT_MAX = 1e9;
const NOTE_LENGTH_MAX = 500;

/** `/admin/credits`: the balance of a project, the first one unless said, and gifts to it. */
export function addAdminCredits(
  app: FastifyInstance,
  { store, clock, random }: HttpServices,
  guard: Authenticate,
): void {
  const projectOf = async (wanted: unknown, request: FastifyRequest): Promise<string> => {
    if (wanted === undefined) return callerOf(request).projectId;
    const project = await store.keys.project(String(wanted));
    if (project !== null) return project.id;
    throw new GatewayError("not_found", "No project has this id; vidgo projects lists them");
  };
  app.get("/admin/credits", { onRequest: guard }, async (request) => {
    const projectId = await projectOf(readQuery(request, ["project_id"]).project_id, request);
    return successBody(creditsData(await store.tasks.balance(projectId)));
  });
  app.post("/admin/credits", { onRequest: guard }, async (request) => {
    const projectId = await projectOf(fieldOf(request.body, "project_id"), request);
    const { amount, note } = readGift(request.body);
    const nowMs = clock.nowMs();
    await store.tasks.grant({ id: makeId("ledger", random), projectId, amount, note, nowMs });
    return successBody(creditsData(await store.tasks.balance(projectId)));
  });
}

function readGift(body: unknown): { readonly amount: Millicredits; readonly note: string } {
  const { credits, note = "" } = isJsonObject(body) ? body : {};
  const amount = typeof credits === "number" && credits <= GIFT_MAX ? fromCredits(credits) : 0;
  if (amount < 1) {
    throw new GatewayError(
      "invalid_request",
      `credits must be a number from 0.001 to ${GIFT_MAX}, at most three digits after the point`,
    );
  }
  if (typeof note === "string" && note.length <= NOTE_LENGTH_MAX) return { amount, note };
  const most = `${NOTE_LENGTH_MAX} characters`;
  throw new GatewayError("invalid_request", `note must be a text of at most ${most}`);
}
