import assert from "node:assert/strict";
import { test } from "node:test";
import { shapesRule } from "./shapes.ts";
import { tryRule } from "./try-rule.ts";

const ROOM = "src/core/task.ts";

const REFUSED: readonly (readonly [string, string])[] = [
  ["const x: any = 1;", "any"],
  ["const x = y!;", "non-null !"],
  ["const x = y as Task;", "as outside lib/"],
  ["const x = <Task>y;", "as outside lib/"],
  ["enum Stage { A }", "enum"],
  ["class A { private x = 1; }", "private, protected or public"],
  ["class A { constructor(private x: number) {} }", "private, protected or public"],
  ["@frozen class A {}", "a decorator"],
  ["export default 1;", "a default export"],
  ['export * from "./a.ts"; export const b = 1;', "export *"],
  ['export { a } from "./a.ts"; export type { B } from "./b.ts";', "a barrel"],
  ["class A extends Task {}", "a class that extends another"],
  ['test.only("x", () => {});', "a focused or planned test"],
  ['test.todo("x");', "a focused or planned test"],
  ['test("x", { skip: true }, () => {});', "skip without a reason"],
];

for (const [code, expected] of REFUSED) {
  test(`shapesRule() refuses ${code}`, () => {
    const found = tryRule(shapesRule, { [ROOM]: code });
    assert.deepEqual(
      found.map((each) => each.startsWith(`${ROOM}:1 ${expected}`)),
      [true],
    );
  });
}

const ACCEPTED = [
  "const stages = [1, 2] as const;",
  "const x = y satisfies Task;",
  "class A { #x = 1; }",
  "class Refusal extends Error {}",
  'export { a } from "./a.ts"; export const b = 1;',
  'test("x", { skip: "no browser" }, () => {});',
];

for (const code of ACCEPTED) {
  test(`shapesRule() accepts ${code}`, () => {
    assert.deepEqual(tryRule(shapesRule, { [ROOM]: code }), []);
  });
}

test("shapesRule() accepts a cast in lib/ and in tests", () => {
  const code = "const x = y as Task;";
  const files = { "src/lib/json.ts": code, "src/core/task.test.ts": code, "test/sim/a.ts": code };
  assert.deepEqual(tryRule(shapesRule, files), []);
});

test("shapesRule() accepts a default export where a tool asks for it", () => {
  const files = { "console/vite.config.ts": "export default {};" };
  assert.deepEqual(tryRule(shapesRule, files), []);
});

test("shapesRule() names a file that does not parse", () => {
  const found = tryRule(shapesRule, { [ROOM]: "const = 1;" });
  assert.equal(found.length, 1);
});
