import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { hasPostgres, makeSchema, startPostgres, type TestPostgres } from "../support/postgres.ts";
import { requirePart } from "../support/require.ts";
import { CRASH_POINTS, type CrashPoint, FAULTS, type Fault } from "./points.ts";
import { type CaseResult, runCase } from "./run-case.ts";

// The promise: at whichever of the 24 points a process is killed, throws, is frozen past its lease
// or finds its database failing, nothing accepted is lost, nothing is bought twice, no result is
// announced before its bytes are ours, and the money adds up.

const GRANT = 1_000_000;
// Most of a case is waiting: for a lease, a grace, a process that starts.
const OPTIONS = { concurrency: 6 };
const ALL = CRASH_POINTS.length * FAULTS.length * 2;
let passed = 0;

// Every point is met under every fault on both databases; a case that could not be would be listed
// here with its reason.
after(() => {
  const { skip } = part;
  const left = typeof skip === "string" ? `, ${ALL / 2} not run: ${skip}` : "";
  process.stdout.write(`» ${ALL} cases: ${passed} passed, 0 not applicable${left}\n`);
});

describe("fail-points on SQLite", OPTIONS, () => {
  for (const point of CRASH_POINTS) {
    for (const fault of FAULTS) {
      test(nameOf(point, fault), async () => {
        judge(point, await runCase({ point, fault, databaseUrl: null }));
      });
    }
  }
});

const part = requirePart("postgres", hasPostgres(), "PostgreSQL is not installed");

describe("fail-points on PostgreSQL", { ...OPTIONS, ...part }, () => {
  let server: TestPostgres;
  let schemas = 0;
  before(async () => {
    server = await startPostgres();
  });
  after(() => server.stop());
  for (const point of CRASH_POINTS) {
    for (const fault of FAULTS) {
      test(nameOf(point, fault), async () => {
        schemas += 1;
        const databaseUrl = await makeSchema(server.url, `failpoint_${process.pid}_${schemas}`);
        judge(point, await runCase({ point, fault, databaseUrl }));
      });
    }
  }
});

function nameOf({ number, between, scenario }: CrashPoint, fault: Fault): string {
  return `point ${number} (${between}), ${fault}, while it should ${scenario}`;
}

function judge({ scenario }: CrashPoint, result: CaseResult): void {
  const { report } = result;
  assert.ok(result.struck, "the fault was met");
  const ends = { fail: "failed", cancel: "failed" } as Readonly<Record<string, string>>;
  assert.equal(report.stage, ends[scenario] ?? "finished", `ended: ${report.errorCode}`);
  assert.ok(result.purchases <= 1, `bought ${result.purchases} times`);
  if (report.stage === "finished") assert.equal(result.purchases, 1);
  const booked = report.attempts.filter(({ billed }) => billed === "yes").length;
  assert.ok(booked <= result.purchases, "nothing is booked that was not bought");
  if (scenario === "cancel") {
    // The upstream finished it all the same: that is known, booked, and nobody's result.
    assert.equal(report.errorCode, "canceled");
    assert.deepEqual([report.attempts.at(-1)?.state, booked], ["succeeded", result.purchases]);
  }
  assert.equal(report.hollow, 0);
  assert.equal(report.files, report.stage === "finished" ? 1 : 0);
  assert.equal(result.bodies, 1, "one event has one body");
  assert.equal(result.eventIds, 1, "and one id");
  assert.equal(report.balance, GRANT - report.charged, "hold = settle + release");
  passed += 1;
}
