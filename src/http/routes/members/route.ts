import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import { exactCredits } from "../../../core/money.ts";
import { ROLES, type Role } from "../../../core/role.ts";
import { present } from "../../../lib/assert.ts";
import { stateOfInvitation } from "../../../people/entry-refusal.ts";
import { successBody } from "../../../wire/envelope.ts";
import { invitationItem, memberItem } from "../../../wire/people.ts";
import { wireTime } from "../../../wire/time.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { expectMembers, fieldOf, readTextField } from "../../body-fields.ts";
import { readWord } from "../../query.ts";
import type { HttpServices, Named } from "../../services.ts";
import { actorOf } from "../deliveries/route.ts";

/** `/api/project`, `/api/members` and `/api/invitations`: a project and who may come in. */
export function addMembers(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  addProject(app, services, guard);
  addPlaces(app, services, guard);
  addInvitations(app, services, guard);
}

const NAME = { min: 1, max: 100 };

function addProject(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  const { keys, people } = services.store;
  const answer = async (projectId: string) => {
    const project = present(await keys.project(projectId), "The project of a caller");
    const { id, name, balance, createdAtMs } = project;
    const times = { created_time: wireTime(createdAtMs) };
    return successBody({ id, name, ...times, balance: exactCredits(balance) });
  };
  app.get("/api/project", { onRequest: guard }, (request) => answer(callerOf(request).projectId));
  app.post("/api/project", { onRequest: guard }, async (request) => {
    const name = readTextField(request.body, "name", NAME);
    await people.renameProject({ ...actorOf(request, services), name });
    return answer(callerOf(request).projectId);
  });
}

function addPlaces(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  const { people } = services.store;
  const change = async (wish: Parameters<typeof people.changeMember>[0]): Promise<void> => {
    const result = await people.changeMember(wish);
    if (result === "unknown") throw unknownMember();
    if (result === "changed") return;
    throw new GatewayError("conflict", "A project keeps one owner: make somebody else owner first");
  };
  app.get("/api/members", { onRequest: guard }, async (request) => {
    const members = await people.members(callerOf(request).projectId);
    return successBody({ members: members.map(memberItem) });
  });
  app.post<Named>("/api/members/:id/role", { onRequest: guard }, async (request) => {
    const { id: personId } = request.params;
    const role = readRole(request.body);
    await change({ ...actorOf(request, services), personId, role });
    const members = await people.members(callerOf(request).projectId);
    const member = members.find(({ id }) => id === personId);
    // Somebody may have removed them since.
    if (member === undefined) throw unknownMember();
    return successBody(memberItem(member));
  });
  app.post<Named>("/api/members/:id/remove", { onRequest: guard }, async (request) => {
    const { id } = request.params;
    await change({ ...actorOf(request, services), personId: id, role: null });
    return successBody({ id, removed: true });
  });
}

function unknownMember(): GatewayError {
  return new GatewayError("not_found", "No member has this id");
}

const DAY_MS = 86_400_000;
const DAYS = { usual: 7, max: 90 };

function addInvitations(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  const { people, clock, settings, store } = services;
  const listed = async (projectId: string) => {
    const invitations = await store.people.invitations(projectId);
    const nowMs = clock.nowMs();
    return invitations.map((each) => invitationItem(each, stateOfInvitation(each, nowMs)));
  };
  app.get("/api/invitations", { onRequest: guard }, async (request) =>
    successBody({ invitations: await listed(callerOf(request).projectId) }),
  );
  app.post("/api/invitations", { onRequest: guard }, async (request) => {
    const { projectId, keyId: madeBy } = callerOf(request);
    const { body } = request;
    expectMembers(body, ["role", "note", "expires_in_days"]);
    const given = fieldOf(body, "note");
    const { id, code } = await people.invite({
      ...{ projectId, madeBy, kind: "invite", role: readRole(body) },
      note: given === undefined ? "" : readTextField(body, "note", { min: 0, max: 200 }),
      lifeMs: Math.ceil(readDays(body) * DAY_MS),
    });
    const items = await listed(projectId);
    const item = present(
      items.find((each) => each.id === id),
      "The invitation",
    );
    return successBody({ ...item, url: `${settings.publicUrl}/invite/${code}` });
  });
  app.post<Named>("/api/invitations/:id/revoke", { onRequest: guard }, async (request) => {
    const { id } = request.params;
    const wish = { ...actorOf(request, services), invitationId: id };
    if (await store.people.withdraw(wish)) return successBody({ id, revoked: true });
    throw new GatewayError("not_found", "No open invitation has this id");
  });
}

function readRole(body: unknown): Role {
  return readWord("role", fieldOf(body, "role"), ROLES);
}

function readDays(body: unknown): number {
  const days = fieldOf(body, "expires_in_days") ?? DAYS.usual;
  if (typeof days === "number" && days > 0 && days <= DAYS.max) return days;
  throw new GatewayError(
    "invalid_request",
    `expires_in_days must be a number above 0, at most ${DAYS.max}`,
  );
}
