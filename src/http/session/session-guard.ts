import type { FastifyRequest } from "fastify";
import { GatewayError } from "../../core/error.ts";
import type { Mode } from "../../core/key.ts";
import { scopesOfRole } from "../../core/role.ts";
import type { LiveSession } from "../../people/people.ts";
import { readWord } from "../query.ts";
import type { Caller, HttpServices } from "../services.ts";
import { sessionToken } from "./cookie.ts";
import { crossSiteRefusal } from "./same-origin.ts";

/** What sessions are judged by. */
export type SessionParts = Pick<HttpServices, "people" | "settings">;

/**
 * Whom a session speaks for, in the project that the request names.
 * @throws {GatewayError} 401 no session that lasts, 403 from elsewhere, 400 without a project, 404
 *   for a project of others.
 */
export async function callerBySession(
  request: FastifyRequest,
  parts: SessionParts,
): Promise<Caller> {
  const live = await requireSession(request, parts);
  const wanted = request.headers["x-vidgo-project"];
  if (wanted === undefined) {
    throw new GatewayError(
      "invalid_request",
      "X-Vidgo-Project is missing; expected the id of one of your projects (GET /api/session)",
    );
  }
  const place = live.places.find(({ projectId }) => projectId === wanted);
  if (place === undefined) throw new GatewayError("not_found", "No project has this id");
  const { person, session, confirmedUntilMs } = live;
  return {
    projectId: place.projectId,
    keyId: person.id,
    mode: readMode(request),
    scopes: scopesOfRole(place.role),
    isLimited: true,
    person: { sessionId: session.id, role: place.role, confirmedUntilMs },
  };
}

/**
 * The session that a request bears.
 * @throws {GatewayError} 401 when there is none that lasts, 403 from elsewhere.
 */
export async function requireSession(
  request: FastifyRequest,
  parts: SessionParts,
): Promise<LiveSession> {
  const live = await findSession(request, parts);
  if (live !== null) return live;
  throw new GatewayError("unauthorized", "Unauthorized - Sign in first, or again");
}

/**
 * The session that a request bears while it lasts, or `null`.
 * @throws {GatewayError} 403 from elsewhere.
 */
export async function findSession(
  request: FastifyRequest,
  { people, settings }: SessionParts,
): Promise<LiveSession | null> {
  const refusal = crossSiteRefusal(request, settings);
  if (refusal !== null) throw refusal;
  const token = sessionToken(request, settings);
  return token === null ? null : people.session(token);
}

function readMode(request: FastifyRequest): Mode {
  const mode = request.headers["x-vidgo-mode"];
  return mode === undefined ? "live" : readWord("X-Vidgo-Mode", mode, ["live", "test"]);
}
