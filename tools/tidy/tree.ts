import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSource, type Source } from "./source.ts";

/** The project as the rules see it. */
export interface Tree {
  readonly root: string;
  /** Every text file, `path` relative to the root with forward slashes. */
  readonly texts: readonly TextFile[];
  /** The TypeScript and JavaScript among them, parsed. */
  readonly sources: readonly Source[];
}

/** A file of text. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

const SKIPPED_FOLDERS = /^(\.git|data|dist|console\/dist(-\d+)?)$|(^|\/)node_modules$/;
const TEXT =
  /\.(ts|tsx|mjs|js|py|sh|md|json|ya?ml|html|css|svg|txt)$|^\.ci\/run$|^LICENSE$|\/\.?[a-zA-Z]+rc$/;
const SOURCE = /\.(ts|tsx|mjs|js)$/;
const VENDORED = /(^|\/)(vendor|fixtures)\//;

/** Reads the project below `root`. */
export function readTree(root: string): Tree {
  const texts = filesBelow(root, "")
    .filter((path) => TEXT.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
  return treeOf(root, texts);
}

/** Makes a tree of texts in memory; what `readTree()` does after reading. */
export function treeOf(root: string, texts: readonly TextFile[]): Tree {
  const sources = texts
    .filter(({ path }) => SOURCE.test(path) && !VENDORED.test(path))
    .map(({ path, text }) => parseSource(path, text));
  return { root, texts, sources };
}

/** Tests and what only tests use: the conformance suites too. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$|^test\/|\/conformance(\/|\.ts$)/.test(path);
}

/** Code that ships: everything under `src/` that is no test. */
export function isProduct(path: string): boolean {
  return path.startsWith("src/") && !isTest(path);
}

function filesBelow(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED_FOLDERS.test(path) ? [] : filesBelow(root, path);
    return entry.isFile() ? [path] : [];
  });
}
