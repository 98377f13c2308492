import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scratchFolder } from "../test/support/scratch-folder.ts";

interface Entry {
  readonly version: string;
  readonly integrity: string;
  readonly dev?: true;
  readonly optional?: true;
}

const PINO: Entry = { version: "10.4.0", integrity: "sha512-a" };
const BIOME: Entry = { version: "2.6.8", integrity: "sha512-b", dev: true };
const LOCK = { "": {}, "node_modules/pino": PINO, "node_modules/biome": BIOME };

// Stands in for npm itself: notes how it was called and makes the tree that npm would make.
const NPM = `
const { appendFileSync, mkdirSync, readFileSync } = require("fs");
const { rmSync, symlinkSync, writeFileSync } = require("fs");
appendFileSync("calls.log", process.argv.slice(2).join(" ") + "\\n");
if (process.env.NPM_FAILS) { console.log("E404 no such package"); process.exit(1); }
rmSync("node_modules", { recursive: true, force: true });
mkdirSync("node_modules/.bin", { recursive: true });
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
writeFileSync("node_modules/.package-lock.json", JSON.stringify({ packages }));
symlinkSync(process.env.NODE_BREAKS ? "/bin/false" : process.execPath, "node_modules/.bin/node");
`;

/** A project of its own with the prepare step, a lockfile and no dependencies yet. */
function setup() {
  const root = scratchFolder("prepare");
  mkdirSync(join(root, "tools"));
  copyFileSync(join(import.meta.dirname, "prepare.mjs"), join(root, "tools/prepare.mjs"));
  writeFileSync(join(root, "npm.js"), NPM);
  const lock = (packages: object): void =>
    writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages }));
  lock(LOCK);
  const prepare = (env: NodeJS.ProcessEnv = {}, ...options: readonly string[]) =>
    spawnSync(process.execPath, [join(root, "tools/prepare.mjs"), ...options], {
      encoding: "utf8",
      env: { ...process.env, npm_execpath: join(root, "npm.js"), ...env },
    });
  const calls = (): readonly string[] =>
    existsSync(join(root, "calls.log"))
      ? readFileSync(join(root, "calls.log"), "utf8").trim().split("\n")
      : [];
  return { root, lock, prepare, calls };
}

test("prepare installs once from the lockfile, and says so on stderr only", () => {
  const { prepare, calls } = setup();
  const first = prepare();
  assert.equal(first.status, 0, first.stderr);
  assert.equal(first.stdout, "");
  assert.match(first.stderr, /^vidgo: installing dependencies .*\nvidgo: installed in \d+ s\n$/);
  const second = prepare();
  assert.deepEqual([second.status, second.stdout, second.stderr], [0, "", ""]);
  assert.deepEqual(calls(), ["ci --include=dev --no-audit --no-fund --loglevel=error"]);
});

test("prepare starts the gateway for nobody once, and again after an update", () => {
  const { root, prepare } = setup();
  mkdirSync(join(root, "src"));
  writeFileSync(join(root, "tools/build-console.mjs"), "export function buildConsole() {}");
  const start = 'require("fs").appendFileSync("starts.log", "x"); console.log("ready");';
  const program = join(root, "src/main.ts");
  const starts = () => readFileSync(join(root, "starts.log"), "utf8").length;
  writeFileSync(program, start);
  for (const expected of [1, 1]) {
    assert.equal(prepare({}, "--production", "--console").status, 0);
    assert.equal(starts(), expected);
  }
  writeFileSync(program, `${start} // updated`);
  assert.equal(prepare().status, 0);
  assert.equal(starts(), 1, "only who starts the gateway waits for that");
  assert.equal(prepare({}, "--production", "--console").status, 0);
  assert.equal(starts(), 2);
});

test("prepare installs again, when the lockfile has changed", () => {
  const { lock, prepare, calls } = setup();
  prepare();
  lock({ ...LOCK, "node_modules/pino": { ...PINO, version: "10.5.0" } });
  assert.equal(prepare().status, 0);
  assert.equal(calls().length, 2);
});

test("prepare installs again, when the pinned Node is gone", () => {
  const { root, prepare, calls } = setup();
  prepare();
  rmSync(join(root, "node_modules/.bin/node"));
  assert.equal(prepare().status, 0);
  assert.equal(calls().length, 2);
});

test("prepare leaves a tree alone that somebody installed by hand", () => {
  const { root, prepare, calls } = setup();
  prepare();
  rmSync(join(root, "node_modules/.vidgo-prepared"));
  assert.equal(prepare().status, 0);
  assert.equal(calls().length, 1);
});

test("prepare takes a tree without dev packages for the gateway, not for the tests", () => {
  const { root, prepare, calls } = setup();
  prepare();
  rmSync(join(root, "node_modules/.vidgo-prepared"));
  const production = { packages: { "node_modules/pino": PINO } };
  writeFileSync(join(root, "node_modules/.package-lock.json"), JSON.stringify(production));
  assert.equal(prepare({}, "--production").status, 0);
  assert.equal(calls().length, 1);
  assert.equal(prepare().status, 0);
  assert.equal(calls().length, 2);
});

test("prepare does not miss optional packages of other platforms", () => {
  const { root, lock, prepare, calls } = setup();
  const other: Entry = { version: "1.0.0", integrity: "sha512-c", optional: true };
  lock({ ...LOCK, "node_modules/canvas-darwin": other });
  prepare();
  rmSync(join(root, "node_modules/.vidgo-prepared"));
  writeFileSync(
    join(root, "node_modules/.package-lock.json"),
    JSON.stringify({ packages: { "node_modules/pino": PINO, "node_modules/biome": BIOME } }),
  );
  assert.equal(prepare().status, 0);
  assert.equal(calls().length, 1);
});

test("prepare ends with 1 and shows what npm said, when npm fails", () => {
  const { prepare } = setup();
  const result = prepare({ NPM_FAILS: "1" });
  assert.equal(result.status, 1);
  assert.equal(result.stdout, "");
  assert.match(result.stderr, /E404 no such package\nvidgo: npm ci did not succeed/);
});

test("prepare ends with 1 and says what to allow, when the pinned Node does not run", () => {
  const { root, prepare } = setup();
  const result = prepare({ NODE_BREAKS: "1" });
  assert.equal(result.status, 1);
  assert.match(
    result.stderr,
    /node_modules\/\.bin\/node does not run.*npm ci --ignore-scripts=false/,
  );
  assert.equal(existsSync(join(root, "node_modules/.vidgo-prepared")), false);
});
