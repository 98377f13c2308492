import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";

const ROOT = resolve(import.meta.dirname, "..");

interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly integrity?: string;
}

interface Component {
  readonly name: string;
  readonly version: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
}

/**
 * Name, version and SHA-512 of every package that an operator installs, by the lockfile. Of other
 * platforms some have no checksum there: a registry may not serve them.
 */
function locked(): readonly string[] {
  const lock = JSON.parse(readFileSync(resolve(ROOT, "package-lock.json"), "utf8"));
  const packages: readonly (readonly [string, Locked])[] = Object.entries(lock.packages);
  return packages.flatMap(([path, { version, dev, optional, integrity = "" }]) => {
    if (path === "" || dev === true) return [];
    const name = path.replace(/^.*node_modules\//, "");
    const sum = Buffer.from(integrity.replace(/^sha512-/, ""), "base64").toString("hex");
    assert.ok(sum.length === 128 || optional === true, `${name} has no checksum`);
    return [`${name}@${version} ${sum}`];
  });
}

test("npm run sbom lists every package that is installed, with its checksum", () => {
  const text = execFileSync("npm", ["run", "-s", "sbom"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const bill = JSON.parse(text);
  assert.deepEqual([bill.bomFormat, bill.metadata.component.purl], ["CycloneDX", PURL]);
  const components: readonly Component[] = bill.components;
  const listed = components.map(({ name, version, hashes = [] }) => {
    const sum = hashes.find(({ alg }) => alg === "SHA-512")?.content ?? "";
    return `${name}@${version} ${sum}`;
  });
  const expected = [...new Set(locked())].sort();
  assert.ok(expected.length > 20, `${expected.length} packages`);
  assert.deepEqual([...new Set(listed)].sort(), expected);
});

const { name, version } = JSON.parse(readFileSync(resolve(ROOT, "package.json"), "utf8"));
const PURL = `pkg:npm/${name}@${version}`;
