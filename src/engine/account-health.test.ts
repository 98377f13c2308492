import assert from "node:assert/strict";
import { test } from "node:test";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import type { UpstreamError } from "../core/outcome.ts";
import type { Route } from "../core/task.ts";
import { createAccounts } from "./accounts.ts";

const ROUTE: Route = {
  ...{ provider: "xai", upstreamModel: "grok", account: "main", onAmbiguous: "fail" },
};

function setup(concurrencyMax: number | null = null) {
  const clock = makeHandClock(1_000_000);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const registry = { limits: () => ({ concurrencyMax, perMinuteMax: null }) };
  return { clock, accounts: createAccounts({ registry, clock, log }) };
}

function refusal(code: UpstreamError["code"], retryAfterMs: number | null = null) {
  const error = { code, message: "no", retry: "never", retryAfterMs, billed: "no" } as const;
  return { kind: "rejected", error } as const;
}

test("health() is healthy before anything was asked, and tells who is inside", () => {
  const { accounts } = setup(1);
  const none = { state: "healthy", untilMs: null, inFlight: 0, lastError: null };
  assert.deepEqual(accounts.health(ROUTE), none);
  accounts.enter(ROUTE, "att_1");
  assert.deepEqual(accounts.health(ROUTE), { ...none, state: "busy", inFlight: 1 });
  accounts.leave("att_1");
  assert.equal(accounts.health(ROUTE).state, "healthy");
});

test("health() tells a pause, a rest and an open circuit with their ends", async () => {
  const paused = setup();
  paused.accounts.heard(ROUTE, refusal("auth"));
  const health = paused.accounts.health(ROUTE);
  assert.deepEqual([health.state, health.untilMs], ["paused", 1_300_000]);
  assert.equal(health.lastError?.error.code, "auth");
  assert.equal(health.lastError?.atMs, 1_000_000);
  await paused.clock.advance(300_000);
  assert.equal(paused.accounts.health(ROUTE).state, "healthy");

  const resting = setup();
  resting.accounts.heard(ROUTE, refusal("rate_limited", 5_000));
  const { state, untilMs } = resting.accounts.health(ROUTE);
  assert.deepEqual([state, untilMs], ["resting", 1_005_000]);

  const silent = setup();
  for (let count = 0; count < 10; count += 1) {
    silent.accounts.heard(ROUTE, refusal("upstream_unavailable"));
  }
  const open = silent.accounts.health(ROUTE);
  assert.deepEqual([open.state, open.untilMs], ["circuit", 1_030_000]);
});
