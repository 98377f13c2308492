import assert from "node:assert/strict";
import { test } from "node:test";
import { mentionsRule } from "./mentions.ts";
import { tryRule } from "./try-rule.ts";

const CODE = { "src/engine/attempt.ts": "", "docs/guide/start.md": "", "tools/tidy.ts": "" };

test("mentionsRule() accepts links to files and folders, and to other sites", () => {
  const text = "[a](docs/guide/start.md#x) [b](docs/guide) [c](https://example.com) [d](#here)";
  assert.deepEqual(tryRule(mentionsRule, { ...CODE, "README.md": text }), []);
});

test("mentionsRule() refuses a dead link, seen from its own folder", () => {
  const files = { ...CODE, "docs/guide/start.md": "\n[a](start.md) [b](guide/start.md)" };
  assert.deepEqual(tryRule(mentionsRule, files), [
    "docs/guide/start.md:2 the link guide/start.md is dead",
  ]);
});

test("mentionsRule() refuses the name of a file that is gone, in the maps of the code", () => {
  const text = "`engine/attempt.ts`, `tools/tidy.ts`, `engine/gone.ts`, `providers/<name>/x.ts`";
  assert.deepEqual(tryRule(mentionsRule, { ...CODE, "ARCHITECTURE.md": text }), [
    "ARCHITECTURE.md:1 engine/gone.ts is not there any more",
  ]);
  assert.deepEqual(tryRule(mentionsRule, { ...CODE, "docs/decisions/0001-a.md": text }), []);
});

test("mentionsRule() accepts the name of a file to make, above its text", () => {
  const text = "`src/providers/toy/wire.ts`\n\n```ts\n1;\n```\n\nSee `src/engine/gone.ts`";
  assert.deepEqual(tryRule(mentionsRule, { ...CODE, "CONTRIBUTING.md": text }), [
    "CONTRIBUTING.md:7 src/engine/gone.ts is not there any more",
  ]);
});

test("mentionsRule() refuses a script that names a file which is not there", () => {
  const scripts = { tidy: "node tools/tidy.ts", demo: "exec node_modules/.bin/node tools/demo.ts" };
  const files = { ...CODE, "package.json": JSON.stringify({ scripts }) };
  assert.deepEqual(tryRule(mentionsRule, files), [
    "package.json:1 a script names tools/demo.ts, which is not there",
  ]);
});
