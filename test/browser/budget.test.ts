import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { buildConsole, CONSOLE_DIST } from "./visitor.ts";

const SCRIPT_BYTES_MAX = 200_000;
const STYLE_BYTES_MAX = 20_000;
const CHUNK_BYTES_MAX = 40_000;

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly isEntry?: boolean;
}

test("the first page loads at most 200 kB of script, each further page little more", (context) => {
  buildConsole();
  const manifest: Readonly<Record<string, Chunk>> = JSON.parse(
    readFileSync(join(CONSOLE_DIST, ".vite/manifest.json"), "utf8"),
  );
  const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry) ?? "";
  const first = filesOf(manifest, [entry, "src/pages/home/home-page.tsx"]);
  const scripts = sizeOf(first.filter((file) => file.endsWith(".js")));
  const styles = sizeOf(first.filter((file) => file.endsWith(".css")));
  context.diagnostic(`first page: ${scripts} bytes of script, ${styles} of style, gzip`);
  assert.ok(scripts <= SCRIPT_BYTES_MAX, `${scripts} bytes of script`);
  assert.ok(styles <= STYLE_BYTES_MAX, `${styles} bytes of style`);
  const shared = new Set(filesOf(manifest, [entry]));
  for (const name of Object.keys(manifest).filter((each) => each.startsWith("src/pages/"))) {
    const own = filesOf(manifest, [name]).filter((file) => !shared.has(file));
    const size = sizeOf(own.filter((file) => file.endsWith(".js")));
    assert.ok(size <= CHUNK_BYTES_MAX, `${name} brings ${size} bytes of script`);
  }
});

/** The files that some chunks need to run, each once. */
function filesOf(
  manifest: Readonly<Record<string, Chunk>>,
  names: readonly string[],
): readonly string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const chunk = manifest[name];
    if (chunk === undefined || seen.has(name)) continue;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    open.push(...(chunk.imports ?? []));
  }
  return [...files];
}

function sizeOf(files: readonly string[]): number {
  return files.reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(CONSOLE_DIST, file))).length,
    0,
  );
}
