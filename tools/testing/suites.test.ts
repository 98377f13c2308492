import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { chooseSuites, DEFAULT_SUITE, SUITES, suiteFiles } from "./suites.ts";

function setup(files: readonly string[]): string {
  const root = scratchFolder("suites");
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), "");
  }
  return root;
}

function namesOf(words: readonly string[], root: string): readonly string[] | string {
  const suites = chooseSuites(words, root);
  return typeof suites === "string" ? suites : suites.map((suite) => suite.name);
}

test("suiteFiles() takes rooms, tools and short end-to-end files, and leaves long ones", () => {
  const root = setup([
    "src/lib/json.test.ts",
    "src/lib/json.ts",
    "tools/tidy.test.ts",
    "test/golden/errors.test.ts",
    "test/e2e/kill.test.ts",
    "test/e2e/first-picture.short.test.ts",
    "test/browser/console.test.ts",
  ]);
  assert.deepEqual(suiteFiles(DEFAULT_SUITE, root), [
    "src/lib/json.test.ts",
    "test/e2e/first-picture.short.test.ts",
    "test/golden/errors.test.ts",
    "tools/tidy.test.ts",
  ]);
});

test("chooseSuites() gives the unit suite, when nothing is named", () => {
  assert.deepEqual(namesOf([], setup([])), ["unit"]);
});

test("chooseSuites() gives only suites that have files, when all are asked for", () => {
  const root = setup(["src/a.test.ts", "test/chaos/kill.test.ts"]);
  assert.deepEqual(namesOf(["all"], root), ["unit", "chaos"]);
});

test("chooseSuites() keeps an empty suite that was named, so that the run can fail", () => {
  assert.deepEqual(namesOf(["browser"], setup([])), ["browser"]);
});

test("chooseSuites() runs far suites only when they are named", () => {
  const root = setup(["src/a.test.ts", "test/fuzz/schema.test.ts"]);
  assert.deepEqual(namesOf(["all"], root), ["unit"]);
  assert.deepEqual(namesOf(["fuzz"], root), ["fuzz"]);
});

test("chooseSuites() runs named files beside named suites", () => {
  const root = setup(["src/a.test.ts"]);
  assert.deepEqual(namesOf(["src/a.test.ts", "e2e"], root), ["e2e", "named files"]);
});

test("chooseSuites() gives back a word that names nothing", () => {
  assert.equal(namesOf(["src/none.test.ts"], setup([])), "src/none.test.ts");
});

test("SUITES leaves six of forty minutes for installing and checking", () => {
  const spentMs = SUITES.reduce((sum, suite) => sum + suite.budgetMs, 0);
  assert.ok(spentMs <= 34 * 60_000, `budgets add up to ${spentMs / 60_000} minutes`);
});
