import assert from "node:assert/strict";
import { test } from "node:test";
import { dependent, exclusive, rule } from "./rule.ts";

test("rule() turns a message into a refusal of its field", () => {
  const speaks = rule("no-rain", "prompt", ({ prompt }) => (prompt === "rain" ? "no rain" : null));

  assert.deepEqual(speaks.check({ prompt: "rain" }), { field: "prompt", message: "no rain" });
  assert.equal(speaks.check({ prompt: "sun" }), null);
  assert.equal(speaks.name, "no-rain");
});

test("exclusive() blames the first member, when another is given too", () => {
  const either = exclusive("either", "a", ["b", "c"]);

  assert.equal(
    either.check({ a: "1", c: "1" })?.message,
    "a cannot be combined with c; give one of them",
  );
  assert.equal(either.check({ a: "1", b: "1", c: "1" })?.field, "a");
  for (const input of [{}, { a: "1" }, { b: "1", c: "1" }, { a: "1", b: "", c: [] }]) {
    assert.equal(either.check(input), null);
  }
});

test("dependent() asks for one of the others, when the member is given", () => {
  const needs = dependent("needs", "a", ["b", "c"]);

  assert.deepEqual(needs.check({ a: ["1"], b: [] }), { field: "a", message: "a requires b or c" });
  for (const input of [{}, { a: [] }, { a: ["1"], b: ["1"] }, { a: ["1"], c: ["1"] }]) {
    assert.equal(needs.check(input), null);
  }
});
