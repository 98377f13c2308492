import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  errorAfter,
  errorBefore,
  readDirections,
  takeDirections,
  takeFromInput,
  UNDIRECTED,
} from "./stage-directions.ts";

const cases = [
  ["a fox [[slow 20s]]", { slowMs: 20_000 }],
  ["a fox [[ SLOW 1.5 ]]", { slowMs: 1_500 }],
  ["[[slow]] a fox", { slowMs: 20_000 }],
  ["[[late 2s]] a fox", { lateMs: 2_000 }],
  ["a [[late]] fox", { lateMs: 30_000 }],
  ["a fox [[fail]]", { fail: "generation_failed" }],
  ["a fox [[fail 503]]", { fail: "upstream_unavailable" }],
  ["a fox [[fail rate_limited]]", { fail: "rate_limited" }],
  ["a fox [[fail nonsense]]", { fail: "generation_failed" }],
  ["a fox [[refuse]]", { refuse: "input" }],
  ["a fox [[refuse output]]", { refuse: "output" }],
  ["a fox [[slow 3s]] [[fail 504]]", { slowMs: 3_000, fail: "upstream_timeout" }],
] as const;

for (const [prompt, expected] of cases) {
  test(`takeDirections() reads ${prompt}`, () => {
    const { text, directions } = takeDirections(prompt);
    assert.equal(text, "a fox");
    assert.deepEqual(directions, { ...UNDIRECTED, ...expected });
  });
}

test("takeDirections() leaves what is no mark, and caps waits at an hour", () => {
  for (const text of ["[verse] hello", "[[verse]]", "a [[slowly]] fox", "[[slow 20", ""]) {
    assert.deepEqual(takeDirections(text), { text, directions: UNDIRECTED });
  }
  assert.equal(takeDirections("[[slow 9999]]").directions.slowMs, 3_600_000);
});

test("takeDirections() never throws and takes each mark once", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const once = takeDirections(text);
      assert.deepEqual(takeDirections(once.text).text, once.text);
    }),
  );
});

test("takeFromInput() cleans every text and leaves the rest alone", () => {
  const taken = takeFromInput({ prompt: "sea [[late 1s]]", style: "jazz [[slow 2s]]", n: 2 });
  assert.deepEqual(taken.input, { prompt: "sea", style: "jazz", n: 2 });
  assert.deepEqual(taken.directions, { ...UNDIRECTED, lateMs: 1_000, slowMs: 2_000 });
});

test("readDirections() reads back what was stored, anything else as none", () => {
  const { directions } = takeDirections("[[slow 1s]] [[fail 429]] [[refuse output]]");
  assert.deepEqual(readDirections({ directions: { ...directions } }), directions);
  for (const odd of [null, 1, {}, { directions: 3 }, { directions: { fail: "x", refuse: 1 } }]) {
    assert.deepEqual(readDirections(odd), UNDIRECTED);
  }
});

test("errorBefore() and errorAfter() tell a refused prompt from a refused result", () => {
  const input = takeDirections("[[refuse]]").directions;
  const output = takeDirections("[[refuse output]]").directions;
  assert.deepEqual(
    [errorBefore(input)?.code, errorBefore(input)?.stage],
    ["content_policy", "input"],
  );
  assert.equal(errorAfter(input), null);
  assert.equal(errorBefore(output), null);
  assert.equal(errorAfter(output)?.stage, "output");
  assert.equal(errorBefore(UNDIRECTED), null);
});
