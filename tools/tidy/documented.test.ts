import assert from "node:assert/strict";
import { test } from "node:test";
import { documentedRule } from "./documented.ts";
import { tryRule } from "./try-rule.ts";

const ROOM = "src/core/task.ts";
const MISSING = "has no doc comment: a sentence, units, limits, null";

for (const [name, code] of [
  ["Task", "export interface Task {}"],
  ["Stage", "export type Stage = 1;"],
  ["LIMITS", "export const LIMITS = 1;"],
  ["settle", "export async function settle() {}"],
  ["Lease", "export class Lease {}"],
]) {
  test(`documentedRule() asks for a comment on: ${code}`, () => {
    assert.deepEqual(tryRule(documentedRule, { [ROOM]: `${code}` }), [
      `${ROOM}:1 ${name} ${MISSING}`,
    ]);
    assert.deepEqual(tryRule(documentedRule, { [ROOM]: `/** What it is. */\n${code}` }), []);
  });
}

test("documentedRule() takes neither a plain comment nor one further up", () => {
  const files = { [ROOM]: "/** A. */\nconst a = 1;\n// B.\nexport const b = a;" };
  assert.deepEqual(tryRule(documentedRule, files), [`${ROOM}:4 b ${MISSING}`]);
});

test("documentedRule() leaves tests and what is not exported alone", () => {
  const files = { [ROOM]: "const a = 1;", "src/core/task.test.ts": "export const b = 1;" };
  assert.deepEqual(tryRule(documentedRule, files), []);
});
