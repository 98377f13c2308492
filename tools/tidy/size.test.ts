import assert from "node:assert/strict";
import { test } from "node:test";
import { functionSizes, lineCount, sizeRule } from "./size.ts";
import { parseSource } from "./source.ts";
import { tryRule } from "./try-rule.ts";

const ROOM = "src/core/task.ts";
const lines = (count: number): string => "const x = 1;\n".repeat(count);

test("sizeRule() accepts 250 lines, warns of 251 and refuses 401", () => {
  assert.deepEqual(tryRule(sizeRule, { [ROOM]: lines(250) }), []);
  assert.deepEqual(tryRule(sizeRule, { [ROOM]: lines(251) }), [
    `${ROOM}:250 251 lines, 250 wanted: does it hold one idea?`,
  ]);
  assert.deepEqual(tryRule(sizeRule, { [ROOM]: lines(401) }), [
    `${ROOM}:400 401 lines, at most 400: split it by idea`,
  ]);
});

test("sizeRule() gives a test 600 lines", () => {
  assert.deepEqual(tryRule(sizeRule, { "src/core/task.test.ts": lines(600) }), []);
  assert.equal(tryRule(sizeRule, { "src/core/task.test.ts": lines(601) }).length, 1);
});

test("sizeRule() refuses a line of 101 columns, counted in characters", () => {
  const words = (count: number): string => `// ${"ab ".repeat(40)}`.slice(0, count - 1);
  assert.deepEqual(tryRule(sizeRule, { [ROOM]: `${words(100)}ä` }), []);
  assert.deepEqual(tryRule(sizeRule, { [ROOM]: `${words(101)}ä` }), [
    `${ROOM}:1 101 columns, at most 100`,
  ]);
});

test("sizeRule() accepts a long line that cannot be broken", () => {
  assert.deepEqual(tryRule(sizeRule, { [ROOM]: `const x = "${"a".repeat(100)}";` }), []);
});

test("sizeRule() accepts a long row in a table of words, not in code", () => {
  const row = `const row = "${"word ".repeat(22)}";`;
  assert.deepEqual(tryRule(sizeRule, { "src/providers/offline/lexicon/animals.ts": row }), []);
  assert.equal(tryRule(sizeRule, { [ROOM]: row }).length, 1);
});

const body = (count: number): string => `function f() {\n${"  go();\n".repeat(count - 2)}}\n`;

test("sizeRule() accepts a function of 70 lines and refuses 71", () => {
  assert.deepEqual(tryRule(sizeRule, { [ROOM]: body(70) }), []);
  assert.deepEqual(tryRule(sizeRule, { [ROOM]: body(71) }), [
    `${ROOM}:1 a function of 71 lines, at most 70: name its steps`,
  ]);
});

test("sizeRule() refuses four parameters, this not counted", () => {
  assert.deepEqual(tryRule(sizeRule, { [ROOM]: "const f = (a, b, c) => 1;" }), []);
  assert.deepEqual(tryRule(sizeRule, { [ROOM]: "function f(this: X, a, b, c) {}" }), []);
  assert.deepEqual(tryRule(sizeRule, { [ROOM]: "const f = (a, b, c, d) => 1;" }), [
    `${ROOM}:1 a function of 4 parameters, at most 3: context, subject, options`,
  ]);
});

test("functionSizes() counts functions, arrows and methods, and leaves declarations", () => {
  const code = "interface A { m(): void }\nclass B {\n  m() {\n    return () => 1;\n  }\n}\n";
  assert.deepEqual(functionSizes(parseSource(ROOM, code)), [
    { line: 3, lines: 3, parameters: 0 },
    { line: 4, lines: 1, parameters: 0 },
  ]);
});

test("lineCount() leaves out the end of the last line", () => {
  assert.deepEqual(["", "a", "a\n", "a\nb\n"].map(lineCount), [1, 1, 1, 2]);
});
