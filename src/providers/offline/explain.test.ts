import assert from "node:assert/strict";
import { test } from "node:test";
import { explainPrompt } from "./explain.ts";

test("explainPrompt() tells setting, subjects, what is unknown, left out and corrected", () => {
  const told = explainPrompt("two foxes in a forst at dawn without birds, glimmerwick");
  assert.deepEqual(told.subjects, ["2 fox"]);
  assert.deepEqual(told.without, ["bird"]);
  assert.deepEqual(told.unknown, ["forst", "glimmerwick"]);
  assert.equal(told.palette, "dawn");
  assert.deepEqual(explainPrompt("a mountian").corrected, ["mountian → mountains"]);
});
