import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GatewayError } from "../core/error.ts";
import { ACCESS, type Access, CLOSED } from "./access.ts";
import { type Authenticate, callerOf } from "./authenticate.ts";
import { createRates, type Rates } from "./rates.ts";
import type { HttpServices } from "./services.ts";

/**
 * Adds to the guard of every route from here on what the table of access says of it: the scope
 * that a key needs, and the rate by which its requests are counted.
 */
export function watchAccess(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  const rates = services.settings.limits === null ? null : createRates(services.clock);
  app.addHook("onRoute", (route) => {
    if (route.onRequest === undefined) return;
    const hooks = [route.onRequest].flat();
    const method = [route.method].flat().find((each) => each !== "HEAD") ?? "GET";
    const access = ACCESS[`${method} ${route.url}`] ?? CLOSED;
    const keeper = keep(guard, access, rates);
    route.onRequest = hooks.map((hook) => (hook === guard ? keeper : hook));
  });
}

function keep(guard: Authenticate, access: Access, rates: Rates | null): Authenticate {
  return (request, reply, done) => {
    guard(request, reply, (error) => {
      done(error ?? refusal(request, reply, { access, rates }));
    });
  };
}

function refusal(
  request: FastifyRequest,
  reply: FastifyReply,
  { access, rates }: { readonly access: Access; readonly rates: Rates | null },
): GatewayError | undefined {
  const caller = callerOf(request);
  if (!caller.scopes.includes(access.scope)) {
    return new GatewayError("permission_denied", `The key lacks the scope ${access.scope}`);
  }
  if (rates === null || access.rate === null || !caller.isLimited) return undefined;
  const taken = rates.take(access.rate, caller);
  if (taken instanceof GatewayError) return taken;
  reply.headers(taken);
  return undefined;
}
