import assert from "node:assert/strict";
import { test } from "node:test";
import { treeOf } from "../tidy/tree.ts";
import { measureCode } from "./code.ts";

/** The figure of that name for a project of a few files. */
function figureOf(name: string, files: Readonly<Record<string, string>>) {
  const texts = Object.entries(files).map(([path, text]) => ({ path, text }));
  const found = measureCode(treeOf("/project", texts)).find((figure) => figure.name === name);
  assert.ok(found, `no figure ${name}`);
  return { value: found.value, holds: found.holds };
}

const CLEAN = "const x = 1;\n".repeat(10);

test("measureCode() counts files and lines that ship, without tests and tools", () => {
  const files = { "src/core/a.ts": CLEAN, "src/core/a.test.ts": CLEAN, "tools/b.ts": CLEAN };
  assert.deepEqual(figureOf("files", files), { value: "1", holds: null });
  assert.deepEqual(figureOf("lines", files), { value: "10", holds: null });
});

test("measureCode() sets test lines against code lines", () => {
  const name = "test lines per code line";
  const code = { "src/core/a.ts": CLEAN };
  assert.deepEqual(figureOf(name, { ...code, "src/core/a.test.ts": CLEAN }), {
    value: "1",
    holds: false,
  });
  const twice = { ...code, "test/sim/a.test.ts": CLEAN, "src/store/conformance.ts": CLEAN };
  assert.deepEqual(figureOf(name, twice), { value: "2", holds: true });
});

const PER_THOUSAND: readonly (readonly [string, string])[] = [
  ["any per 1,000 lines", "const x: any = 1;\n"],
  ["non-null ! per 1,000 lines", "const x = y!;\n"],
  ["as per 1,000 lines", "const x = y as Task;\n"],
  ["new Error outside lib/ per 1,000 lines", 'const x = new Error("y");\n'],
  ["checks switched off in place per 1,000 lines", "// @ts-expect-error: y\n"],
];

for (const [name, code] of PER_THOUSAND) {
  test(`measureCode() counts ${name}`, () => {
    const text = code + "const y = [1] as const;\n".repeat(9);
    assert.deepEqual(figureOf(name, { "src/core/a.ts": text }), { value: "100", holds: false });
    assert.deepEqual(figureOf(name, { "src/core/a.ts": CLEAN }), { value: "0", holds: true });
  });
}

test("measureCode() leaves new Error in lib/ out", () => {
  const files = { "src/lib/a.ts": 'const x = new Error("y");\n' };
  assert.equal(figureOf("new Error outside lib/ per 1,000 lines", files).value, "0");
});

test("measureCode() gives the share of documented exports", () => {
  const text = "/** One. */\nexport const a = 1;\nexport const b = 2;\n";
  assert.deepEqual(
    figureOf("exported declarations with a doc comment, %", { "src/core/a.ts": text }),
    { value: "50", holds: false },
  );
});

test("measureCode() gives the share of functions with many parameters", () => {
  const text = "const f = (a, b, c) => 1;\nconst g = (a, b, c, d) => 1;\n";
  const name = "functions of more than 3 parameters, %";
  assert.deepEqual(figureOf(name, { "src/core/a.ts": text }), { value: "50", holds: false });
});
