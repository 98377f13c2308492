import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GatewayError } from "../core/error.ts";
import type { Clock } from "../lib/clock.ts";
import { type Soon, withSoon } from "../lib/soon.ts";
import { ACCESS, type Access, CLOSED } from "./access.ts";
import { type Authenticate, callerOf } from "./authenticate.ts";
import { createOwnRates, type OwnRates } from "./own-rates.ts";
import { createRates, type Rates } from "./rates.ts";
import type { Caller, HttpServices } from "./services.ts";

/**
 * Adds to the guard of every route from here on what the table of access says of it: the scope
 * that a key needs, and the rate by which its requests are counted.
 */
export function watchAccess(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  const { store, system, clock } = services;
  const parts = { clock, shared: system.database === "postgres" ? store.rates : null };
  const keeper: Keeper = {
    rates: services.settings.limits === null ? null : createRates(parts),
    ownRates: createOwnRates(parts),
    nowMs: clock.nowMs,
  };
  app.addHook("onRoute", (route) => {
    if (route.onRequest === undefined) return;
    const hooks = [route.onRequest].flat();
    const method = [route.method].flat().find((each) => each !== "HEAD") ?? "GET";
    const access = ACCESS[`${method} ${route.url}`] ?? CLOSED;
    const kept = keep(guard, access, keeper);
    route.onRequest = hooks.map((hook) => (hook === guard ? kept : hook));
    if (method === "GET" || !hooks.includes(guard)) return;
    route.preHandler = [judgeAgain(guard, clock), ...[route.preHandler ?? []].flat()];
  });
}

/** A body may take half a minute to come, in which its key was revoked. */
function judgeAgain(guard: Authenticate, { monotonicMs }: Clock): Authenticate {
  return (request, reply, done) => {
    if (monotonicMs() <= request.callerUntilMs) done();
    else guard(request, reply, done);
  };
}

/** What a request is judged by once it is known who asks. */
interface Keeper {
  readonly rates: Rates | null;
  readonly ownRates: OwnRates;
  readonly nowMs: () => number;
}

function keep(guard: Authenticate, access: Access, keeper: Keeper): Authenticate {
  return (request, reply, done) => {
    guard(request, reply, (error) => {
      if (error !== undefined) return done(error);
      const refused = refusal(request, reply, { access, keeper });
      if (refused instanceof Promise) refused.then(done, done);
      else done(refused);
    });
  };
}

function refusal(
  request: FastifyRequest,
  reply: FastifyReply,
  { access, keeper }: { readonly access: Access; readonly keeper: Keeper },
): Soon<GatewayError | undefined> {
  const caller = callerOf(request);
  const closed = closedTo(caller, access, keeper.nowMs());
  if (closed !== undefined) return closed;
  return withSoon(keeper.ownRates.take(caller), (own) => {
    if (own !== null) return own;
    const { rates } = keeper;
    if (rates === null || access.rate === null || !caller.isLimited) return undefined;
    // A person looks at many lists in a minute.
    const isBrowsing = caller.person !== undefined && access.rate === "list";
    return withSoon(rates.take(isBrowsing ? "status" : access.rate, caller), (taken) => {
      if (taken instanceof GatewayError) return taken;
      reply.headers(taken);
      return undefined;
    });
  });
}

function closedTo(caller: Caller, access: Access, nowMs: number): GatewayError | undefined {
  const { person, scopes } = caller;
  if (!scopes.includes(access.scope)) {
    const who = person === undefined ? "The key" : `The role ${person.role}`;
    return new GatewayError("permission_denied", `${who} lacks the scope ${access.scope}`);
  }
  if (access.confirms !== true || person === undefined || nowMs < person.confirmedUntilMs) {
    return undefined;
  }
  return new GatewayError(
    "confirmation_required",
    "Give your password again: POST /api/session/confirm, then repeat the request",
  );
}
