import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { makeFolder } from "../../test/support/media-samples.ts";
import { systemClock } from "../lib/clock.ts";
import { testFileStore } from "./conformance.ts";
import { openDiskStore } from "./disk-store.ts";

async function setup() {
  const folder = makeFolder();
  const root = join(folder.path, "objects");
  const store = await openDiskStore({ root, clock: systemClock });
  return {
    store,
    root,
    folder: folder.path,
    async [Symbol.asyncDispose]() {
      folder[Symbol.dispose]();
    },
  };
}

testFileStore("disk store", setup);

test("openDiskStore() keeps everything from others' eyes, also what was open", async () => {
  await using rig = await setup();
  chmodSync(rig.root, 0o755);
  const store = await openDiskStore({ root: rig.root, clock: systemClock });
  assert.equal(statSync(rig.root).mode & 0o777, 0o700);
  const source = join(rig.folder, "source");
  writeFileSync(source, "x", { mode: 0o644 });
  await store.adopt("a/b", source);
  const path = await store.localPath("a/b");
  assert.ok(path !== null);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(statSync(dirname(path)).mode & 0o777, 0o700);
});

test("openDiskStore() spreads files over two levels of folders", async () => {
  await using rig = await setup();
  const source = join(rig.folder, "source");
  writeFileSync(source, "x");
  await rig.store.adopt("a/b", source);
  const path = (await rig.store.localPath("a/b")) ?? "";
  assert.match(path.slice(rig.root.length), /^\/[0-9a-f]{2}\/[0-9a-f]{2}\/a\+b$/);
});

test("openDiskStore() follows no link that was planted in its folder", async () => {
  await using rig = await setup();
  const source = join(rig.folder, "source");
  writeFileSync(source, "x");
  await rig.store.adopt("a/b", source);
  const path = (await rig.store.localPath("a/b")) ?? "";
  await rig.store.remove("a/b");
  symlinkSync("/etc/passwd", path);
  assert.equal(await rig.store.open("a/b"), null);
  assert.equal(await rig.store.size("a/b"), null);
  assert.equal(await rig.store.localPath("a/b"), null);
});

test("openDiskStore() adopts no link", async () => {
  await using rig = await setup();
  const source = join(rig.folder, "source");
  symlinkSync("/etc/hostname", source);
  await assert.rejects(rig.store.adopt("a/b", source), { name: "AssertionError" });
  assert.equal(await rig.store.open("a/b"), null);
});

test("openDiskStore() lists what a cut adoption left, no stranger's files", async () => {
  await using rig = await setup();
  const shard = join(rig.root, "00", "11");
  mkdirSync(shard, { recursive: true });
  writeFileSync(join(shard, "p+t+0-abc.part"), "x");
  writeFileSync(join(shard, "not ours"), "x");
  writeFileSync(join(rig.root, "README"), "x");
  const listed: string[] = [];
  for await (const { key } of rig.store.list()) listed.push(key);
  assert.deepEqual(listed, ["p/t/0-abc.part"]);
  assert.deepEqual(readdirSync(shard).length, 2);
});
