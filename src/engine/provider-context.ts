import { present } from "../lib/assert.ts";
import { inBackground } from "../lib/probe.ts";
import type { Provider, ProviderContext } from "../providers/provider.ts";
import type { Claim } from "../store/store.ts";
import type { EngineContext } from "./context.ts";

/** The provider of a task's present route with what it may use. */
export interface RouteInUse {
  readonly provider: Provider;
  readonly context: ProviderContext;
}

/**
 * Finds the provider and the account of the open attempt, else of the present route. The account
 * that made an operation is the only one that polls, cancels and downloads it. `null` when either
 * is not set up any more.
 */
export function routeInUse(
  engine: EngineContext,
  claim: Claim,
  signal: AbortSignal,
): RouteInUse | null {
  const route = present(claim.task.routes[claim.task.routeIndex], "route");
  const { provider: name, account: accountId } = claim.attempt ?? route;
  const provider = engine.registry.provider(name);
  const account = engine.registry.account(name, accountId);
  if (provider === null || account === null) return null;
  const { wayOut, clock, store } = engine;
  const attemptId = claim.attempt?.id ?? null;
  const context: ProviderContext = {
    account,
    signal,
    clock,
    request: (request) => wayOut.request({ account, request }, signal),
    input: (url) => wayOut.fetchInput({ url, loopback: claim.loopback }, signal),
    stage: (extension) => wayOut.stage(extension),
    wake() {
      if (attemptId === null) return;
      // Only a hint: when the write fails, the next poll comes by itself.
      inBackground(store.tasks.wake(attemptId, clock.nowMs()), () => undefined);
    },
  };
  return { provider, context };
}
