import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Finding, type InquiryMove, type InquiryPosition, inquire } from "./inquiry.ts";
import { INQUIRY_ENDS } from "./lifecycle.ts";
import type { CancelOutcome, Production, UpstreamError } from "./outcome.ts";
import type { Attempt, Route, Task } from "./task.ts";
import type { ProviderTraits } from "./traits.ts";

const T0 = 1_700_000_000_000;
const GRACE_MS = 120_000;

const PRODUCTION: Production = {
  ...{ artifacts: [], outputs: [], creations: [], meta: null },
  cost: { amount: "0.25", unit: "usd" },
};

function failure(
  billed: UpstreamError["billed"],
  change: Partial<UpstreamError> = {},
): UpstreamError {
  const error = { code: "generation_failed", message: "It failed", retry: "never" } as const;
  return { ...error, retryAfterMs: null, billed, ...change };
}

describe("inquire()", () => {
  test("ends in every way of the page on the life of a task, and in no other", () => {
    const made = new Set<string>();
    for (const position of positions()) {
      for (const finding of FINDINGS) {
        // It refuses by itself an end that is not on the page.
        const move = inquire(position, finding);
        if (move.kind === "close") made.add(nameOf(move));
      }
    }
    const listed = INQUIRY_ENDS.map(({ state, billed }) => `${state} ${billed}`);
    assert.deepEqual([...made].sort(), listed.sort());
  });

  test("books what a late success cost, and says so of a failure", () => {
    const done = inquire(setup({}), polled({ kind: "completed", production: PRODUCTION }));
    assert.deepEqual(done, {
      kind: "close",
      attempt: {
        ...{ state: "succeeded", production: PRODUCTION, ended: true },
        ...{ billed: "yes", cost: PRODUCTION.cost },
      },
    });
    const error = failure("yes", { cost: { amount: "3", unit: "credits" } });
    const failed = inquire(setup({}), polled({ kind: "failed", error }));
    assert.ok(failed.kind === "close");
    assert.deepEqual([failed.attempt.state, failed.attempt.error], ["failed", error]);
  });

  test("takes a job that is gone after the provider stopped it for stopped, else waits", () => {
    const lost = polled({ kind: "lost" });
    assert.equal(nameOf(inquire(setup({ told: "canceled" }), lost)), "canceled unknown");
    assert.equal(inquire(setup({ told: "too-late" }), lost).kind, "ask");
    assert.equal(nameOf(inquire(setup({ elapsedMs: 400_000, troubles: 5 }), lost)), "lost unknown");
  });

  test("never believes before the grace is over that a submit was not registered", () => {
    const absent = { kind: "searched", outcome: { kind: "absent" } } as const;
    const early = inquire(setup({ elapsedMs: GRACE_MS - 1 }), absent);
    assert.deepEqual(early, { kind: "ask", dueInMs: 1 });
    assert.equal(nameOf(inquire(setup({ elapsedMs: GRACE_MS }), absent)), "canceled no");
    const blind = setup({ elapsedMs: GRACE_MS, resubmit: "blind" });
    assert.equal(inquire(blind, absent).kind, "ask", "its no is no proof");
  });

  test("waits for a callback where one may come, and gives up where none will", () => {
    const unasked = { kind: "unasked" } as const;
    const late = { elapsedMs: GRACE_MS, resubmit: "blind" } as const;
    assert.equal(nameOf(inquire(setup(late), unasked)), "unresolved unknown");
    const waiting = inquire(setup({ ...late, completion: ["poll", "callback"] }), unasked);
    assert.ok(waiting.kind === "ask" && waiting.dueInMs > 86_400_000);
  });

  test("asks ever more seldom", () => {
    const pending = polled({ kind: "pending", phase: "running", progress: null, pollAfterMs: 1 });
    const pauses = [0, 60_000, 600_000, 86_400_000].map((elapsedMs) => {
      const move = inquire(setup({ elapsedMs }), pending);
      return move.kind === "ask" ? move.dueInMs : null;
    });
    assert.deepEqual(pauses, [1_000, 6_000, 60_000, 600_000]);
  });

  test("waits whole milliseconds, which is all that a database takes", () => {
    const pending = polled({ kind: "pending", phase: "running", progress: null, pollAfterMs: 1.5 });
    for (const elapsedMs of [1, 40_003, 99_999, 7_000_001]) {
      for (const finding of [pending, ...FINDINGS]) {
        const move = inquire(setup({ elapsedMs }), finding);
        assert.ok(move.kind === "close" || Number.isInteger(move.dueInMs), finding.kind);
      }
    }
  });

  test("gives up an operation that another submit was told, too", () => {
    const move = inquire(setup({}), { kind: "contested" });
    assert.ok(move.kind === "ask");
    const { state, operation, production } = move.attempt ?? {};
    assert.deepEqual([state, operation, production], ["unknown", null, null]);
  });
});

function polled(observation: Extract<Finding, { kind: "polled" }>["observation"]): Finding {
  return { kind: "polled", observation };
}

function nameOf(move: InquiryMove): string {
  if (move.kind === "ask") return "ask";
  const { state, billed, error } = move.attempt;
  return `${state} ${billed ?? error?.billed}`;
}

const BILLS = ["yes", "no", "unknown"] as const;

const FINDINGS: readonly Finding[] = [
  { kind: "interrupted" },
  { kind: "contested" },
  { kind: "unasked" },
  { kind: "expired" },
  { kind: "submitted", outcome: { kind: "accepted", operation: "job", pollAfterMs: 0 } },
  { kind: "submitted", outcome: { kind: "completed", production: PRODUCTION } },
  { kind: "submitted", outcome: { kind: "unknown", error: failure("unknown") } },
  ...(["never", "same-route"] as const).map((retry): Finding => {
    return { kind: "submitted", outcome: { kind: "rejected", error: failure("no", { retry }) } };
  }),
  ...BILLS.map((billed): Finding => {
    return { kind: "submitted", outcome: { kind: "rejected", error: failure(billed) } };
  }),
  { kind: "searched", outcome: { kind: "found", operation: "job" } },
  { kind: "searched", outcome: { kind: "absent" } },
  { kind: "searched", outcome: { kind: "undecidable", detail: "no list" } },
  polled({ kind: "pending", phase: "running", progress: 5, pollAfterMs: 0, operation: "next" }),
  polled({ kind: "completed", production: PRODUCTION }),
  ...BILLS.map((billed) => polled({ kind: "failed", error: failure(billed) })),
  polled({ kind: "failed", error: failure("no", { code: "canceled" }) }),
  polled({ kind: "unreachable", error: failure("unknown") }),
  polled({ kind: "lost" }),
];

/** All that can matter for a decision. */
function* positions(): Generator<InquiryPosition> {
  for (const resubmit of ["idempotency-key", "client-id", "reconcile", "blind", "free"] as const) {
    for (const told of [null, "canceled", "too-late", "unsupported"] as const) {
      for (const state of ["submitting", "unknown", "running"] as const) {
        for (const elapsedMs of [0, 400_000]) {
          yield setup({ resubmit, told, state, elapsedMs, troubles: elapsedMs === 0 ? 0 : 20 });
        }
      }
    }
  }
}

interface Setting {
  readonly resubmit?: ProviderTraits["resubmit"];
  readonly completion?: ProviderTraits["completion"];
  readonly told?: CancelOutcome | null;
  readonly state?: Attempt["state"];
  readonly elapsedMs?: number;
  readonly troubles?: number;
}

function setup(setting: Setting): InquiryPosition {
  const { elapsedMs = 0 } = setting;
  return {
    task: TASK,
    attempt: {
      ...ATTEMPT,
      state: setting.state ?? "running",
      troubles: setting.troubles ?? 0,
    },
    traits: {
      ...TRAITS,
      resubmit: setting.resubmit ?? "client-id",
      completion: setting.completion ?? ["poll"],
    },
    nowMs: T0 + elapsedMs,
    chance: 0.5,
    told: setting.told ?? null,
    taskEndedAtMs: T0,
  };
}

const ROUTE: Route = { provider: "p", upstreamModel: "m", account: "a", onAmbiguous: "fail" };

const TASK: Task = {
  ...{ id: "task-1", projectId: "proj", keyId: null, mode: "live", model: "m", input: {} },
  ...{ callbackUrl: null, stage: "failed", progress: 0, routes: [ROUTE], routeIndex: 0 },
  ...{ attempts: 1, hold: 0, charged: 0, outputs: [], errorCode: "canceled" },
  ...{ errorMessage: "Canceled on request", cancelAtMs: T0, createdAtMs: T0, startedAtMs: T0 },
  ...{ finishedAtMs: T0, expiresAtMs: T0, softLimitAtMs: T0, hardLimitAtMs: T0 + 86_400_000 },
};

const ATTEMPT: Attempt = {
  ...{ id: "att-1", taskId: "task-1", number: 1, provider: "p", account: "a", upstreamModel: "m" },
  ...{ state: "running", prepared: null, operation: "job", production: null, troubles: 0 },
  ...{ errorCode: null, errorMessage: null, intentAtMs: T0, endedAtMs: null },
};

const TRAITS: ProviderTraits = {
  ...{ completion: ["poll"], resubmit: "client-id", cancel: "any", volatile: false },
  ...{ pollMs: { min: 1_000, start: 2_000, max: 10_000 }, graceMs: GRACE_MS },
  ...{ softLimitMs: 600_000, resultTtlMs: null },
};
