import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { folderBytes, measureProduction, productionPackages } from "./production.ts";

test("productionPackages() leaves out the project itself and what is for development", () => {
  const packages = {
    "": { name: "vidgo" },
    "node_modules/pino": {},
    "node_modules/a/node_modules/@b/c": { hasInstallScript: true },
    "node_modules/biome": { dev: true },
  };
  assert.deepEqual(productionPackages(JSON.stringify({ packages })), [
    { path: "node_modules/pino", name: "pino", hasInstallScript: false },
    { path: "node_modules/a/node_modules/@b/c", name: "@b/c", hasInstallScript: true },
  ]);
});

test("folderBytes() adds up files and leaves nested packages to be counted themselves", () => {
  const folder = scratchFolder("size");
  mkdirSync(join(folder, "lib"));
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "a"), "12345");
  writeFileSync(join(folder, "lib/b"), "12345");
  writeFileSync(join(folder, "node_modules/c"), "12345");
  assert.equal(folderBytes(folder), 10);
  assert.equal(folderBytes(join(folder, "none")), 0);
});

test("measureProduction() holds the bars of what an operator installs", () => {
  const figures = measureProduction(resolve(import.meta.dirname, "../.."));
  const broken = figures.filter(({ holds }) => holds === false);
  assert.deepEqual(broken, []);
});
