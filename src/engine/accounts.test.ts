import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import { upstreamError } from "../../test/support/scripted-provider.ts";
import type { SubmitOutcome, UpstreamError } from "../core/outcome.ts";
import type { Route } from "../core/task.ts";
import { silentLog } from "../lib/log.ts";
import { createAccounts } from "./accounts.ts";

const ROUTE: Route = {
  provider: "xai",
  upstreamModel: "grok-imagine-video",
  account: "main",
  onAmbiguous: "fail",
};
const OTHER_MODEL: Route = { ...ROUTE, upstreamModel: "grok-imagine-image" };
const OTHER_ACCOUNT: Route = { ...ROUTE, account: "second" };
const ACCEPTED: SubmitOutcome = { kind: "accepted", operation: "1", pollAfterMs: 0 };

function setup(limits: { concurrency?: number; rate?: number } = {}) {
  const clock = makeHandClock();
  const { concurrency = null, rate = null } = limits;
  const registry = { limits: () => ({ concurrencyMax: concurrency, perMinuteMax: rate }) };
  const accounts = createAccounts({ registry, clock, log: silentLog });
  const ids = Array.from({ length: 50 }, (_, index) => `attempt-${index}`);
  return {
    accounts,
    clock,
    /** Enters with an attempt of its own and says what came of it. */
    enter: (route = ROUTE) => accounts.enter(route, ids.pop() ?? ""),
    refuse: (change: Partial<UpstreamError>, route = ROUTE) =>
      accounts.heard(route, { kind: "rejected", error: upstreamError(change) }),
  };
}

describe("limits", () => {
  test("enter() lets no more in at a time than the account may have", () => {
    const { accounts } = setup({ concurrency: 2 });
    assert.equal(accounts.enter(ROUTE, "a").kind, "go");
    assert.equal(accounts.enter(OTHER_MODEL, "b").kind, "go");
    assert.deepEqual(accounts.enter(ROUTE, "c"), { kind: "wait", afterMs: 1_000 });
    assert.equal(accounts.enter(OTHER_ACCOUNT, "d").kind, "go");
    accounts.leave("a");
    assert.equal(accounts.enter(ROUTE, "c").kind, "go");
  });

  test("keep() counts jobs of an earlier start, as long as they are asked about", async () => {
    const { accounts, clock } = setup({ concurrency: 1 });
    accounts.keep(ROUTE, "old");
    assert.equal(accounts.enter(ROUTE, "new").kind, "wait");
    await clock.advance(100_000);
    accounts.keep(ROUTE, "old");
    await clock.advance(100_000);
    assert.equal(accounts.enter(ROUTE, "new").kind, "wait");
    await clock.advance(100_000);
    assert.equal(accounts.enter(ROUTE, "new").kind, "go");
  });

  test("enter() holds the place of a submit until its answer, however late", async () => {
    const { accounts, clock } = setup({ concurrency: 1 });
    assert.equal(accounts.enter(ROUTE, "slow").kind, "go");
    await clock.advance(900_000);
    assert.equal(accounts.enter(ROUTE, "next").kind, "wait");
    accounts.keep(ROUTE, "slow");
    assert.equal(accounts.enter(ROUTE, "next").kind, "wait");
    await clock.advance(121_000);
    assert.equal(accounts.enter(ROUTE, "next").kind, "go");
  });

  test("enter() sends no more within any minute than the account may", async () => {
    const { enter, clock } = setup({ rate: 2 });
    assert.equal(enter().kind, "go");
    await clock.advance(20_000);
    assert.equal(enter().kind, "go");
    assert.deepEqual(enter(), { kind: "wait", afterMs: 40_000 });
    await clock.advance(40_000);
    assert.equal(enter().kind, "go");
    assert.deepEqual(enter(), { kind: "wait", afterMs: 20_000 });
  });
});

describe("Retry-After", () => {
  test("heard() holds the whole account as long as asked, within 1 s and 15 min", async () => {
    for (const [askedMs, heldMs] of [
      [7_000, 7_000],
      [0, 1_000],
      [86_400_000, 900_000],
    ] as const) {
      const { enter, refuse, clock } = setup();
      refuse({ code: "rate_limited", retryAfterMs: askedMs });
      assert.deepEqual(enter(OTHER_MODEL), { kind: "wait", afterMs: heldMs });
      assert.equal(enter(OTHER_ACCOUNT).kind, "go");
      await clock.advance(heldMs);
      assert.equal(enter().kind, "go");
    }
  });

  test("heard() holds nothing on a rate limit that names no time: each task backs off", () => {
    const { enter, refuse } = setup();
    refuse({ code: "rate_limited", retryAfterMs: null });
    assert.equal(enter().kind, "go");
  });
});

describe("pauses", () => {
  test("heard() pauses an account whose key or money is gone, for all its models", () => {
    for (const code of ["auth", "quota_exhausted"] as const) {
      const { enter, refuse, accounts } = setup();
      refuse({ code, retry: "other-route" });
      const permit = enter(OTHER_MODEL);
      assert.equal(permit.kind === "paused" ? permit.error.code : permit.kind, code);
      assert.equal(permit.kind === "paused" ? permit.error.retry : "", "other-route");
      assert.equal(accounts.trouble(ROUTE)?.code, code);
      assert.equal(accounts.trouble(OTHER_ACCOUNT), null);
    }
  });

  test("heard() pauses only the model that the account may not use", () => {
    const { enter, refuse } = setup();
    refuse({ code: "permission" });
    assert.equal(enter().kind, "paused");
    assert.equal(enter(OTHER_MODEL).kind, "go");
  });

  test("enter() sends one task after five minutes, and opens again when it is taken", async () => {
    const { enter, refuse, accounts, clock } = setup();
    refuse({ code: "auth" });
    await clock.advance(299_000);
    assert.equal(enter().kind, "paused");
    await clock.advance(1_000);
    assert.equal(enter().kind, "go");
    assert.equal(enter().kind, "paused", "only one tries");
    accounts.heard(ROUTE, ACCEPTED);
    assert.equal(enter().kind, "go");
  });

  test("enter() waits five minutes more when the one that tried was refused too", async () => {
    const { enter, refuse, clock } = setup();
    refuse({ code: "auth" });
    await clock.advance(300_000);
    assert.equal(enter().kind, "go");
    refuse({ code: "auth" });
    await clock.advance(299_000);
    assert.equal(enter().kind, "paused");
  });

  test("heard() learns nothing about a key from an upstream that does not answer", async () => {
    const { enter, refuse, clock } = setup();
    refuse({ code: "auth" });
    await clock.advance(300_000);
    assert.equal(enter().kind, "go");
    refuse({ code: "upstream_unavailable" });
    assert.equal(enter().kind, "paused");
    await clock.advance(60_000);
    assert.equal(enter().kind, "go", "the next one tries a minute later");
  });

  test("heard() learns nothing from an input of ours that cannot be fetched", async () => {
    const { enter, refuse, clock } = setup();
    refuse({ code: "auth" });
    await clock.advance(300_000);
    assert.equal(enter().kind, "go");
    refuse({ code: "input_unreachable" });
    assert.equal(enter().kind, "paused", "the upstream was not asked");
  });

  test("heard() pauses nothing for a refusal of the input or the content", () => {
    for (const code of ["invalid_request", "content_policy", "model_unavailable"] as const) {
      const { enter, refuse } = setup();
      refuse({ code });
      assert.equal(enter().kind, "go");
    }
  });
});

test("heard() lets an account rest whose upstream does not answer", async () => {
  const { enter, accounts, clock } = setup();
  const silence: SubmitOutcome = { kind: "unknown", error: upstreamError() };
  for (let call = 0; call < 10; call += 1) accounts.heard(ROUTE, silence);
  assert.deepEqual(enter(), { kind: "wait", afterMs: 30_000 });
  await clock.advance(30_000);
  assert.equal(enter().kind, "go");
});

test("heard() lets it rest again, though one of its calls is answered now and then", async () => {
  const { enter, accounts, clock } = setup();
  const silence: SubmitOutcome = { kind: "unknown", error: upstreamError() };
  const hear = (outcome: SubmitOutcome, times = 1): void => {
    for (let call = 0; call < times; call += 1) accounts.heard(ROUTE, outcome);
  };
  hear(silence, 10);
  await clock.advance(30_000);
  hear(ACCEPTED);
  hear(silence, 6);
  hear(ACCEPTED);
  hear(silence, 6);
  assert.deepEqual(enter(), { kind: "wait", afterMs: 30_000 });
});

test("heard() holds silence against an account for five minutes", async () => {
  const { enter, accounts, clock } = setup();
  const silence: SubmitOutcome = { kind: "unknown", error: upstreamError() };
  for (let call = 0; call < 9; call += 1) accounts.heard(ROUTE, silence);
  await clock.advance(300_000);
  accounts.heard(ROUTE, silence);
  assert.equal(enter().kind, "go");
});

test("heard() takes no input that cannot be fetched for an answer of the upstream", () => {
  const { enter, accounts, refuse } = setup();
  const silence: SubmitOutcome = { kind: "unknown", error: upstreamError() };
  for (let call = 0; call < 10; call += 1) {
    refuse({ code: "input_unreachable" });
    accounts.heard(ROUTE, silence);
  }
  assert.deepEqual(enter(), { kind: "wait", afterMs: 30_000 });
});
