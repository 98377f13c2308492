import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { present } from "../../src/lib/assert.ts";

// Follows "Add a provider" of CONTRIBUTING.md word by word, in a copy of the tree.

const ROOT = resolve(import.meta.dirname, "../..");
const LEFT_OUT: ReadonlySet<string> = new Set([".git", "node_modules", "data", "dist"]);
const FILES_MAX = 7;

interface Block {
  readonly path: string;
  readonly language: string;
  readonly text: string;
}

let copy = "";
let blocks: readonly Block[] = [];

before(async () => {
  copy = await mkdtemp(join(tmpdir(), "vidgo-add-provider-"));
  for (const name of await readdir(ROOT)) {
    if (LEFT_OUT.has(name)) continue;
    const filter = (path: string): boolean => !path.endsWith("/node_modules");
    await cp(join(ROOT, name), join(copy, name), { recursive: true, filter });
  }
  await symlink(join(ROOT, "node_modules"), join(copy, "node_modules"));
  blocks = await readBlocks();
  for (const block of blocks) await apply(block);
});

after(() => rm(copy, { recursive: true, force: true }));

/** The blocks of the section, each with the path that stands above it. */
async function readBlocks(): Promise<readonly Block[]> {
  const page = await readFile(join(ROOT, "CONTRIBUTING.md"), "utf8");
  const section = present(/^## Add a provider\n([\s\S]*?)^## /m.exec(page)?.[1], "the section");
  const found = section.matchAll(/^`(\S+)`\n\n```(\w+)\n([\s\S]*?)^```$/gm);
  return [...found].map(([, path = "", language = "", text = ""]) => ({ path, language, text }));
}

async function apply({ path, language, text }: Block): Promise<void> {
  const target = join(copy, path);
  await mkdir(dirname(target), { recursive: true });
  if (language !== "diff") return writeFile(target, text, { flag: "wx" });
  const [name = "", line = "", ...more] = text.split("\n").flatMap((each) => each.slice(1) || []);
  assert.deepEqual(more, [], "one line and the import of its name");
  const before = await readFile(target, "utf8");
  const registered = before.replace(
    /^(export function offersFrom[^\n]*\n[^\n]*\n)/m,
    `$1${line}\n`,
  );
  assert.notEqual(registered, before);
  await writeFile(target, `${name}\n${registered}`);
}

/** Runs a program of the project in the copy; it has to end well. */
function run(...words: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    const env = { PATH: process.env.PATH, TOY_API_KEY: "toy-key" };
    execFile(process.execPath, words, { cwd: copy, env }, (error, out, err) =>
      error === null ? done(out) : fail(new Error(`${words.join(" ")}: ${out}${err}`)),
    );
  });
}

test("a provider is at most seven new files and one line in an existing one", () => {
  const made = blocks.filter(({ language }) => language !== "diff");
  assert.ok(made.length <= FILES_MAX && made.length >= 5, `${made.length} files`);
  assert.deepEqual(
    blocks.filter((block) => !made.includes(block)).map(({ path }) => path),
    ["src/config/providers.ts"],
  );
});

test("the provider of CONTRIBUTING passes the conformance suite", async () => {
  const out = await run("--test", "src/providers/toy/provider.test.ts");
  assert.match(out, /^ℹ pass 13$/m);
  assert.match(out, /^ℹ fail 0$/m);
});

test("its key in the environment makes it serve its model", async () => {
  const out = await run("src/main.ts", "routes", "explain", "z-image");
  assert.match(out, /toy-1/);
});

const BIN = join(ROOT, "node_modules/.bin");

test("it passes the gate: format, lint and tidy", async () => {
  await run(join(BIN, "biome"), "check", "--write", "src/config/providers.ts");
  await run(join(BIN, "biome"), "check", "src/providers/toy", "test/support/fakes/toy.ts");
  await run("tools/tidy.ts", "src/providers", "src/config");
});

test("it passes the gate: types", async () => {
  const include = ["src/providers/toy", "test/support/fakes/toy.ts", "src/config/providers.ts"];
  // Only what is new and what it reaches: the rest has been checked where it is.
  const project = JSON.stringify({ extends: "./tsconfig.json", include });
  await writeFile(join(copy, "tsconfig.toy.json"), project);
  await run(join(BIN, "tsc"), "--noEmit", "-p", "tsconfig.toy.json");
});
