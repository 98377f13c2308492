// Builds the console into console/dist when it is missing or its sources have changed, so that
// "npm start" in a clone needs no second command. Plain JavaScript, as it may run on the system's
// own Node; Vite runs on the pinned one. Speaks on stderr only.
//
//   node tools/build-console.mjs [--if-possible]    without Vite, or when it fails, go on
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "console");
const dist = join(folder, "dist");
const stamp = join(dist, ".built");
const vite = join(root, "node_modules", "vite", "bin", "vite.js");

/** Builds unless what is there was built from the same sources; gives whether a build is there. */
export function buildConsole() {
  if (!existsSync(folder)) return false;
  const wanted = hashOf(sources(folder));
  if (readOrEmpty(stamp) === wanted) return true;
  if (!existsSync(vite)) return existsSync(join(dist, "index.html"));
  const started = Date.now();
  // Beside the old one until it is whole: a running gateway may be serving that.
  const fresh = `${dist}-${process.pid}`;
  const node = join(root, "node_modules", ".bin", "node");
  const options = ["build", folder, "--outDir", fresh, "--emptyOutDir", "--logLevel", "warn"];
  const result = spawnSync(node, [vite, ...options], { cwd: root, encoding: "utf8" });
  if (result.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    process.stderr.write(`${result.stdout ?? ""}${result.stderr ?? ""}`);
    say("the console could not be built; the gateway works without it");
    return false;
  }
  pack(join(fresh, "assets"));
  writeFileSync(join(fresh, ".built"), wanted);
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
  say(`built the console in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return true;
}

/** Leaves a small copy beside what browsers load first. */
function pack(assets) {
  for (const name of readdirSync(assets)) {
    if (!/\.(js|css)$/.test(name)) continue;
    const path = join(assets, name);
    writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path)));
  }
}

/** What a build is made of: the console's files, those of src/ that it may share, and the tools. */
function sources(at) {
  const shared = ["wire", "client"].map((name) => join(root, "src", name));
  const files = [at, ...shared].filter((each) => existsSync(each)).flatMap(filesIn);
  return [...files, join(root, "package-lock.json")].sort();
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => !/^(dist.*|node_modules)$|\.test\.tsx?$/.test(name))
    .flatMap((name) => filesIn(join(path, name)));
}

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    const bytes = readFileSync(path);
    hash.update(`${path.slice(root.length)} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function say(message) {
  process.stderr.write(`vidgo: ${message}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = buildConsole();
  if (!built && !process.argv.includes("--if-possible")) process.exit(1);
}
