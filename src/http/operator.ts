import type { FastifyRequest } from "fastify";
import { GatewayError } from "../core/error.ts";
import { callerOf } from "./authenticate.ts";
import type { HttpServices } from "./services.ts";

type Home = Pick<HttpServices, "homeProjectId">;

/**
 * Whether a caller runs this gateway: admin of the first project. Admins of other projects are
 * customers, and the accounts at providers are none of their business.
 */
export function isOperator(request: FastifyRequest, { homeProjectId }: Home): boolean {
  const { scopes, projectId } = callerOf(request);
  return scopes.includes("admin") && projectId === homeProjectId;
}

/**
 * Lets only the operator on.
 * @throws {GatewayError} `permission_denied`.
 */
export function requireOperator(request: FastifyRequest, services: Home): void {
  if (isOperator(request, services)) return;
  throw new GatewayError("permission_denied", "Only the first project of this gateway may ask");
}
