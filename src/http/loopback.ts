import type { FastifyRequest } from "fastify";
import type { HttpSettings } from "./services.ts";

/**
 * Whether what a request names may lie on this machine's loopback: only where nobody else can ask.
 * A request that passed a proxy does not come from this machine, wherever its socket ends.
 */
export function mayReachLoopback(request: FastifyRequest, settings: HttpSettings): boolean {
  const isForwarded = Object.keys(request.headers).some(
    (name) => name === "forwarded" || name.startsWith("x-forwarded-"),
  );
  return settings.loopbackCallbacks && !isForwarded;
}
