import assert from "node:assert/strict";
import { test } from "node:test";
import { tryRule } from "./try-rule.ts";
import { unusedRule } from "./unused.ts";

const EXPORTS = "export const a = 1;\nexport function b() {}\nexport interface C {}\n";

test("unusedRule() names values that nobody imports, and leaves types", () => {
  assert.deepEqual(tryRule(unusedRule, { "src/core/x.ts": EXPORTS }), [
    "src/core/x.ts:1 nobody imports a: drop the word export, or delete it",
    "src/core/x.ts:2 nobody imports b: drop the word export, or delete it",
  ]);
});

test("unusedRule() takes an import under another name, and one by a test", () => {
  const files = {
    "src/core/x.ts": EXPORTS,
    "src/core/y.ts": 'import { a as z } from "./x.ts";',
    "src/core/x.test.ts": 'import { b } from "./x.ts";',
  };
  assert.deepEqual(tryRule(unusedRule, files), []);
});

test("unusedRule() does not take the same name of another file", () => {
  const files = {
    "src/core/x.ts": "export const a = 1;",
    "src/core/y.ts": 'import { a } from "../lib/x.ts";',
  };
  assert.equal(tryRule(unusedRule, files).length, 1);
});

for (const code of [
  'import * as x from "./x.ts";',
  'const x = await import("./x.ts");',
  'new Worker(new URL("./x.ts", import.meta.url));',
]) {
  test(`unusedRule() takes everything as used after: ${code}`, () => {
    const files = { "src/core/x.ts": EXPORTS, "src/core/y.ts": code };
    assert.deepEqual(tryRule(unusedRule, files), []);
  });
}

test("unusedRule() leaves what other packages import alone", () => {
  assert.deepEqual(tryRule(unusedRule, { "src/client/client.ts": EXPORTS }), []);
});
