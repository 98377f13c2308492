import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseJson } from "./json.ts";
import { findJsonFault } from "./json-fault.ts";

test("findJsonFault() names line, column and what was expected", () => {
  const cases: readonly (readonly [string, number, number, string])[] = [
    ["", 1, 1, "a value"],
    ["{", 1, 2, 'a name in double quotes or "}"'],
    ['{"a" 1}', 1, 6, '":"'],
    ['{"a": 1,}', 1, 9, "a name in double quotes"],
    ['{"a": 1 "b": 2}', 1, 9, '"," or "}"'],
    ["[1 2]", 1, 4, '"," or "]"'],
    ["[1,]", 1, 4, "a value"],
    ["[,]", 1, 2, 'a value or "]"'],
    ["{'a': 1}", 1, 2, 'a name in double quotes or "}"'],
    ['{\n  "a": tru\n}', 2, 8, "a value"],
    ['"abc', 1, 5, "a closing double quote"],
    ['"a\\x"', 1, 3, "an escape of JSON"],
    ['"a\nb"', 1, 3, "an escape instead of a control character"],
    ["{} {}", 1, 4, "the end of the text"],
    ["01", 1, 2, "the end of the text"],
    ["NaN", 1, 1, "a value"],
    ["[1}", 1, 3, '"," or "]"'],
  ];
  for (const [text, line, column, expected] of cases) {
    assert.deepEqual(findJsonFault(text), { line, column, expected }, text);
  }
});

test("findJsonFault() finds nothing wrong with what JSON.stringify writes", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
      assert.equal(findJsonFault(JSON.stringify(value, null, indent)), null);
    }),
  );
});

test("findJsonFault() agrees with JSON.parse on broken texts", () => {
  const broken = fc
    .tuple(fc.jsonValue(), fc.nat(), fc.constantFrom("", ",", "}", "]", '"', "\\", "x", "1"))
    .map(([value, where, insert]) => {
      const text = JSON.stringify(value);
      const at = where % (text.length + 1);
      return text.slice(0, at) + insert + text.slice(at + 1);
    });
  fc.assert(
    fc.property(broken, (text) => {
      assert.equal(findJsonFault(text) === null, parseJson(text) !== undefined, text);
    }),
    { numRuns: 2000 },
  );
});

test("findJsonFault() stands a megabyte of opening brackets", () => {
  const fault = findJsonFault("[".repeat(1 << 20));
  assert.deepEqual(fault, { line: 1, column: (1 << 20) + 1, expected: 'a value or "]"' });
});
