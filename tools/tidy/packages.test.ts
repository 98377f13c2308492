import assert from "node:assert/strict";
import { test } from "node:test";
import { packagesRule } from "./packages.ts";
import { tryRule } from "./try-rule.ts";

const DECISION = { "docs/decisions/0001-log.md": "`pino` writes lines, MIT." };
const manifest = (dependencies: object, devDependencies: object = {}): string =>
  JSON.stringify({ dependencies, devDependencies });

test("packagesRule() accepts a pinned package with a decision", () => {
  const files = { "package.json": manifest({ pino: "10.4.0" }), ...DECISION };
  assert.deepEqual(tryRule(packagesRule, files), []);
});

test("packagesRule() refuses a range and a package without a decision", () => {
  const files = { "package.json": manifest({ pino: "^10.4.0", ajv: "8.20.0" }), ...DECISION };
  assert.deepEqual(tryRule(packagesRule, files), [
    "package.json:1 pino: pin one version",
    "package.json:1 ajv has no line in docs/decisions/: what it does, its licence",
  ]);
});

test("packagesRule() refuses install scripts, those of node and of dev packages aside", () => {
  const packages = {
    "node_modules/node": { hasInstallScript: true },
    "node_modules/esbuild": { hasInstallScript: true, dev: true },
    "node_modules/a/node_modules/@b/native": { hasInstallScript: true },
  };
  const files = { "package.json": "{}", "package-lock.json": JSON.stringify({ packages }) };
  assert.deepEqual(tryRule(packagesRule, files), [
    "package-lock.json:1 @b/native runs a script when installed: choose another",
  ]);
});

test("packagesRule() refuses what is not listed, and dev packages in code that ships", () => {
  const code = 'import { x } from "fast-check";\nimport y from "pino/file";\nimport "node:fs";';
  const files = {
    "package.json": manifest({}, { "fast-check": "4.0.0" }),
    "docs/decisions/0001-tests.md": "`fast-check`",
    "src/core/task.ts": code,
    "src/core/task.test.ts": code,
  };
  assert.deepEqual(tryRule(packagesRule, files), [
    "src/core/task.ts:1 fast-check is not listed in dependencies",
    "src/core/task.ts:2 pino is not listed in dependencies",
    "src/core/task.test.ts:2 pino is not listed in package.json",
  ]);
});
