import assert from "node:assert/strict";
import { test } from "node:test";
import { MOVES } from "./lifecycle.ts";
import { FREE_RUNS_MAX, type Happening, type Position } from "./move.ts";
import type { Production, UpstreamError } from "./outcome.ts";
import type { Attempt, Route, Task, TaskStage } from "./task.ts";
import type { ProviderTraits } from "./traits.ts";
import { transition } from "./transition.ts";

const T0 = 1_700_000_000_000;

test("transition() makes every move of the page on the life of a task, and no other", () => {
  const made = new Set<string>();
  for (const [stage, happenings] of Object.entries(HAPPENINGS)) {
    for (const position of positions(stage)) {
      for (const happening of happenings) {
        // It refuses by itself to make a move that is not on the page.
        const move = transition(position, happening);
        const to = move.kind === "step" ? move.stage : ENDS[move.kind];
        made.add(`${stage} ${happening.kind} ${to}`);
      }
    }
  }
  const listed = MOVES.map(({ from, on, to }) => `${from} ${on} ${to}`);
  assert.equal(new Set(listed).size, listed.length, "no move is listed twice");
  assert.deepEqual([...made].sort(), listed.sort());
});

test("MOVES leave no stage without a way to an end, and no end with a way out", () => {
  const ways = (from: TaskStage): readonly TaskStage[] =>
    MOVES.filter((move) => move.from === from).map(({ to }) => to);
  for (const stage of ["queued", "submitting", "unknown", "polling", "collecting"] as const) {
    assert.ok(ways(stage).includes("failed"), `${stage} can be closed`);
  }
  assert.deepEqual([...ways("finished"), ...ways("failed")], []);
});

const ENDS = { finish: "finished", fail: "failed" } as const;

const ERRORS: readonly UpstreamError[] = (["never", "same-route", "other-route"] as const).flatMap(
  (retry) =>
    (["no", "unknown"] as const).flatMap((billed) =>
      (["generation_failed", "result_expired"] as const).map((code) => ({
        ...{ code, message: "It failed", retry, retryAfterMs: null, billed },
      })),
    ),
);

const PRODUCTION: Production = {
  artifacts: [{ source: { kind: "url", url: "https://cdn.example.com/1.png" }, media: "image" }],
  outputs: [{ kind: "media", file: 0, media: "image" }],
  creations: [],
  meta: null,
};

/** The same with a second picture, of which the bytes are ours. */
const HALF_OURS: Production = {
  artifacts: [
    ...PRODUCTION.artifacts,
    {
      ...{ source: { kind: "url", url: "https://cdn.example.com/2.png" }, media: "image" },
      kept: {
        ...{ storageKey: "proj/task-1/att-1/1-ab", mediaType: "image/png", extension: "png" },
        ...{ sizeBytes: 10, sha256: "ab", width: 1, height: 1, durationS: null },
      },
    },
  ],
  outputs: [...PRODUCTION.outputs, { kind: "media", file: 1, media: "image" }],
  creations: [],
  meta: null,
};

const SUBMITTED: readonly Happening[] = [
  { kind: "accepted", operation: "job", pollAfterMs: 0 } as const,
  { kind: "completed", production: PRODUCTION } as const,
  { kind: "completed", production: { ...PRODUCTION, artifacts: [] } } as const,
  ...ERRORS.map((error) => ({ kind: "rejected", error }) as const),
  ...ERRORS.map((error) => ({ kind: "unknown", error }) as const),
].map((outcome) => ({ kind: "submitted", outcome }));

const POLLED: readonly Happening[] = [
  { kind: "pending", phase: "running", progress: 5, pollAfterMs: 0 } as const,
  { kind: "completed", production: PRODUCTION } as const,
  { kind: "completed", production: { ...PRODUCTION, outputs: [] } } as const,
  ...ERRORS.map((error) => ({ kind: "failed", error }) as const),
  ...ERRORS.map((error) => ({ kind: "unreachable", error }) as const),
  { kind: "lost" } as const,
].map((observation) => ({ kind: "polled", observation }));

const SEARCHED: readonly Happening[] = [
  { kind: "found", operation: "job" } as const,
  { kind: "absent" } as const,
  { kind: "undecidable", detail: "no list" } as const,
].map((outcome) => ({ kind: "searched", outcome }));

/** All that the engine can see of a task in each stage. */
const HAPPENINGS: Readonly<Record<string, readonly Happening[]>> = {
  queued: [
    ...ERRORS.map((error) => ({ kind: "declined", error }) as const),
    { kind: "held", afterMs: 1_000 },
    { kind: "canceled" },
    { kind: "overdue" },
  ],
  submitting: [...SUBMITTED, { kind: "interrupted" }, { kind: "canceled" }, { kind: "overdue" }],
  unknown: [
    ...[...SUBMITTED, ...SEARCHED, ...POLLED, { kind: "contested" } as const],
    ...[{ kind: "canceled" } as const, { kind: "overdue" } as const],
  ],
  polling: [...POLLED, { kind: "contested" }, { kind: "canceled" }, { kind: "overdue" }],
  collecting: [
    { kind: "collected", production: PRODUCTION },
    ...[PRODUCTION, HALF_OURS].flatMap((production) =>
      ERRORS.map((error) => ({ kind: "not-collected", production, errors: [error] }) as const),
    ),
    { kind: "contested" },
    { kind: "canceled" },
    { kind: "overdue" },
  ],
};

/** A stage in all the ways in which it can matter for a decision. */
function* positions(stage: string): Generator<Position> {
  for (const resubmit of ["idempotency-key", "client-id", "reconcile", "blind", "free"] as const) {
    for (const onAmbiguous of ["fail", "retry"] as const) {
      for (const attempts of [1, FREE_RUNS_MAX]) {
        for (const [elapsedMs, troubles] of [
          [0, 0],
          [400_000, 20],
        ] as const) {
          const setting = { stage, resubmit, onAmbiguous, attempts, elapsedMs, troubles };
          yield position({ ...setting, held: null });
          if (HOLDING.has(stage)) yield position({ ...setting, held: HALF_OURS });
        }
      }
    }
  }
}

/** Where a result may be known while not all of it is ours. */
const HOLDING: ReadonlySet<string> = new Set(["polling", "collecting"]);

interface Setting {
  readonly stage: string;
  readonly resubmit: ProviderTraits["resubmit"];
  readonly onAmbiguous: Route["onAmbiguous"];
  readonly attempts: number;
  readonly elapsedMs: number;
  readonly troubles: number;
  /** What the attempt knows of its result. */
  readonly held: Production | null;
}

function position(setting: Setting): Position {
  const route: Route = {
    ...{ provider: "p", upstreamModel: "m", account: "a" },
    onAmbiguous: setting.onAmbiguous,
  };
  return {
    task: {
      ...TASK,
      stage: stageOf(setting.stage),
      attempts: setting.attempts,
      routes: [route, route],
    },
    attempt:
      setting.stage === "queued"
        ? null
        : {
            ...{ ...ATTEMPT, operation: OPERATIONS[setting.stage] ?? null },
            ...{ troubles: setting.troubles, production: setting.held },
          },
    traits: { ...TRAITS, resubmit: setting.resubmit },
    nowMs: T0 + setting.elapsedMs,
    chance: 0.5,
  };
}

/** What is asked for has a name. */
const OPERATIONS: Readonly<Record<string, string>> = { polling: "job", collecting: "job" };

function stageOf(text: string): TaskStage {
  const stage = MOVES.map(({ from }) => from).find((from) => from === text);
  assert.ok(stage);
  return stage;
}

const TASK: Task = {
  ...{ id: "task-1", projectId: "proj", keyId: null, mode: "live", model: "m", input: {} },
  ...{ callbackUrl: null, stage: "queued", progress: 0, routes: [], routeIndex: 0, attempts: 1 },
  ...{ hold: 0, charged: null, outputs: [], errorCode: null, errorMessage: null, cancelAtMs: null },
  ...{ createdAtMs: T0, startedAtMs: T0, finishedAtMs: null, expiresAtMs: null },
  softLimitAtMs: T0 + 600_000,
  hardLimitAtMs: T0 + 86_400_000,
};

const ATTEMPT: Attempt = {
  ...{ id: "att-1", taskId: "task-1", number: 1, provider: "p", account: "a", upstreamModel: "m" },
  ...{ state: "submitting", prepared: null, operation: null, production: null, troubles: 0 },
  ...{ errorCode: null, errorMessage: null, intentAtMs: T0, endedAtMs: null },
};

const TRAITS: ProviderTraits = {
  completion: ["poll"],
  resubmit: "blind",
  cancel: "any",
  volatile: false,
  pollMs: { min: 1_000, start: 2_000, max: 10_000 },
  graceMs: 120_000,
  softLimitMs: 600_000,
  resultTtlMs: null,
};
