import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  type CallbackEntry,
  COUNTS,
  type Count,
  type CustodyEntry,
  check,
  isClean,
  type Journals,
  type Sighting,
} from "./checker.ts";

/** A run in which nothing went wrong: one film bought, one picture refused. */
function cleanRun(): Journals {
  return {
    submits: [
      { nonce: "zq-1-1", idempotencyKey: "k-1", wantsCallback: true, taskIds: ["t-1", "t-1"] },
      { nonce: "zq-1-2", idempotencyKey: null, wantsCallback: false, taskIds: ["t-2"] },
    ],
    tasks: [
      {
        taskId: "t-1",
        nonce: "zq-1-1",
        stage: "finished",
        errorCode: null,
        bought: true,
        hold: 300,
        settled: 200,
        released: 100,
        files: [{ fileId: "f-1", sha256: "aa", sizeBytes: 10 }],
        booked: ["no", "yes"],
      },
      {
        taskId: "t-2",
        nonce: "zq-1-2",
        stage: "failed",
        errorCode: "content_policy",
        bought: false,
        hold: 40,
        settled: 0,
        released: 40,
        files: [],
        booked: ["no"],
      },
    ],
    purchases: [{ nonce: "zq-1-1", jobId: "job-1", price: 5, sha256: "aa" }],
    callbacks: [callback({ answer: 500, atMs: 50 }), callback({ atMs: 60 })],
    sightings: [
      sighting({ askedAtMs: 10, status: "not_started", progress: 0 }),
      sighting({ askedAtMs: 20, status: "running", progress: 40 }),
      sighting({ askedAtMs: 55, status: "finished", progress: 100, result: "u" }),
      sighting({ askedAtMs: 65, status: "finished", progress: 100, result: "u" }),
    ],
    downloads: [{ taskId: "t-1", fileId: "f-1", sha256: "aa" }],
    balances: [{ granted: 1000, balance: 800, open: 0, settled: 200 }],
    custody: [
      custody({ kind: "claim", node: "one" }),
      custody({ kind: "claim", node: "two", fence: 2 }),
      custody({ node: "two", fence: 2 }),
    ],
    cancels: [],
  };
}

function custody(change: Partial<CustodyEntry>): CustodyEntry {
  return { taskId: "t-1", fence: 1, node: "one", kind: "write", ...change };
}

function callback(change: Partial<CallbackEntry> = {}): CallbackEntry {
  return { atMs: 60, taskId: "t-1", body: "{}", eventId: "e-1", answer: 200, ...change };
}

function sighting(change: Partial<Sighting>): Sighting {
  return { askedAtMs: 0, taskId: "t-1", status: "running", progress: 0, result: "", ...change };
}

/** Changes the first task of the clean run. */
function withTask(change: Partial<Journals["tasks"][number]>): Journals {
  const run = cleanRun();
  return { ...run, tasks: run.tasks.map((task, at) => (at === 0 ? { ...task, ...change } : task)) };
}

function withPurchases(...purchases: readonly Partial<Journals["purchases"][number]>[]): Journals {
  const run = cleanRun();
  const base = { nonce: "zq-1-1", jobId: "job-1", price: 5, sha256: "aa" };
  return { ...run, purchases: purchases.map((change) => ({ ...base, ...change })) };
}

/** Planted violations: what is planted, the count that must see it, by how much. */
const PLANTED: readonly (readonly [string, Count, number, Journals])[] = [
  ["an acknowledged task without a row", "lost", 1, without("tasks", 1)],
  [
    "an acknowledged task that never ends",
    "lost",
    1,
    { ...withTask({ stage: "polling" }), sightings: [] },
  ],
  ["a task that nobody was told of and that never ends", "lost", 1, withStrayTask()],
  ["a purchase that nobody asked for", "phantom", 1, withPurchases({}, { nonce: "zq-9-9" })],
  ["a second purchase", "duplicated", 1, withPurchases({}, { jobId: "job-2", sha256: "bb" })],
  ["three purchases", "duplicated", 2, withPurchases({}, { jobId: "b" }, { jobId: "c" })],
  ["a cancel that did not hold", "uncanceled", 1, { ...cleanRun(), cancels: ["t-1"] }],
  ["a cancel of what is not there", "uncanceled", 1, { ...cleanRun(), cancels: ["t-9"] }],
  ["a purchase that no book knows", "unbooked", 1, withTask({ booked: ["no"] })],
  ["a purchase without any attempt", "unbooked", 1, withTask({ booked: [] })],
  ["a booking of what was not bought", "unbooked", 1, withTask({ booked: ["yes", "yes"] })],
  ["an attempt that nobody asks about", "unbooked", 1, withTask({ booked: ["forgotten"] })],
  ["a finish without files", "hollow", 1, withTask({ files: [] })],
  [
    "a finish without a purchase",
    "hollow",
    1,
    { ...withPurchases(), tasks: withTask({ booked: ["unknown"] }).tasks },
  ],
  ["another task's bytes", "hollow", 1, withPurchases({ sha256: "cc" })],
  ["a file that differs from its row", "hollow", 1, withDownload("bb")],
  ["a file that cannot be had", "hollow", 1, withDownload(null)],
  ["two answers to one key", "twice", 1, withAcknowledged(["t-1", "t-2"])],
  ["a second row for one key", "twice", 1, withSecondRow()],
  ["no callback", "unannounced", 1, { ...cleanRun(), callbacks: [] }],
  [
    "only callbacks that failed",
    "unannounced",
    1,
    { ...cleanRun(), callbacks: [callback({ answer: 503 })] },
  ],
  ["a callback before the end shows", "early", 1, withCallbacks([callback({ atMs: 15 })])],
  [
    "two bodies for one task",
    "mixed",
    1,
    withCallbacks([callback(), callback({ body: '{"status":"failed"}' })]),
  ],
  ["two ids for one event", "mixed", 1, withCallbacks([callback(), callback({ eventId: "e-2" })])],
  ["an end that is taken back", "mutable", 1, withSighting({ askedAtMs: 70, status: "running" })],
  ["an end that becomes another", "mutable", 1, withSighting({ askedAtMs: 70, status: "failed" })],
  [
    "a result that changes",
    "mutable",
    1,
    withSighting({ askedAtMs: 70, status: "finished", progress: 100, result: "v" }),
  ],
  [
    "a progress that goes down",
    "mutable",
    1,
    withSighting({ askedAtMs: 25, status: "running", progress: 39 }),
  ],
  ["a row that says otherwise", "mutable", 1, withTask({ stage: "failed" })],
  ["a hold that is settled twice", "ledgerDelta", 200, withTask({ settled: 400 })],
  ["a hold that is never released", "ledgerDelta", 100, withTask({ released: 0 })],
  ["a balance that does not add up", "ledgerDelta", 50, withBalance(750)],
  ["a write under another's lease", "stale", 1, withWrite({ node: "one", fence: 2 })],
  ["a write under no lease at all", "stale", 1, withWrite({ node: "two", fence: 3 })],
];

describe("check()", () => {
  test("finds nothing in a clean run, and tells what was spent", () => {
    const verdict = check(cleanRun());
    assert.deepEqual(verdict.violations, []);
    assert.ok(isClean(verdict));
    assert.deepEqual(
      Object.values(verdict.counts),
      COUNTS.map(() => 0),
    );
    assert.equal(verdict.spent, 5);
  });

  for (const [name, count, weight, journals] of PLANTED) {
    test(`counts ${name} as ${count}`, () => {
      const verdict = check(journals);
      const others = COUNTS.filter((each) => each !== count && verdict.counts[each] !== 0);
      assert.equal(verdict.counts[count], weight);
      assert.deepEqual(others, []);
      assert.ok(!isClean(verdict));
      assert.ok(verdict.violations[0]?.startsWith(`${count} `));
    });
  }

  test("has a planted violation for every count", () => {
    const planted = new Set(PLANTED.map(([, count]) => count));
    assert.deepEqual([...planted].sort(), [...COUNTS].sort());
  });

  test("takes a task whose acknowledgement was lost as recovered", () => {
    const run = cleanRun();
    const submits = run.submits.map((entry) => ({ ...entry, taskIds: [] }));
    const verdict = check({ ...run, submits, callbacks: [], sightings: [] });
    assert.equal(verdict.recovered, 2);
    assert.deepEqual(verdict.violations, []);
  });

  test("does not mind the order of the journals", () => {
    const shuffled = fc
      .constantFrom(...PLANTED.map(([, , , journals]) => journals))
      .chain((run) =>
        fc.tuple(
          fc.constant(run),
          fc.shuffledSubarray([...run.sightings], { minLength: run.sightings.length }),
          fc.shuffledSubarray([...run.tasks], { minLength: run.tasks.length }),
          fc.shuffledSubarray([...run.callbacks], { minLength: run.callbacks.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([run, sightings, tasks, callbacks]) => {
        const verdict = check({ ...run, sightings, tasks, callbacks });
        assert.deepEqual(verdict.counts, check(run).counts);
      }),
    );
  });
});

function without(journal: "tasks", index: number): Journals {
  const run = cleanRun();
  return { ...run, [journal]: run[journal].toSpliced(index, 1) };
}

function withStrayTask(): Journals {
  const run = cleanRun();
  const [, refused] = run.tasks;
  if (refused === undefined) return run;
  return { ...run, tasks: [...run.tasks, { ...refused, taskId: "t-3", stage: "queued" }] };
}

function withSecondRow(): Journals {
  const run = cleanRun();
  const [finished] = run.tasks;
  if (finished === undefined) return run;
  return { ...run, tasks: [...run.tasks, { ...finished, taskId: "t-3" }] };
}

function withDownload(sha256: string | null): Journals {
  return { ...cleanRun(), downloads: [{ taskId: "t-1", fileId: "f-1", sha256 }] };
}

function withAcknowledged(taskIds: readonly string[]): Journals {
  const run = cleanRun();
  const [first, ...rest] = run.submits;
  if (first === undefined) return run;
  return { ...run, submits: [{ ...first, taskIds, wantsCallback: false }, ...rest] };
}

function withCallbacks(callbacks: readonly CallbackEntry[]): Journals {
  return { ...cleanRun(), callbacks };
}

function withSighting(change: Partial<Sighting>): Journals {
  const run = cleanRun();
  const callbacks = [callback({ atMs: 1_000 })];
  return { ...run, callbacks, sightings: [...run.sightings, sighting(change)] };
}

function withWrite(change: Partial<CustodyEntry>): Journals {
  const run = cleanRun();
  return { ...run, custody: [...run.custody, custody(change)] };
}

function withBalance(balance: number): Journals {
  return { ...cleanRun(), balances: [{ granted: 1000, balance, open: 0, settled: 200 }] };
}
