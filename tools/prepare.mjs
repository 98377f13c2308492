// Installs the dependencies when they do not match package-lock.json, then gives way to the real
// command. Plain JavaScript without dependencies, because it runs on the system's own Node, which
// may be older than the one the project pins. Speaks on stderr only: stdout belongs to the command.
//
//   node tools/prepare.mjs [--production] [--console]
//
// With --production a tree without dev packages will do; with --console the console is built too.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const stamp = join(modules, ".vidgo-prepared");
const warmStamp = join(modules, ".vidgo-warmed");
const pinnedNode = join(modules, ".bin", "node");

const lockfile = readFileSync(join(root, "package-lock.json"), "utf8");
// The platform counts too: a tree copied from another machine carries the wrong binaries.
const wanted = createHash("sha256")
  .update(`${process.platform} ${process.arch}\n${lockfile}`)
  .digest("hex");

if (!isPrepared()) await prepare(process.argv.includes("--production"));
if (process.argv.includes("--console")) {
  if (readOrEmpty(warmStamp) !== codeMark()) await warm();
  const { buildConsole } = await import("./build-console.mjs");
  buildConsole();
}

function isPrepared() {
  return readOrEmpty(stamp) === wanted && isExecutable(pinnedNode);
}

async function prepare(production) {
  const tree = installedTree();
  if (tree === "other" || (tree === "production" && !production) || !isExecutable(pinnedNode)) {
    install();
  }
  requireRunningNode();
  await warm();
  // A tree without dev packages gets no stamp: it would not do for the tests.
  if (production && installedTree() === "production") return;
  note(stamp, wanted);
}

function note(path, text) {
  try {
    mkdirSync(modules, { recursive: true });
    writeFileSync(path, text);
  } catch {
    // A read-only tree is as good; the comparison is only made again next time.
  }
}

/** Compares what npm noted in node_modules with the lockfile: "whole", "production" or "other". */
function installedTree() {
  const installed = parseOrNull(readOrEmpty(join(modules, ".package-lock.json")));
  if (installed === null) return "other";
  let tree = "whole";
  for (const [path, entry] of Object.entries(JSON.parse(lockfile).packages)) {
    if (path === "") continue;
    const found = installed.packages?.[path];
    if (found?.version === entry.version && found?.integrity === entry.integrity) continue;
    if (found === undefined && entry.optional) continue;
    if (found !== undefined || !entry.dev) return "other";
    tree = "production";
  }
  return tree;
}

function install() {
  const started = Date.now();
  say("installing dependencies from package-lock.json (once, about a minute) ...");
  const options = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const result = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...options], { cwd: root, encoding: "utf8" })
    : spawnSync("npm", options, { cwd: root, encoding: "utf8" });
  if (result.error || result.status !== 0) {
    process.stderr.write(`${result.stdout ?? ""}${result.stderr ?? ""}`);
    const cause = result.error ? `: ${result.error.message}` : "";
    fail(`npm ci did not succeed${cause}; it needs a reachable npm registry and npm 9 or newer`);
  }
  say(`installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

function requireRunningNode() {
  const result = spawnSync(pinnedNode, ["--version"], { encoding: "utf8" });
  if (result.status === 0) return;
  fail(
    "node_modules/.bin/node does not run; it is fetched by the install script of the package " +
      '"node", so allow that script and run: npm ci --ignore-scripts=false',
  );
}

/**
 * Lets the gateway start once for nobody, so that its first start, or the first after an update,
 * finds its code read and compiled; without that it takes twice as long and a third more memory. A
 * failure shows there.
 */
async function warm() {
  const dataDir = mkdtempSync(join(tmpdir(), "vidgo-prepare-"));
  const gateway = spawn(pinnedNode, ["src/main.ts", "serve"], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: "node_modules/.cache/vidgo",
      VIDGO_DATA_DIR: dataDir,
      PORT: "0",
    },
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 20_000,
    killSignal: "SIGKILL",
  });
  // Its first word is that it is ready; what it has compiled is written when it ends.
  gateway.stdout.once("data", () => gateway.kill("SIGTERM"));
  await new Promise((resolve) => {
    gateway.once("error", resolve).once("close", resolve);
  });
  rmSync(dataDir, { recursive: true, force: true });
  note(warmStamp, codeMark());
}

/** Changes with the program's own code: by what the folder tells, which takes 20 ms. */
function codeMark() {
  if (!existsSync(join(root, "src"))) return "";
  const hash = createHash("sha256");
  for (const name of readdirSync(join(root, "src"), { recursive: true }).sort()) {
    if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue;
    const { size, mtimeMs } = statSync(join(root, "src", name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function parseOrNull(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function say(message) {
  process.stderr.write(`vidgo: ${message}\n`);
}

function fail(message) {
  say(message);
  process.exit(1);
}
