import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type ZipEntry, zip, zipSize } from "./zip.ts";

const PYTHON = "/usr/bin/python3";
const AT_MS = Date.UTC(2026, 10, 20, 10, 30, 42);

function entry(name: string, pieces: readonly string[], change: Partial<ZipEntry> = {}): ZipEntry {
  return {
    name,
    sizeBytes: Buffer.byteLength(pieces.join("")),
    modifiedAtMs: AT_MS,
    async *open() {
      for (const piece of pieces) yield Buffer.from(piece);
    },
    ...change,
  };
}

async function packed(entries: readonly ZipEntry[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of zip(entries)) pieces.push(piece);
  return Buffer.concat(pieces);
}

test("zip() is as long as zipSize() told before", async () => {
  for (const entries of [
    [],
    [entry("a", [])],
    [entry("狐.png", ["ab", "c"]), entry("b/c", ["d"])],
  ]) {
    assert.equal((await packed(entries)).length, zipSize(entries));
  }
});

test("zip() is read by others: names, times, sums and bytes", {
  skip: !existsSync(PYTHON),
}, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "vidgo-zip-"));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "a.zip");
  await writeFile(path, await packed([entry("狐/one.txt", ["hel", "lo"]), entry("two", [])]));
  const script = [
    "import json, sys, zipfile",
    "z = zipfile.ZipFile(sys.argv[1])",
    "assert z.testzip() is None",
    "told = [[i.filename, list(i.date_time), z.read(i).decode()] for i in z.infolist()]",
    "print(json.dumps(told))",
  ].join("\n");
  const told = execFileSync(PYTHON, ["-c", script, path], { encoding: "utf8" });
  const time = [2026, 11, 20, 10, 30, 42];
  assert.deepEqual(JSON.parse(told), [
    ["狐/one.txt", time, "hello"],
    ["two", time, ""],
  ]);
  assert.equal((await readFile(path)).readUInt32LE(0), 0x04034b50);
});

test("zip() breaks off when a file is not as long as was told", async () => {
  await assert.rejects(packed([entry("a", ["abc"], { sizeBytes: 4 })]), /size of its row/);
});
