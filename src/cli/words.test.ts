import assert from "node:assert/strict";
import { test } from "node:test";
import { expectWords, type FlagKinds, parseWords } from "./words.ts";

const KINDS: FlagKinds = { model: "text", input: "list", output: "text", json: "switch" };

test("parseWords() takes words, values, lists and switches apart", () => {
  const parsed = parseWords(
    ["a fox", "--model=m", "--input", "a=1", "--input", "b=2", "-o", "x.png", "--json"],
    KINDS,
  );
  assert.deepEqual(parsed.words, ["a fox"]);
  assert.equal(parsed.text("model"), "m");
  assert.deepEqual(parsed.list("input"), ["a=1", "b=2"]);
  assert.equal(parsed.text("output"), "x.png");
  assert.equal(parsed.on("json"), true);
});

test("parseWords() gives null, nothing and false for what is absent", () => {
  const parsed = parseWords([], KINDS);
  assert.deepEqual(
    [parsed.words, parsed.text("model"), parsed.list("input"), parsed.on("json")],
    [[], null, [], false],
  );
});

test("parseWords() takes what follows -- as words", () => {
  assert.deepEqual(parseWords(["--json", "--", "--model", "-5"], KINDS).words, ["--model", "-5"]);
});

test("parseWords() takes a value that begins with a dash", () => {
  assert.equal(parseWords(["--model", "-5"], KINDS).text("model"), "-5");
});

const REFUSED: readonly (readonly [readonly string[], RegExp])[] = [
  [["--nope"], /^--nope is unknown; known are --model, --input, --output, --json$/],
  [["-x"], /^-x is unknown/],
  [["--model"], /^--model needs a value$/],
  [["--model", "--json"], /^--model needs a value before --json$/],
  [["-o"], /^-o needs a value$/],
  [["--json=yes"], /^--json takes no value$/],
  [["--model", "a", "--model", "b"], /^--model is given twice/],
];

for (const [words, message] of REFUSED) {
  test(`parseWords() refuses ${words.join(" ")}`, () => {
    assert.throws(() => parseWords(words, KINDS), { code: "invalid_request", message });
  });
}

test("parseWords() says that a command knows no flag", () => {
  assert.throws(() => parseWords(["--x"], {}), { message: "--x is unknown; none is known here" });
});

test("expectWords() names the first word too many", () => {
  const parsed = parseWords(["list", "all", "now"], KINDS);
  expectWords(parsed, 3);
  assert.throws(() => expectWords(parsed, 1), { message: /^all is one word too many/ });
});
