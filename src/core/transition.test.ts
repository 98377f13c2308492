import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { present } from "../lib/assert.ts";
import { MOVES } from "./lifecycle.ts";
import type { Happening, Move, Position } from "./move.ts";
import type { Production, UpstreamError } from "./outcome.ts";
import { type Attempt, type Route, statusOf, type Task, type TaskStage } from "./task.ts";
import type { ProviderTraits } from "./traits.ts";
import { transition } from "./transition.ts";

const T0 = 1_700_000_000_000;

interface Setting {
  readonly stage: TaskStage;
  readonly resubmit?: ProviderTraits["resubmit"];
  readonly elapsedMs?: number;
  readonly attempts?: number;
  readonly begun?: boolean;
  readonly troubles?: number;
  readonly routes?: number;
  readonly onAmbiguous?: Route["onAmbiguous"];
}

function setup(setting: Setting): Position {
  const route: Route = {
    provider: "p",
    upstreamModel: "m",
    account: "a",
    onAmbiguous: setting.onAmbiguous ?? "fail",
  };
  return {
    task: makeTask(setting, route),
    attempt: setting.stage === "queued" ? null : makeAttempt(setting),
    traits: {
      completion: ["poll"],
      resubmit: setting.resubmit ?? "blind",
      cancel: "any",
      volatile: false,
      pollMs: { min: 1_000, start: 2_000, max: 10_000 },
      graceMs: 120_000,
      softLimitMs: 600_000,
      resultTtlMs: null,
    },
    nowMs: T0 + (setting.elapsedMs ?? 0),
    chance: 1,
  };
}

function makeTask(setting: Setting, route: Route): Task {
  return {
    id: "task-1",
    projectId: "proj",
    keyId: null,
    mode: "live",
    model: "m",
    input: {},
    callbackUrl: null,
    stage: setting.stage,
    progress: 0,
    routes: Array.from({ length: setting.routes ?? 1 }, () => route),
    routeIndex: 0,
    attempts: setting.attempts ?? 1,
    hold: 0,
    charged: null,
    outputs: [],
    errorCode: null,
    errorMessage: null,
    cancelAtMs: null,
    createdAtMs: T0,
    startedAtMs: setting.begun ? T0 : null,
    softLimitAtMs: T0 + 600_000,
    hardLimitAtMs: T0 + 86_400_000,
    finishedAtMs: null,
    expiresAtMs: null,
  };
}

function makeAttempt(setting: Setting): Attempt {
  return {
    id: "att-1",
    taskId: "task-1",
    number: 1,
    provider: "p",
    account: "a",
    upstreamModel: "m",
    state: "submitting",
    prepared: null,
    operation: ["polling", "collecting"].includes(setting.stage) ? "job-1" : null,
    production: null,
    troubles: setting.troubles ?? 0,
    errorCode: null,
    errorMessage: null,
    intentAtMs: T0,
    endedAtMs: null,
  };
}

function upstreamError(change: Partial<UpstreamError> = {}): UpstreamError {
  return {
    code: "generation_failed",
    message: "It failed",
    retry: "never",
    retryAfterMs: null,
    billed: "no",
    ...change,
  };
}

const PRODUCTION: Production = {
  artifacts: [{ source: { kind: "url", url: "https://cdn.example.com/1.png" }, media: "image" }],
  outputs: [{ kind: "media", file: 0, media: "image" }],
  creations: [],
  meta: null,
};

/** Pictures of which the last is ours, the others are not. */
function partlyOurs(missing: number): Production {
  const [artifact] = PRODUCTION.artifacts;
  assert.ok(artifact);
  const kept = {
    ...{ storageKey: "proj/task-1/att-1/1-ab", mediaType: "image/png", extension: "png" },
    ...{ sizeBytes: 10, sha256: "ab", width: 1, height: 1, durationS: null },
  };
  const artifacts = [...Array.from({ length: missing }, () => artifact), { ...artifact, kept }];
  const outputs = artifacts.map((_, file) => ({ kind: "media", file, media: "image" }) as const);
  return { ...PRODUCTION, artifacts, outputs };
}

function stageAfter(position: Position, happening: Happening): TaskStage {
  const move = transition(position, happening);
  if (move.kind === "step") return move.stage;
  return move.kind === "finish" ? "finished" : "failed";
}

function dueIn(move: Move): number {
  assert.equal(move.kind, "step");
  return move.kind === "step" ? move.dueInMs : Number.NaN;
}

const UNANSWERED: Happening = {
  kind: "submitted",
  outcome: { kind: "unknown", error: upstreamError({ billed: "unknown" }) },
};

describe("a submit without an answer", () => {
  for (const resubmit of ["idempotency-key", "client-id", "reconcile", "blind"] as const) {
    test(`transition() makes it a state of its own for ${resubmit}`, () => {
      assert.equal(stageAfter(setup({ stage: "submitting", resubmit }), UNANSWERED), "unknown");
      const interrupted: Happening = { kind: "interrupted" };
      assert.equal(stageAfter(setup({ stage: "submitting", resubmit }), interrupted), "unknown");
    });
  }

  test("transition() runs it again where a run is free, but not for ever", () => {
    const free = { stage: "submitting", resubmit: "free" } as const;
    assert.equal(stageAfter(setup(free), { kind: "interrupted" }), "queued");
    const often = setup({ ...free, begun: true, attempts: 50 });
    assert.equal(stageAfter(often, { kind: "interrupted" }), "failed");
  });

  test("transition() blames no restart on a free run that only waited for its turn", () => {
    const lost: Happening = { kind: "polled", observation: { kind: "lost" } };
    const waited = { stage: "polling", resubmit: "free", attempts: 500 } as const;
    assert.equal(dueIn(transition(setup(waited), lost)), 0);
    const pauses = [3, 4, 5, 9, 10, 49].map((attempts) =>
      dueIn(transition(setup({ ...waited, attempts, begun: true }), lost)),
    );
    assert.deepEqual(pauses, [0, 2_000, 4_000, 60_000, 60_000, 60_000]);
    assert.equal(stageAfter(setup({ ...waited, begun: true }), lost), "failed");
  });

  test("transition() buys nothing anew when the same key is refused for now", () => {
    const stage = { stage: "unknown", resubmit: "idempotency-key", routes: 2 } as const;
    for (const error of [
      upstreamError({ code: "rate_limited", retry: "same-route", retryAfterMs: 90_000 }),
      upstreamError({ code: "quota_exhausted", retry: "other-route" }),
      upstreamError({ code: "auth", retry: "other-route" }),
    ]) {
      const move = transition(setup(stage), {
        kind: "submitted",
        outcome: { kind: "rejected", error },
      });
      assert.ok(move.kind === "step" && move.stage === "unknown", error.code);
      assert.equal(move.attempt?.ended, undefined);
      assert.equal(move.routeIndex, undefined);
      assert.ok(move.dueInMs >= (error.retryAfterMs ?? 1_000), `${move.dueInMs} ms`);
    }
    const refused = upstreamError({ code: "content_policy", retry: "never" });
    const outcome = { kind: "rejected", error: refused } as const;
    assert.equal(stageAfter(setup(stage), { kind: "submitted", outcome }), "failed");
  });

  test("transition() never believes 'absent' before the grace is over", () => {
    const absent: Happening = { kind: "searched", outcome: { kind: "absent" } };
    for (const elapsedMs of [0, 5_000, 30_000, 119_999]) {
      const early = setup({ stage: "unknown", resubmit: "reconcile", elapsedMs });
      assert.equal(stageAfter(early, absent), "unknown");
    }
    const late = setup({ stage: "unknown", resubmit: "reconcile", elapsedMs: 120_000 });
    assert.equal(stageAfter(late, absent), "queued");
  });

  test("transition() looks again at 5 s, 30 s and 120 s after the intent", () => {
    const absent: Happening = { kind: "searched", outcome: { kind: "absent" } };
    const dueAt = (elapsedMs: number): number =>
      elapsedMs +
      dueIn(transition(setup({ stage: "unknown", resubmit: "client-id", elapsedMs }), absent));
    assert.deepEqual([0, 5_000, 30_000].map(dueAt), [5_000, 30_000, 120_000]);
  });

  test("transition() gives a submit that was sent late a whole grace from its silence", () => {
    const after = (elapsedMs: number, happening: Happening): number => {
      const position = setup({ stage: "submitting", resubmit: "client-id", elapsedMs });
      return dueIn(transition(position, happening));
    };
    for (const happening of [UNANSWERED, { kind: "interrupted" }] as const) {
      assert.equal(after(60_000, happening), 120_000, "nothing is concluded 60 s after it");
      assert.equal(after(150_000, happening), 120_000, "nor at once");
      assert.equal(after(6_000, happening), 24_000);
    }
  });

  test("transition() ends a blind one as unknown_outcome and never sends it twice", () => {
    const lost: Happening = {
      kind: "searched",
      outcome: { kind: "undecidable", detail: "no list" },
    };
    const position = setup({ stage: "unknown", elapsedMs: 120_000 });
    const move = transition(position, lost);
    assert.equal(move.kind === "fail" && move.errorCode, "unknown_outcome");
    const retried = setup({ stage: "unknown", elapsedMs: 120_000, onAmbiguous: "retry" });
    assert.equal(stageAfter(retried, lost), "queued");
  });

  test("transition() adopts a job that is found at any time", () => {
    const found: Happening = { kind: "searched", outcome: { kind: "found", operation: "job-1" } };
    const move = transition(setup({ stage: "unknown", elapsedMs: 1 }), found);
    assert.ok(move.kind === "step" && move.attempt?.operation === "job-1");
  });
});

describe("refusals", () => {
  const rejected = (change: Partial<UpstreamError>): Happening => ({
    kind: "submitted",
    outcome: { kind: "rejected", error: upstreamError(change) },
  });

  test("transition() waits as long as the upstream asks, within 1 s and 15 min", () => {
    const asked = (retryAfterMs: number | null): number =>
      dueIn(
        transition(setup({ stage: "submitting" }), rejected({ retry: "same-route", retryAfterMs })),
      );
    assert.deepEqual([-1, 7_000, 9e9, null].map(asked), [1_000, 7_000, 900_000, 2_000]);
  });

  test("transition() takes the next route only when there is one and nothing was bought", () => {
    const other = rejected({ retry: "other-route" });
    const two = transition(setup({ stage: "submitting", routes: 2 }), other);
    assert.ok(two.kind === "step" && two.routeIndex === 1);
    assert.equal(stageAfter(setup({ stage: "submitting" }), other), "failed");
    for (const retry of ["same-route", "other-route"] as const) {
      const charged = rejected({ retry, billed: "unknown" });
      assert.equal(stageAfter(setup({ stage: "submitting", routes: 2 }), charged), "failed", retry);
    }
    const billed: Happening = {
      kind: "polled",
      observation: {
        kind: "failed",
        error: upstreamError({ retry: "other-route", billed: "unknown" }),
      },
    };
    assert.equal(stageAfter(setup({ stage: "polling", routes: 2 }), billed), "failed");
  });

  test("transition() never shops a refusal of content around", () => {
    const refused = rejected({ code: "content_policy", retry: "never" });
    const move = transition(setup({ stage: "submitting", routes: 3 }), refused);
    assert.equal(move.kind === "fail" && move.errorCode, "content_policy");
  });
});

describe("polls", () => {
  test("transition() never fails a task because a question failed", () => {
    const unreachable: Happening = {
      kind: "polled",
      observation: { kind: "unreachable", error: upstreamError() },
    };
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(80_000_000), (troubles, elapsedMs) => {
        const position = setup({ stage: "polling", troubles, elapsedMs });
        assert.equal(stageAfter(position, unreachable), "polling");
        assert.ok(dueIn(transition(position, unreachable)) <= 60_000);
      }),
    );
  });

  test("transition() waits whole milliseconds, whatever an upstream asks for", () => {
    const outcome = { kind: "accepted", operation: "job", pollAfterMs: 3_500.5 } as const;
    const move = transition(setup({ stage: "submitting" }), { kind: "submitted", outcome });
    assert.equal(dueIn(move), 3_501);
  });

  test("transition() keeps a task going on an unknown status word and raises an alarm", () => {
    const move = transition(setup({ stage: "polling" }), {
      kind: "polled",
      observation: {
        kind: "pending",
        phase: "running",
        progress: null,
        pollAfterMs: 0,
        unknownStatus: "simmering",
      },
    });
    assert.ok(move.kind === "step" && move.alarm?.includes("simmering"));
    assert.equal(dueIn(move), 1_000);
  });

  test("transition() gives a forgotten job five minutes, and a free one another run", () => {
    const lost: Happening = { kind: "polled", observation: { kind: "lost" } };
    const often = { stage: "polling", troubles: 5 } as const;
    assert.equal(stageAfter(setup({ ...often, elapsedMs: 299_999 }), lost), "polling");
    assert.equal(stageAfter(setup({ ...often, elapsedMs: 300_000 }), lost), "failed");
    // An old job is not lost because it was not known once.
    const once = setup({ stage: "polling", elapsedMs: 3_600_000 });
    assert.equal(stageAfter(once, lost), "polling");
    assert.equal(stageAfter(setup({ stage: "polling", resubmit: "free" }), lost), "queued");
  });

  test("transition() never finishes with nothing, whoever says that it is done", () => {
    const bundle = { kind: "bundle", field: "stem_split", files: { vocal_url: null } } as const;
    const images = { kind: "images", field: "generate_cover", files: [] } as const;
    for (const outputs of [[], [bundle], [images]]) {
      const production = { ...PRODUCTION, outputs };
      const told = transition(setup({ stage: "submitting" }), {
        kind: "submitted",
        outcome: { kind: "completed", production },
      });
      assert.equal(told.kind === "fail" && told.errorCode, "empty_result");
      const polled = transition(setup({ stage: "polling", troubles: 3 }), {
        kind: "polled",
        observation: { kind: "completed", production },
      });
      assert.equal(polled.kind === "fail" && polled.errorCode, "empty_result");
    }
    const words = { kind: "text", fields: { style: "calm" } } as const;
    const production = { ...PRODUCTION, artifacts: [], outputs: [words] };
    assert.equal(
      stageAfter(setup({ stage: "submitting" }), {
        kind: "submitted",
        outcome: { kind: "completed", production },
      }),
      "collecting",
    );
  });

  test("transition() asks three times before it believes in an empty result", () => {
    const empty: Happening = {
      kind: "polled",
      observation: { kind: "completed", production: { ...PRODUCTION, outputs: [] } },
    };
    assert.equal(stageAfter(setup({ stage: "polling", troubles: 2 }), empty), "polling");
    const move = transition(setup({ stage: "polling", troubles: 3 }), empty);
    assert.equal(move.kind === "fail" && move.errorCode, "empty_result");
  });
});

describe("copies", () => {
  const missing = (code: UpstreamError["code"]): Happening => ({
    kind: "not-collected",
    production: PRODUCTION,
    errors: [upstreamError({ code, retry: "same-route", billed: "yes" })],
  });
  /** One picture is ours, and one more for each code is not. */
  const lacking = (codes: readonly UpstreamError["code"][]): Happening => ({
    kind: "not-collected",
    production: partlyOurs(codes.length),
    errors: codes.map((code) => upstreamError({ code, retry: "same-route", billed: "yes" })),
  });
  const done: Happening = {
    kind: "polled",
    observation: { kind: "completed", production: PRODUCTION },
  };
  const pending: Happening = {
    kind: "polled",
    observation: { kind: "pending", phase: "running", progress: 50, pollAfterMs: 0 },
  };

  /** What happens in turn, over and over, until the task ends or `max` copies have failed. */
  function fails(stages: readonly Happening[], max: number): { copies: number; end: Move } {
    let position = setup({ stage: "polling", resubmit: "reconcile" });
    let [copies, turn, elapsedMs] = [0, 0, 0];
    for (;;) {
      const copying = position.task.stage === "collecting";
      const happening = copying ? stages[turn++ % stages.length] : elapsedMs % 2 ? pending : done;
      assert.ok(happening);
      if (copying) copies += 1;
      const move = transition(position, happening);
      if (move.kind !== "step" || copies >= max) return { copies, end: move };
      assert.notEqual(move.stage, "queued", "a paid result is never bought again");
      elapsedMs += move.dueInMs;
      position = after(position, move);
    }
  }

  function after(position: Position, move: Extract<Move, { kind: "step" }>): Position {
    const { error, ended: _, ...change } = { state: "running" as const, ...move.attempt };
    const attempt = { ...setup({ stage: "polling" }).attempt, ...position.attempt, ...change };
    const reason = error === undefined ? {} : { errorCode: error.code };
    const task = { ...position.task, stage: move.stage };
    return {
      ...position,
      task,
      attempt: { ...makeAttempt({ stage: "polling" }), ...attempt, ...reason },
    };
  }

  test("transition() gives a result up that cannot be fetched for an hour", () => {
    const { copies, end } = fails([missing("upstream_unavailable")], 1_000);
    assert.ok(copies > 55 && copies < 70, `${copies} copies`);
    assert.equal(end.kind === "fail" && end.errorCode, "upstream_unavailable");
    assert.match(
      end.kind === "fail" ? end.errorMessage : "",
      /could not be fetched within an hour/,
    );
  });

  test("transition() asks for a fresh link ten times when the old one expired", () => {
    const { copies, end } = fails([missing("result_expired")], 1_000);
    assert.equal(copies, 10);
    assert.equal(end.kind === "fail" && end.errorCode, "result_expired");
  });

  test("transition() asks for a fresh link ten times when the old one gives a page", () => {
    const { copies, end } = fails([missing("invalid_output")], 1_000);
    assert.equal(copies, 10);
    assert.equal(end.kind === "fail" && end.errorCode, "invalid_output");
    assert.equal(stageAfter(setup({ stage: "collecting" }), missing("invalid_output")), "polling");
  });

  test("transition() tries the old link again where there is no job to ask about", () => {
    for (const code of ["result_expired", "invalid_output"] as const) {
      const position = setup({ stage: "collecting" });
      const attempt = { ...present(position.attempt, "attempt"), operation: null };
      assert.equal(stageAfter({ ...position, attempt }, missing(code)), "collecting");
    }
  });

  test("transition() asks for a fresh link ten times when the old one gives no bytes", () => {
    const { copies, end } = fails([missing("empty_result")], 1_000);
    assert.equal(copies, 10);
    assert.equal(end.kind === "fail" && end.errorCode, "empty_result");
  });

  test("transition() ends with the files that are ours once the others are given up", () => {
    const { copies, end } = fails([lacking(["result_expired"])], 1_000);
    assert.equal(copies, 10);
    assert.ok(end.kind === "finish");
    assert.deepEqual(end.production.outputs, [{ kind: "media", file: 0, media: "image" }]);
    assert.deepEqual([end.attempt.state, end.attempt.error?.billed], ["succeeded", "yes"]);
    assert.equal(end.attempt.error?.message, "Finished with 1 of 2 files: It failed");
  });

  test("transition() gives each file its own patience, and a fresh link meanwhile", () => {
    const both = lacking(["result_expired", "upstream_unavailable"]);
    const { copies, end } = fails([both], 1_000);
    assert.ok(copies > 55 && copies < 70, `${copies} copies`);
    assert.match(end.kind === "finish" ? (end.attempt.error?.message ?? "") : "", /1 of 3 files/);
    assert.equal(stageAfter(setup({ stage: "collecting" }), both), "polling");
    const silent = lacking(["upstream_unavailable", "upstream_unavailable"]);
    assert.equal(stageAfter(setup({ stage: "collecting" }), silent), "collecting");
    const outage = Array.from({ length: 20 }, () => both);
    assert.equal(fails([...outage, lacking(["result_expired"])], 40).copies, 40);
  });

  test("transition() has no new patience for copies that fail for reasons in turn", () => {
    const [away, expired] = [missing("upstream_unavailable"), missing("result_expired")];
    const inTurn = fails([away, expired], 1_000);
    assert.equal(inTurn.copies, 63);
    assert.equal(inTurn.end.kind === "fail" && inTurn.end.errorCode, "upstream_unavailable");
    assert.equal(fails([expired, missing("invalid_output")], 1_000).copies, 10);
    const outage = Array.from({ length: 20 }, () => away);
    const late = fails([...outage, expired, expired], 1_000);
    assert.equal(late.copies, 22, "a link that dies late is asked for anew");
  });

  test("transition() waits for no file that can never be had", () => {
    const errors = [upstreamError({ code: "invalid_output", retry: "never", billed: "yes" })];
    const happening = { kind: "not-collected", production: partlyOurs(1), errors } as const;
    assert.equal(stageAfter(setup({ stage: "collecting" }), happening), "finished");
    const none = { ...happening, production: PRODUCTION };
    assert.equal(stageAfter(setup({ stage: "collecting" }), none), "failed");
  });

  test("transition() ends with what is ours when the job is gone with the rest", () => {
    const position = setup({ stage: "polling", elapsedMs: 400_000, troubles: 5 });
    const attempt = { ...present(position.attempt, "attempt"), production: partlyOurs(1) };
    const empty = { kind: "completed", production: { ...PRODUCTION, outputs: [] } } as const;
    for (const observation of [{ kind: "lost" } as const, empty]) {
      const seen: Happening = { kind: "polled", observation };
      assert.equal(stageAfter({ ...position, attempt }, seen), "finished");
      assert.equal(stageAfter(position, seen), "failed");
    }
  });

  test("transition() keeps what is ours over a fresh answer of the same shape", () => {
    const position = setup({ stage: "polling" });
    const held = partlyOurs(1);
    const attempt = { ...present(position.attempt, "attempt"), production: held };
    const told = (production: Production): unknown => {
      const observation = { kind: "completed", production } as const;
      const move = transition({ ...position, attempt }, { kind: "polled", observation });
      return move.kind === "step" ? move.attempt?.production : null;
    };
    const source = { kind: "url", url: "https://cdn.example.com/fresh.png" } as const;
    const artifacts = held.artifacts.map(() => ({ source, media: "image" as const }));
    assert.deepEqual(told({ ...held, artifacts }), {
      ...held,
      artifacts: held.artifacts.map((artifact) => ({ ...artifact, source })),
    });
    assert.deepEqual(told(PRODUCTION), held, "nobody knows which of the two it is");
  });

  test("transition() tells that a provider gave fewer pictures than were asked for", () => {
    const position = setup({ stage: "collecting" });
    const collected = (n: number): Move => {
      const task = { ...position.task, input: { n } };
      return transition({ ...position, task }, { kind: "collected", production: PRODUCTION });
    };
    const [few, all] = [collected(4), collected(1)];
    assert.equal(
      few.kind === "finish" && few.attempt.error?.message,
      "Finished with 1 of 4 files: The provider gave no more",
    );
    assert.deepEqual(all.kind === "finish" && all.attempt, { state: "succeeded", ended: true });
  });

  test("transition() does not hold one trouble against the next", () => {
    const outage = Array.from({ length: 20 }, () => missing("upstream_unavailable"));
    const { copies } = fails([...outage, missing("empty_result")], 40);
    assert.equal(copies, 40);
  });
});

describe("the table of moves", () => {
  test("transition() tells an unsure end from a late one at the hard limit", () => {
    const codes = (["queued", "submitting", "unknown", "polling", "collecting"] as const).map(
      (stage) => {
        const move = transition(setup({ stage }), { kind: "overdue" });
        return move.kind === "fail" ? move.errorCode : null;
      },
    );
    const unsure = "unknown_outcome";
    assert.deepEqual(codes, ["timeout", unsure, unsure, "timeout", "timeout"]);
  });

  test("transition() waits for nothing beyond the hard limit", () => {
    const limitMs = 86_400_000;
    const wait: Happening = { kind: "held", afterMs: 300_000 };
    assert.equal(dueIn(transition(setup({ stage: "queued", elapsedMs: limitMs - 5 }), wait)), 5);
    assert.equal(dueIn(transition(setup({ stage: "queued", elapsedMs: limitMs + 5 }), wait)), 0);
  });

  test("transition() leaves an attempt open that ends without its provider's word", () => {
    for (const kind of ["canceled", "overdue"] as const) {
      for (const stage of ["submitting", "unknown", "polling"] as const) {
        const move = transition(setup({ stage }), { kind });
        assert.ok(move.kind === "fail" && move.inquiry === true && move.attempt === undefined);
      }
      const made = transition(setup({ stage: "collecting" }), { kind });
      assert.ok(made.kind === "fail" && made.inquiry === undefined && made.attempt?.ended === true);
      const queued = transition(setup({ stage: "queued" }), { kind });
      assert.ok(queued.kind === "fail" && queued.inquiry === undefined);
    }
  });

  test("MOVES leaves terminal stages alone and reaches every stage", () => {
    assert.deepEqual(
      MOVES.filter(({ from }) => from === "finished" || from === "failed"),
      [],
    );
    const reached = new Set(MOVES.map(({ to }) => to));
    for (const stage of ["queued", "unknown", "polling", "collecting", "finished", "failed"]) {
      assert.ok(
        [...reached].some((to) => to === stage),
        stage,
      );
    }
  });

  test("transition() stops at a move that is not in the table", () => {
    assert.throws(() => transition(setup({ stage: "finished" }), { kind: "overdue" }), /No move/);
  });

  test("statusOf() says running only once something started, and keeps to it", () => {
    assert.equal(statusOf({ stage: "polling", startedAtMs: null }), "not_started");
    assert.equal(statusOf({ stage: "queued", startedAtMs: 1 }), "running");
    assert.equal(statusOf({ stage: "failed", startedAtMs: 1 }), "failed");
  });
});
