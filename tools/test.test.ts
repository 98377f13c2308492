import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scratchFolder } from "../test/support/scratch-folder.ts";

const runner = join(import.meta.dirname, "test.ts");
const HEAD = 'import { test } from "node:test";\n';

/** Writes the files to a folder of their own and runs them as the command does. */
function runTests(files: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = {}) {
  const folder = scratchFolder("runner");
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), HEAD + text);
  // The runner refuses to run inside a run, which it knows by this variable.
  const { NODE_TEST_CONTEXT: _outer, VIDGO_TEST_REQUIRE: _required, ...outside } = process.env;
  const paths = Object.keys(files).map((name) => join(folder, name));
  const result = spawnSync(process.execPath, [runner, ...paths], {
    encoding: "utf8",
    env: { ...outside, ...env },
  });
  return { code: result.status, text: result.stdout + result.stderr };
}

test("the runner ends with 0 and the runner's summary, when all tests pass", () => {
  const { code, text } = runTests({ "a.test.mjs": 'test("holds", () => {});' });
  assert.equal(code, 0, text);
  assert.match(text, /ℹ tests 1\nℹ suites 0\nℹ pass 1\nℹ fail 0\n[\s\S]*ℹ duration_ms \d+\n$/);
});

test("the runner ends with 1 and shows the error and the output, when a test fails", () => {
  const { code, text } = runTests({
    "a.test.mjs":
      'test("breaks", () => { console.log("before"); throw new RangeError("seven"); });',
  });
  assert.equal(code, 1);
  assert.match(text, /what it wrote:\n {4}before/);
  assert.match(text, /✖ breaks\n {4}RangeError.*: seven/);
  assert.match(text, /ℹ fail 1/);
});

test("the runner shows what a file wants to be read, when all is well", () => {
  const { code, text } = runTests({
    "a.test.mjs":
      'test("holds", (t) => { console.log("» 3 of 3 held\\nnoise"); t.diagnostic("seed 7"); });',
  });
  assert.equal(code, 0, text);
  assert.match(text, /^ {2}3 of 3 held$/m);
  assert.match(text, /^ {2}seed 7$/m);
  assert.doesNotMatch(text, /noise/);
});

test("the runner ends with 1, when a file breaks while it is loaded", () => {
  const { code, text } = runTests({ "a.test.mjs": 'throw new Error("at load");' });
  assert.equal(code, 1);
  assert.match(text, /Error: at load/);
});

test("the runner ends with 1, when a file holds no test", () => {
  const { code, text } = runTests({ "a.test.mjs": "" });
  assert.equal(code, 1);
  assert.match(text, /The file holds no test/);
});

test("the runner names each skipped test under its reason and still ends with 0", () => {
  const { code, text } = runTests({
    "a.test.mjs": 'test("one", { skip: "no browser" }, () => {}); test("two", () => {});',
  });
  assert.equal(code, 0);
  assert.match(text, /Skipped, and why:\n- no browser\n {2}.*a\.test\.mjs: one\n/);
});

test("the runner ends with 1 on a skipped test, when every part is required", () => {
  const files = { "a.test.mjs": 'test("one", { skip: "no browser" }, () => {});' };
  assert.equal(runTests(files, { VIDGO_TEST_REQUIRE: "all" }).code, 1);
});

test("the runner hides the operator's settings and keys from the tests", () => {
  const body = `test("hidden", () => {
    const seen = ["VIDGO_SECRET", "XAI_API_KEY", "PORT"].filter((name) => name in process.env);
    if (seen.length > 0 || process.env.VIDGO_TEST_SEED !== "7") throw new Error(seen.join());
  });`;
  const env = { VIDGO_SECRET: "s", XAI_API_KEY: "k", PORT: "1", VIDGO_TEST_SEED: "7" };
  const { code, text } = runTests({ "a.test.mjs": body }, env);
  assert.equal(code, 0, text);
});

test("the runner ends with 2, when a suite is unknown", () => {
  const result = spawnSync(process.execPath, [runner, "nowhere"], { encoding: "utf8" });
  assert.equal(result.status, 2);
  const names = /the suites are unit, e2e, examples, browser, chaos, failpoints, all/;
  assert.match(result.stderr, names);
});
