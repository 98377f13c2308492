// Makes what a published package runs: JavaScript and types in dist/, with what the program reads
// beside them. Node does not strip types inside node_modules.
//
//   node tools/build.ts
import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

rmSync(resolve(root, "dist"), { recursive: true, force: true });
const compiler = resolve(root, "node_modules/.bin/tsc");
const made = spawnSync(compiler, ["-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
if (made.status !== 0) process.exit(1);
const page = spawnSync(process.execPath, ["tools/build-console.mjs"], {
  cwd: root,
  stdio: "inherit",
});
if (page.status !== 0) process.exit(1);
for (const folder of ["assets", "src/providers/offline/fonts", "console/dist"]) {
  cpSync(resolve(root, folder), resolve(root, "dist", folder), { recursive: true });
}
