import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import { scopesOfRole } from "../../../core/role.ts";
import type { Origin } from "../../../people/library.ts";
import { PASSWORD_LENGTH } from "../../../people/password.ts";
import type { LiveSession } from "../../../people/people.ts";
import { successBody } from "../../../wire/envelope.ts";
import { sessionData, sessionItem } from "../../../wire/people.ts";
import { wireTime } from "../../../wire/time.ts";
import { fieldOf, readSecretField, readTextField } from "../../body-fields.ts";
import { networkOf } from "../../networks.ts";
import { createRateLimit } from "../../rate-limit.ts";
import type { HttpServices, Named } from "../../services.ts";
import { clearSession, requireSafePlace, sessionToken, setSession } from "../../session/cookie.ts";
import { findSession, requireSession } from "../../session/session-guard.ts";
import { createTries } from "../../session/tries.ts";

/** `/api/session/…`: signing in and out, and what belongs to a person rather than a project. */
export function addSession(app: FastifyInstance, services: HttpServices): void {
  addWaysIn(app, services);
  addOwn(app, services);
  addCodes(app, services);
}

const ANY_PASSWORD = { min: 1, max: PASSWORD_LENGTH.max };
const NAME = { min: 1, max: 100 };
const EMAIL = { min: 3, max: 254 };
const CODE = { min: 8, max: 100 };
/** From one network; each costs a hash of a password. */
const SIGN_UPS = { eventsMax: 30, windowMs: 3_600_000 };

function addWaysIn(app: FastifyInstance, services: HttpServices): void {
  const { people, settings } = services;
  const tries = createTries(services.clock);
  const signUps = createRateLimit({ ...SIGN_UPS, clock: services.clock });
  /** Opens a session in place of the one that was borne: nobody can have known the new one. */
  const enter = async (request: FastifyRequest, reply: FastifyReply, token: string) => {
    const former = sessionToken(request, settings);
    const old = former === null ? null : await people.session(former);
    if (old !== null) {
      await services.store.people.endSessions({ personId: old.person.id, only: old.session.id });
    }
    setSession(reply, settings, token);
    return answerSession(await people.session(token), services);
  };
  const signIn = async (request: FastifyRequest, reply: FastifyReply, email: string) => {
    const password = readSecretField(request.body, "password", ANY_PASSWORD);
    const succeed = tries.begin(email, request.ip);
    const token = await people.signIn({ email, password }, originOf(request));
    succeed();
    return enter(request, reply, token);
  };
  app.post("/api/session/sign-up", async (request, reply) => {
    await findSession(request, services);
    requireSafePlace(settings);
    const { body } = request;
    const wish = {
      name: readTextField(body, "name", NAME),
      email: readTextField(body, "email", EMAIL),
      password: readSecretField(body, "password", PASSWORD_LENGTH),
      code: fieldOf(body, "code") === undefined ? null : readTextField(body, "code", CODE),
    };
    signUps.take(networkOf(request.ip));
    return enter(request, reply, await people.signUp(wish, originOf(request)));
  });
  app.post("/api/session/sign-in", async (request, reply) => {
    await findSession(request, services);
    requireSafePlace(settings);
    return signIn(request, reply, readTextField(request.body, "email", EMAIL));
  });
  app.post("/api/session/confirm", async (request, reply) => {
    const { person } = await requireSession(request, services);
    return signIn(request, reply, person.email);
  });
  app.post("/api/session/password", async (request, reply) => {
    const { person } = await requireSession(request, services);
    const { id: personId, email } = person;
    const password = readSecretField(request.body, "current_password", ANY_PASSWORD);
    const next = readSecretField(request.body, "new_password", PASSWORD_LENGTH);
    const succeed = tries.begin(email, request.ip);
    const wish = { personId, email, password, next };
    const token = await people.changePassword(wish, originOf(request));
    succeed();
    setSession(reply, settings, token);
    return answerSession(await people.session(token), services);
  });
}

function addOwn(app: FastifyInstance, services: HttpServices): void {
  const { settings, clock } = services;
  const { people: rows } = services.store;
  app.get("/api/session", async (request, reply) => {
    const live = await findSession(request, services);
    if (live === null && sessionToken(request, settings) !== null) clearSession(reply, settings);
    return answerSession(live, services);
  });
  app.post("/api/session/sign-out", async (request, reply) => {
    const live = await findSession(request, services);
    const everywhere = fieldOf(request.body, "everywhere") === true;
    if (live !== null) {
      const { person, session } = live;
      await rows.endSessions({ personId: person.id, ...(everywhere ? {} : { only: session.id }) });
    }
    clearSession(reply, settings);
    return answerSession(null, services);
  });
  app.get("/api/session/list", async (request) => {
    const { person, session } = await requireSession(request, services);
    const sessions = await rows.sessions(person.id, clock.nowMs());
    return successBody({ sessions: sessions.map((each) => sessionItem(each, session.id)) });
  });
  app.post<Named>("/api/session/:id/revoke", async (request) => {
    const { person } = await requireSession(request, services);
    const { id } = request.params;
    const ended = await rows.endSessions({ personId: person.id, only: id });
    if (ended === 0) throw new GatewayError("not_found", "No session of yours has this id");
    return successBody({ id, revoked: true });
  });
}

function addCodes(app: FastifyInstance, services: HttpServices): void {
  const { people } = services;
  app.post("/api/session/code", async (request) => {
    await findSession(request, services);
    const code = readTextField(request.body, "code", CODE);
    const { kind, role, projectName, expiresAtMs } = await people.readCode(code);
    const expires = wireTime(expiresAtMs);
    return successBody({ kind, project_name: projectName, role, expires_time: expires });
  });
  app.post("/api/session/join", async (request) => {
    const { person } = await requireSession(request, services);
    await people.join(person.id, readTextField(request.body, "code", CODE));
    return answerSession(await requireSession(request, services), services);
  });
  app.post("/api/session/projects", async (request) => {
    const { person, places } = await requireSession(request, services);
    if (people.signup === "invite" && !places.some(({ role }) => role === "owner")) {
      throw new GatewayError("permission_denied", "Only owners of a project make further ones");
    }
    if (places.length >= PROJECTS_MAX) {
      throw new GatewayError("conflict", `A person may be in ${PROJECTS_MAX} projects at most`);
    }
    await people.makeProject(person, readTextField(request.body, "name", NAME));
    return answerSession(await requireSession(request, services), services);
  });
}

/** Beyond this nobody finds anything. */
const PROJECTS_MAX = 100;

async function answerSession(live: LiveSession | null, services: HttpServices) {
  const { people, settings, store } = services;
  const places = live?.places.map((place) => ({
    ...place,
    scopes: scopesOfRole(place.role),
    runsGateway: place.projectId === services.homeProjectId && place.role === "owner",
  }));
  const facts = {
    signup: people.signup,
    setupNeeded: live === null && !(await store.people.anybody()),
    version: settings.version,
  };
  const shown = live === null ? null : { ...live, places: places ?? [] };
  return successBody(sessionData(shown, facts));
}

function originOf(request: FastifyRequest): Origin {
  return { address: request.ip, agent: request.headers["user-agent"] ?? "" };
}
