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

test("explainPrompt() tells directions as they are marked, and nothing without any", () => {
  assert.deepEqual(explainPrompt("a fox [[slow 5s]] [[fail 503]]").directions, [
    "slow 5 s",
    "fail 503",
  ]);
  const told = explainPrompt("a fox [[late 0.5s]] [[fail provider_gone]] [[refuse output]]");
  assert.deepEqual(told.directions, ["late 0.5 s", "fail 502", "refuse output"]);
  assert.ok(!("directions" in explainPrompt("a fox")));
});
