import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../lib/json.ts";
import { readRequest } from "./request.ts";
import { parseWords } from "./words.ts";

function read(...words: readonly string[]): ReturnType<typeof readRequest> {
  return readRequest(parseWords(words, { model: "text", input: "list" }));
}

test("readRequest() makes the body of a submit", () => {
  assert.deepEqual(read("a fox", "--model", "m"), { model: "m", input: { prompt: "a fox" } });
  assert.deepEqual(read("--model", "m"), { model: "m", input: {} });
  assert.deepEqual(read("--model", "m", "--input", "prompt=p"), {
    model: "m",
    input: { prompt: "p" },
  });
});

const VALUES: readonly (readonly [string, Json])[] = [
  ["6", 6],
  ["true", true],
  ["null", null],
  ['["a","b"]', ["a", "b"]],
  ['{"a":1}', { a: 1 }],
  ['"6"', "6"],
  ["16:9", "16:9"],
  ["", ""],
  ["a=b=c", "a=b=c"],
  ["https://media.example.com/a.png?x=1", "https://media.example.com/a.png?x=1"],
];

for (const [text, value] of VALUES) {
  test(`readRequest() reads the value ${text === "" ? "(empty)" : text}`, () => {
    assert.deepEqual(read("--model", "m", "--input", `x=${text}`).input, { x: value });
  });
}

const REFUSED: readonly (readonly [readonly string[], RegExp])[] = [
  [["a fox"], /^--model is missing; vidgo models lists them$/],
  [["a", "fox", "--model", "m"], /^the prompt is one argument; put it in quotes$/],
  [["--model", "m", "--input", "duration"], /^--input duration has no value; write/],
  [["--model", "m", "--input", "=6"], /^--input =6 has no value/],
  [["--model", "m", "--input", "n=1", "--input", "n=2"], /^--input n is given twice/],
  [["fox", "--model", "m", "--input", "prompt=p"], /^the prompt is given twice/],
];

for (const [words, message] of REFUSED) {
  test(`readRequest() refuses ${words.join(" ")}`, () => {
    assert.throws(() => read(...words), { code: "invalid_request", message });
  });
}
