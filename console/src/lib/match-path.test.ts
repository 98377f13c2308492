import assert from "node:assert/strict";
import { test } from "node:test";
import { matchPath } from "./match-path.ts";

test("matchPath() takes parts of a path by name", () => {
  assert.deepEqual(matchPath("tasks", "tasks"), {});
  assert.deepEqual(matchPath("tasks/:id", "tasks/a%20b"), { id: "a b" });
  assert.deepEqual(matchPath("tasks/:id", "/tasks/a/"), { id: "a" });
});

test("matchPath() refuses other lengths and other words", () => {
  assert.equal(matchPath("tasks/:id", "tasks"), null);
  assert.equal(matchPath("tasks", "tasks/a"), null);
  assert.equal(matchPath("tasks/:id", "keys/a"), null);
});

test("matchPath() takes a broken escape as it stands", () => {
  assert.deepEqual(matchPath("tasks/:id", "tasks/%E0"), { id: "%E0" });
});
