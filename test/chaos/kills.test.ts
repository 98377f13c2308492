import assert from "node:assert/strict";
import { test } from "node:test";
import { type ChaosOptions, readOptions } from "../../bench/chaos/options.ts";
import { type ChaosReport, runChaos } from "../../bench/chaos/run.ts";
import { hasPostgres } from "../support/postgres.ts";
import { requirePart } from "../support/require.ts";

const POSTGRES = requirePart("postgres", hasPostgres(), "PostgreSQL is not installed");

test("kills on SQLite: nothing is lost, bought twice or altered", async () => {
  const report = await run(["--kills", "8", "--tasks", "80", "--seed", "ci1"]);
  assertClean(report, { kills: 8, tasks: 80 });
});

test("kills and a pause on PostgreSQL with two nodes: the same", POSTGRES, async () => {
  const words = ["--kills", "8", "--tasks", "80", "--pauses", "1", "--seed", "ci2"];
  const report = await run([...words, "--store", "postgres", "--nodes", "2"]);
  assertClean(report, { kills: 8, tasks: 80 });
  assert.equal(report.pauses, 1);
});

test("kills before a free server of one's own: what is lost is run again", async () => {
  const words = ["--provider", "sd-server", "--kills", "3", "--tasks", "30", "--seed", "ci3"];
  const report = await run(words);
  assertClean(report, { kills: 3, tasks: 30 });
  assert.equal(report.unknown, 0);
});

test("kills before a blind provider: nothing is bought twice, and doubt is told", async () => {
  const report = await run(["--provider", "xai", "--kills", "3", "--tasks", "30", "--seed", "ci4"]);
  assert.deepEqual(report.violations, []);
  assert.equal(report.counts.lost + report.counts.duplicated + report.surprises, 0);
  // Whatever was not finished was refused, or its answer was lost, and nobody could be asked.
  assert.ok(report.unknown > 0 && report.finished > 0, JSON.stringify(report));
});

async function run(words: readonly string[]): Promise<ChaosReport> {
  const options: ChaosOptions | string = readOptions([
    ...words,
    "--cancels",
    "0.2",
    "--patience",
    "90",
  ]);
  assert.ok(typeof options !== "string", String(options));
  return runChaos(options, () => {});
}

function assertClean(report: ChaosReport, asked: { kills: number; tasks: number }): void {
  assert.deepEqual(report.violations, []);
  assert.equal(report.surprises, 0);
  assert.equal(report.kills, asked.kills);
  // Clients without a key give up on a lost answer, so a few wishes may never become tasks.
  assert.ok(report.tasks > asked.tasks * 0.9, `${report.tasks} tasks`);
  const { canceled, finished } = report;
  assert.ok(finished + canceled > report.tasks * 0.8, `${finished} finished, ${canceled} canceled`);
  assert.ok(canceled > 0, "some were canceled under way");
}
