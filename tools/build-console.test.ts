import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { brotliDecompressSync } from "node:zlib";
import { scratchFolder } from "../test/support/scratch-folder.ts";

// Stands in for Vite: makes what a build makes, or fails.
const VITE = `
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
appendFileSync("calls.log", "built\\n");
if (process.env.VITE_FAILS) { console.error("no such import"); process.exit(1); }
const out = process.argv[process.argv.indexOf("--outDir") + 1];
mkdirSync(out + "/assets", { recursive: true });
writeFileSync(out + "/index.html", "<html></html>");
writeFileSync(out + "/assets/a.js", "1;");
`;

function setup() {
  const root = scratchFolder("build-console");
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("console/index.html", "<html></html>");
  write("console/src/main.tsx", "1;");
  write("package-lock.json", "{}");
  write("node_modules/vite/bin/vite.js", VITE);
  write("node_modules/vite/package.json", `{"type":"module"}`);
  mkdirSync(join(root, "node_modules/.bin"));
  symlinkSync(process.execPath, join(root, "node_modules/.bin/node"));
  mkdirSync(join(root, "tools"));
  const tool = join(root, "tools/build-console.mjs");
  copyFileSync(join(import.meta.dirname, "build-console.mjs"), tool);
  const build = (env: NodeJS.ProcessEnv = {}, ...options: readonly string[]) =>
    spawnSync(process.execPath, [tool, ...options], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, ...env },
    });
  const builds = (): number => {
    const log = join(root, "calls.log");
    return existsSync(log) ? readFileSync(log, "utf8").split("\n").length - 1 : 0;
  };
  return { root, write, build, builds };
}

test("the console is built once, packed, and said on stderr only", () => {
  const { root, build, builds } = setup();
  const first = build();
  assert.deepEqual([first.status, first.stdout], [0, ""]);
  assert.match(first.stderr, /^vidgo: built the console in \d+\.\d s\n$/);
  assert.equal(
    brotliDecompressSync(readFileSync(join(root, "console/dist/assets/a.js.br"))).toString(),
    "1;",
  );
  const second = build();
  assert.deepEqual([second.status, second.stderr, builds()], [0, "", 1]);
});

test("the console is built again when a source or the lockfile has changed, no test", () => {
  const { write, build, builds } = setup();
  build();
  write("console/src/main.test.ts", "2;");
  build();
  assert.equal(builds(), 1);
  write("console/src/main.tsx", "2;");
  build();
  write("package-lock.json", "{ }");
  build();
  assert.equal(builds(), 3);
});

test("a build that fails leaves the former one, and is told", () => {
  const { root, write, build } = setup();
  build();
  write("console/src/main.tsx", "2;");
  const failed = build({ VITE_FAILS: "1" });
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /^no such import\nvidgo: the console could not be built/);
  assert.ok(existsSync(join(root, "console/dist/index.html")));
  assert.deepEqual(
    readdirSync(join(root, "console")).filter((name) => name.startsWith("dist-")),
    [],
  );
  assert.equal(build({ VITE_FAILS: "1" }, "--if-possible").status, 0);
});

test("without Vite there is nothing to do but to take what is there", () => {
  const { root, build } = setup();
  rmSync(join(root, "node_modules/vite"), { recursive: true });
  assert.equal(build().status, 1);
  mkdirSync(join(root, "console/dist"));
  writeFileSync(join(root, "console/dist/index.html"), "");
  assert.deepEqual([build().status, build().stderr], [0, ""]);
});
