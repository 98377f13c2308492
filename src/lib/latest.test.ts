import assert from "node:assert/strict";
import { test } from "node:test";
import { rememberLatest } from "./latest.ts";

test("rememberLatest() makes again only what is not the same as before", () => {
  const made: string[] = [];
  const shout = rememberLatest((word: string) => {
    made.push(word);
    return word.toUpperCase();
  });
  assert.deepEqual(["a", "a", "b", "a", "a"].map(shout), ["A", "A", "B", "A", "A"]);
  assert.deepEqual(made, ["a", "b", "a"]);
});

test("rememberLatest() keeps nothing of what could not be made", () => {
  let tries = 0;
  const fragile = rememberLatest((key: number) => {
    tries += 1;
    if (tries === 1) throw new Error("not yet");
    return key;
  });
  assert.throws(() => fragile(1), /not yet/);
  assert.deepEqual([fragile(1), fragile(1), tries], [1, 1, 2]);
});
