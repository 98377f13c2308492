import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../core/error.ts";
import { exactCredits } from "../../core/money.ts";
import { successBody } from "../../wire/envelope.ts";
import { personItem } from "../../wire/people.ts";
import { wireTime } from "../../wire/time.ts";
import { type Authenticate, callerOf } from "../authenticate.ts";
import type { HttpServices } from "../services.ts";

const LINK_LIFE_MS = 86_400_000;

/** Makes a link with which somebody becomes an owner of the project: once, within a day. */
export async function makeSetupLink(
  { people, clock, settings }: Pick<HttpServices, "people" | "clock" | "settings">,
  projectId: string,
): Promise<{ readonly url: string; readonly expiresAtMs: number }> {
  const expiresAtMs = clock.nowMs() + LINK_LIFE_MS;
  const { code } = await people.invite({
    ...{ projectId, kind: "setup", role: "owner", note: "", madeBy: "operator" },
    lifeMs: LINK_LIFE_MS,
  });
  return { url: `${settings.publicUrl}/setup/${code}`, expiresAtMs };
}

/** `/admin/setup-link`, `/admin/people`, `/admin/projects`: who is there, and the way in. */
export function addAdminPeople(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  const { store } = services;
  app.post("/admin/setup-link", { onRequest: guard }, async (request) => {
    const { url, expiresAtMs } = await makeSetupLink(services, callerOf(request).projectId);
    return successBody({ url, expires_time: wireTime(expiresAtMs) });
  });
  app.get("/admin/people", { onRequest: guard }, async () => {
    const people = await store.people.everybody();
    return successBody({ people: people.map(personItem) });
  });
  app.get("/admin/projects", { onRequest: guard }, async () => {
    const projects = await store.people.projects();
    return successBody({
      projects: projects.map(({ id, name, email, members, balance, createdAtMs }) => ({
        ...{ id, name, email, members, credits: exactCredits(balance) },
        created_time: wireTime(createdAtMs),
      })),
    });
  });
  app.delete<{ Params: { email: string } }>(
    "/admin/people/:email",
    { onRequest: guard },
    async (request) => {
      const email = request.params.email.toLowerCase();
      const where = [{ column: "email", operator: "=", value: email }] as const;
      const removal = { kind: "delete", table: "person", where } as const;
      const result = await store.people.write({ writes: [removal], entry: null });
      if (result.kind === "written" && (result.rows[0]?.length ?? 0) > 0) {
        return successBody({ email, removed: true });
      }
      throw new GatewayError("not_found", "Nobody has an account with this address");
    },
  );
}
