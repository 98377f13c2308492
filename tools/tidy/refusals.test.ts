import assert from "node:assert/strict";
import { test } from "node:test";
import { refusalProblems } from "./refusals.ts";

test("refusalProblems() accepts a row or more for each rule, and rows of schemas", () => {
  assert.deepEqual(refusalProblems(["a", "b", "a"], ["schema", "b", "a", "a"]), []);
});

test("refusalProblems() names each rule without a row once", () => {
  const found = refusalProblems(["a", "b", "b"], ["a"]).map(({ message }) => message);
  assert.deepEqual(found, ["rule b has no row: add an input that breaks it, with its message"]);
});

test("refusalProblems() names a row whose rule is gone", () => {
  const found = refusalProblems(["a"], ["a", "c"]).map(({ message }) => message);
  assert.deepEqual(found, ["no model has the rule c: remove its row"]);
});
