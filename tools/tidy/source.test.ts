import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSource } from "./source.ts";
import { isProduct, isTest, treeOf } from "./tree.ts";

const importsOf = (text: string) =>
  parseSource("src/a.ts", text).imports.map(({ specifier, line, typeOnly }) => ({
    specifier,
    line,
    typeOnly,
  }));

const WAYS: readonly (readonly [string, boolean])[] = [
  ['import { a } from "./b.ts";', false],
  ['import "./b.ts";', false],
  ['import type { A } from "./b.ts";', true],
  ['import { type A, type B } from "./b.ts";', true],
  ['import { type A, b } from "./b.ts";', false],
  ['export { a } from "./b.ts";', false],
  ['export * from "./b.ts";', false],
  ['const a = await import("./b.ts");', false],
  ['type A = import("./b.ts").A;', true],
  ['new Worker(new URL("./b.ts", import.meta.url));', false],
  [`new Worker(new URL(\`./b.\${ending}\`, import.meta.url));`, false],
  [`const B = new URL(\`./b\${extname(import.meta.url)}\`, import.meta.url);`, false],
];

for (const [code, typeOnly] of WAYS) {
  test(`parseSource() finds the file that is named by: ${code}`, () => {
    assert.deepEqual(importsOf(`\n${code}`), [{ specifier: "./b.ts", line: 2, typeOnly }]);
  });
}

test("parseSource() takes no other text for a file", () => {
  assert.deepEqual(importsOf('const a = "./b.ts"; new URL("/x", base);'), []);
  assert.deepEqual(importsOf(`new URL(\`../fonts/\${file}\`, import.meta.url);`), []);
});

test("lineOf() counts from 1 and gives the line that an offset stands in", () => {
  const { lineOf } = parseSource("src/a.ts", "ab\ncd\n\ne");
  assert.deepEqual([0, 2, 3, 5, 6, 7].map(lineOf), [1, 1, 2, 2, 3, 4]);
});

test("parseSource() lists each node after its parent, in the order of the text", () => {
  const seen = parseSource("src/a.ts", "f(1);").nodes.map(
    ({ node, parent }) => `${node.type} in ${parent?.type ?? "nothing"}`,
  );
  assert.deepEqual(seen, [
    "Program in nothing",
    "ExpressionStatement in Program",
    "CallExpression in ExpressionStatement",
    "Identifier in CallExpression",
    "Literal in CallExpression",
  ]);
});

test("treeOf() parses code and leaves documents and fixtures as texts", () => {
  const texts = ["src/a.ts", "README.md", "src/providers/x/fixtures/b.ts"].map((path) => ({
    path,
    text: "",
  }));
  const tree = treeOf("/project", texts);
  assert.equal(tree.texts.length, 3);
  assert.deepEqual(
    tree.sources.map(({ path }) => path),
    ["src/a.ts"],
  );
});

test("isTest() and isProduct() tell tests and conformance suites from what ships", () => {
  const paths = [
    "src/a.test.ts",
    "test/a.ts",
    "src/store/conformance.ts",
    "src/store/conformance/b.ts",
  ];
  assert.deepEqual(paths.map(isTest), [true, true, true, true]);
  assert.deepEqual(["src/a.ts", "tools/a.ts", ...paths].filter(isProduct), ["src/a.ts"]);
});
