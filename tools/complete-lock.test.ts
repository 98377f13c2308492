import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scratchFolder } from "../test/support/scratch-folder.ts";

/** Runs the step on a lockfile with these packages and gives what it left. */
function complete(packages: object): unknown {
  const root = scratchFolder("lock");
  mkdirSync(join(root, "tools"));
  copyFileSync(
    join(import.meta.dirname, "complete-lock.mjs"),
    join(root, "tools/complete-lock.mjs"),
  );
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages }));
  const result = spawnSync(process.execPath, [join(root, "tools/complete-lock.mjs")]);
  assert.equal(result.status, 0, result.stderr.toString());
  return JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
}

const CANVAS = {
  version: "1.1.1",
  dev: true,
  optionalDependencies: {
    "@napi-rs/canvas-linux-x64-musl": "1.1.1",
    "@napi-rs/canvas-win32-arm64-msvc": "1.1.1",
  },
};

test("complete-lock describes missing packages of other platforms by their names", () => {
  assert.deepEqual(complete({ "": {}, "node_modules/canvas": CANVAS }), {
    "": {},
    "node_modules/@napi-rs/canvas-linux-x64-musl": {
      version: "1.1.1",
      cpu: ["x64"],
      dev: true,
      libc: ["musl"],
      optional: true,
      os: ["linux"],
    },
    "node_modules/@napi-rs/canvas-win32-arm64-msvc": {
      version: "1.1.1",
      cpu: ["arm64"],
      dev: true,
      optional: true,
      os: ["win32"],
    },
    "node_modules/canvas": CANVAS,
  });
});

test("complete-lock leaves what is there, and names no package by a range", () => {
  const musl = { version: "1.1.1", integrity: "sha512-a", optional: true };
  const packages = {
    "": {},
    "node_modules/@napi-rs/canvas-linux-x64-musl": musl,
    "node_modules/canvas": {
      version: "1.1.1",
      optionalDependencies: { "@napi-rs/canvas-linux-x64-musl": "1.1.1", other: "^1.0.0" },
    },
  };
  assert.deepEqual(complete(packages), packages);
});
