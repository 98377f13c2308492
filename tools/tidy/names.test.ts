import assert from "node:assert/strict";
import { test } from "node:test";
import { namesRule } from "./names.ts";
import { tryRule } from "./try-rule.ts";

for (const path of ["src/lib/media-type.ts", "src/http/routes/submit/200.test.ts"]) {
  test(`namesRule() accepts the name ${path}`, () => {
    assert.deepEqual(tryRule(namesRule, { [path]: "" }), []);
  });
}

const BAD_NAMES = [
  "src/lib/mediaType.ts",
  "src/lib/media_type.ts",
  "src/lib/string-utils.ts",
  "src/common/task.ts",
  "src/core/types.ts",
  "src/engine/task-manager.ts",
];

for (const path of BAD_NAMES) {
  test(`namesRule() refuses the name ${path}`, () => {
    assert.equal(tryRule(namesRule, { [path]: "" }).length, 1);
  });
}

const NOTE = ["TO", "DO"].join("");

test("namesRule() refuses a left-over note in a comment and accepts the word in a text", () => {
  const files = { "src/core/task.ts": `const x = "${NOTE}";\n// ${NOTE} later` };
  assert.deepEqual(tryRule(namesRule, files), [
    "src/core/task.ts:2 a left-over note: do it, or open an issue",
  ]);
});

const HOME = ["/ho", "me/somebody/vidgo"].join("");

test("namesRule() refuses the path of one machine", () => {
  assert.deepEqual(tryRule(namesRule, { "README.md": `See ${HOME}.` }), [
    `README.md:1 ${HOME} is a path of one machine`,
  ]);
});

test("namesRule() accepts paths of the API and in addresses", () => {
  const text = "GET /api/home/work and https://example.org/work/of/art and ~/work/x";
  assert.deepEqual(tryRule(namesRule, { "docs/guide/a.md": text }), []);
});

test("namesRule() accepts the imports of a sample", () => {
  const text = '```ts\nimport { a } from "../../lib/a.ts";\n} from "../b.ts";\n```\n';
  assert.deepEqual(tryRule(namesRule, { "CONTRIBUTING.md": text }), []);
});

test("namesRule() refuses a path that leads out of the project", () => {
  const climb = (steps: number): string => `[x](${"../".repeat(steps)}y.md)`;
  const files = { "docs/guide/a.md": `${climb(2)}\n${climb(3)}` };
  assert.deepEqual(tryRule(namesRule, files), [
    "docs/guide/a.md:2 ../../../y.md leads out of the project",
  ]);
});

test("namesRule() accepts a climbing path as an attack in a test", () => {
  const files = { "src/files/disk-store.test.ts": 'const path = "../../../../etc/passwd";' };
  assert.deepEqual(tryRule(namesRule, files), []);
});

test("namesRule() refuses a download host in the lockfile", () => {
  const files = { "package-lock.json": '{\n"resolved": "https://mirror.example/x.tgz"}' };
  assert.match(tryRule(namesRule, files)[0] ?? "", /^package-lock.json:2 the lockfile names/);
});
