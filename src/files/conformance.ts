import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { ByteRange, FileStore } from "./file-store.ts";

/** A file store under test and a folder for the files that it adopts. */
export interface FileStoreRig extends AsyncDisposable {
  readonly store: FileStore;
  /** On the same machine, writable. */
  readonly folder: string;
}

/** What every file store must do. Call it in the store's own test file. */
export function testFileStore(name: string, setup: () => Promise<FileStoreRig>): void {
  const it = (promise: string, run: (rig: FileStoreRig) => Promise<void>): void => {
    test(`${name}: ${promise}`, async () => {
      await using rig = await setup();
      await run(rig);
    });
  };
  it("adopt() takes a file over: held under its key, gone from its source", async (rig) => {
    const bytes = randomBytes(100_000);
    const source = await put(rig, KEY, bytes);
    assert.equal(existsSync(source), false);
    assert.deepEqual(await read(rig.store, KEY), bytes);
    assert.equal(await rig.store.size(KEY), 100_000);
  });

  it("adopt() may be repeated with the same bytes", async (rig) => {
    const bytes = Buffer.from("the same");
    await put(rig, KEY, bytes);
    await put(rig, KEY, bytes);
    assert.deepEqual(await read(rig.store, KEY), bytes);
  });

  it("adopt() is done when it was cut short after its end", async (rig) => {
    const source = await put(rig, KEY, Buffer.from("whole"));
    await rig.store.adopt(KEY, source);
    assert.equal((await read(rig.store, KEY))?.toString(), "whole");
  });

  it("adopt() fails when there is nothing to adopt", async (rig) => {
    await assert.rejects(rig.store.adopt(KEY, join(rig.folder, "absent")));
    assert.equal(await rig.store.size(KEY), null);
  });

  it("open() gives ranges, both ends included", async (rig) => {
    await put(rig, KEY, Buffer.from("0123456789"));
    const part = async (range: ByteRange) => (await read(rig.store, KEY, range))?.toString();
    assert.equal(await part({ start: 0, end: 0 }), "0");
    assert.equal(await part({ start: 3, end: 5 }), "345");
    assert.equal(await part({ start: 9, end: 9 }), "9");
    assert.equal(await part({ start: 0, end: 9 }), "0123456789");
  });

  it("open() may be left before its end", async (rig) => {
    await put(rig, KEY, randomBytes(1_000_000));
    const stream = await rig.store.open(KEY);
    for await (const chunk of stream ?? []) {
      assert.ok(chunk.byteLength > 0);
      break;
    }
    await rig.store.remove(KEY);
    assert.equal(await rig.store.size(KEY), null);
  });

  it("open() reads on when the bytes are removed under it", async (rig) => {
    const bytes = randomBytes(500_000);
    await put(rig, KEY, bytes);
    const stream = await rig.store.open(KEY);
    await rig.store.remove(KEY);
    assert.deepEqual(await collect(stream ?? []), bytes);
  });

  it("localPath() gives a file with the same bytes", async (rig) => {
    const bytes = randomBytes(1_000);
    await put(rig, KEY, bytes);
    const path = await rig.store.localPath(KEY);
    assert.deepEqual(path === null ? null : await readFile(path), bytes);
  });

  it("a key that nothing is held under gives null everywhere and can be removed", async (rig) => {
    assert.equal(await rig.store.open(KEY), null);
    assert.equal(await rig.store.size(KEY), null);
    assert.equal(await rig.store.localPath(KEY), null);
    await rig.store.remove(KEY);
  });

  it("remove() removes one key and no other", async (rig) => {
    await put(rig, KEY, Buffer.from("a"));
    await put(rig, OTHER_KEY, Buffer.from("b"));
    await rig.store.remove(KEY);
    assert.equal(await rig.store.open(KEY), null);
    assert.equal((await read(rig.store, OTHER_KEY))?.toString(), "b");
  });

  it("list() gives every key with its age", async (rig) => {
    const keys = [KEY, OTHER_KEY, "single", ...Array.from({ length: 20 }, (_, n) => `p/t/${n}`)];
    for (const key of keys) await put(rig, key, Buffer.from(key));
    const listed: string[] = [];
    for await (const { key, ageMs } of rig.store.list()) {
      listed.push(key);
      assert.ok(ageMs > -1_000 && ageMs < 60_000, `${ageMs}`);
    }
    assert.deepEqual(listed.sort(), keys.sort());
  });

  it("adopt() counts the age from then on, however old the source is", async (rig) => {
    const source = join(rig.folder, "old");
    writeFileSync(source, "old");
    utimesSync(source, 1_000_000, 1_000_000);
    await rig.store.adopt(KEY, source);
    for await (const { ageMs } of rig.store.list()) assert.ok(ageMs < 60_000, `${ageMs}`);
    await rig.store.removeOld(KEY, 60_000);
    assert.equal(await rig.store.size(KEY), 3);
    await rig.store.removeOld(KEY, -60_000);
    assert.equal(await rig.store.size(KEY), null);
    await rig.store.removeOld(KEY, -60_000);
  });

  it("list() gives nothing when nothing was ever held", async (rig) => {
    for await (const { key } of rig.store.list()) assert.fail(key);
  });

  it("a key that is none is refused by every method", async (rig) => {
    for (const key of BAD_KEYS) {
      const source = join(rig.folder, "source");
      writeFileSync(source, "x");
      await assert.rejects(rig.store.adopt(key, source), { name: "AssertionError" }, key);
      await assert.rejects(rig.store.open(key), { name: "AssertionError" }, key);
      await assert.rejects(rig.store.size(key), { name: "AssertionError" }, key);
      await assert.rejects(rig.store.localPath(key), { name: "AssertionError" }, key);
      await assert.rejects(rig.store.remove(key), { name: "AssertionError" }, key);
    }
  });

  it("twenty files at once come through unmixed", async (rig) => {
    const all = Array.from({ length: 20 }, (_, n) => ({
      key: `p/t/${n}`,
      bytes: randomBytes(50_000),
    }));
    await Promise.all(all.map(({ key, bytes }) => put(rig, key, bytes)));
    const digests = await Promise.all(
      all.map(async ({ key }) => sha256(await read(rig.store, key))),
    );
    assert.deepEqual(
      digests,
      all.map(({ bytes }) => sha256(bytes)),
    );
  });
}

const KEY = `proj_${"a".repeat(26)}/task-unified-1790000000-${"b".repeat(26)}/att_${"c".repeat(26)}/0-${"d".repeat(64)}`;
const OTHER_KEY = `${KEY.slice(0, -1)}e`;

const BAD_KEYS: readonly string[] = [
  "",
  "/",
  "/etc/passwd",
  "../x",
  "a/../b",
  "a/..",
  "a//b",
  "a/",
  ".",
  "..",
  ".hidden",
  "a/.b",
  "a\\b",
  "a b",
  "a\0b",
  "a+b",
  "a%2fb",
  "ä",
  "C:x",
  "a\n",
  "-a",
  `${"a".repeat(101)}`,
  "a/b/c/d/e/f/g",
];

async function put(rig: FileStoreRig, key: string, bytes: Uint8Array): Promise<string> {
  const source = join(rig.folder, `source-${sha256(bytes).slice(0, 8)}-${key.length}`);
  writeFileSync(source, bytes);
  await rig.store.adopt(key, source);
  return source;
}

async function read(store: FileStore, key: string, range?: ByteRange): Promise<Buffer | null> {
  const stream = await store.open(key, range);
  return stream === null ? null : await collect(stream);
}

async function collect(stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function sha256(bytes: Uint8Array | null): string {
  return createHash("sha256")
    .update(bytes ?? "")
    .digest("hex");
}
