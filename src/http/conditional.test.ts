import assert from "node:assert/strict";
import { test } from "node:test";
import { matchesEtag } from "./conditional.ts";

const CASES: readonly (readonly [string | undefined, boolean])[] = [
  [undefined, false],
  ["", false],
  ['"a"', true],
  ['W/"a"', true],
  ["*", true],
  ['"b", W/"a"', true],
  ['"b" ,"a"', true],
  ['"ab"', false],
  ["a", false],
  ['w/"a"', false],
];

for (const [header, expected] of CASES) {
  test(`matchesEtag() of ${header} is ${expected}`, () => {
    assert.equal(matchesEtag(header, '"a"'), expected);
  });
}
