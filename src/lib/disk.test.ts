import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";
import {
  hasCode,
  isDiskTrouble,
  linkOrCopy,
  makePrivateFolder,
  measureFile,
  moveDurably,
  openRegular,
  readHead,
  statRegular,
  syncPath,
} from "./disk.ts";
import { writeNewFile } from "./draft.ts";

function setup() {
  const folder = mkdtempSync(join(tmpdir(), "disk-"));
  return {
    folder,
    path: join(folder, "a"),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

const chunks = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)));
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test("writeNewFile() writes a file for us alone and measures it", async () => {
  using room = setup();
  const measured = await writeNewFile(room.path, chunks("ab", "", "c"), 3);
  assert.deepEqual(measured, { sizeBytes: 3, sha256: sha256("abc") });
  assert.equal(readFileSync(room.path, "utf8"), "abc");
  assert.equal(statSync(room.path).mode & 0o777, 0o600);
});

test("writeNewFile() leaves nothing behind when there is one byte too many", async () => {
  using room = setup();
  assert.equal(await writeNewFile(room.path, chunks("ab", "cd"), 3), null);
  assert.equal(existsSync(room.path), false);
});

test("writeNewFile() leaves nothing behind when the source breaks", async () => {
  using room = setup();
  async function* broken() {
    yield Buffer.from("ab");
    throw new RangeError("gone");
  }
  await assert.rejects(writeNewFile(room.path, broken(), 99), { message: "gone" });
  assert.equal(existsSync(room.path), false);
});

test("writeNewFile() overwrites nothing and follows no link", async () => {
  using room = setup();
  writeFileSync(room.path, "kept");
  await assert.rejects(writeNewFile(room.path, chunks("x"), 9), { code: "EEXIST" });
  const link = join(room.folder, "link");
  symlinkSync(join(room.folder, "absent"), link);
  await assert.rejects(writeNewFile(link, chunks("x"), 9), { code: "EEXIST" });
  assert.equal(readFileSync(room.path, "utf8"), "kept");
});

test("measureFile() measures what is there, within the limit", async () => {
  using room = setup();
  writeFileSync(room.path, "abc");
  assert.deepEqual(await measureFile(room.path, 3), { sizeBytes: 3, sha256: sha256("abc") });
  assert.equal(await measureFile(room.path, 2), null);
  assert.equal(await measureFile(join(room.folder, "absent"), 9), null);
});

test("openRegular() and statRegular() see plain files only", async () => {
  using room = setup();
  writeFileSync(room.path, "abc");
  symlinkSync(room.path, join(room.folder, "link"));
  mkdirSync(join(room.folder, "dir"));
  const file = await openRegular(room.path);
  assert.notEqual(file, null);
  await file?.close();
  assert.equal((await statRegular(room.path))?.sizeBytes, 3);
  for (const name of ["link", "dir", "absent", "a/b"]) {
    assert.equal(await openRegular(join(room.folder, name)), null, name);
    assert.equal(await statRegular(join(room.folder, name)), null, name);
  }
});

test("readHead() gives the first bytes, as many as there are", async () => {
  using room = setup();
  writeFileSync(room.path, "abc");
  const head = async (name: string, length: number) =>
    Buffer.from(await readHead(join(room.folder, name), length)).toString();
  assert.deepEqual([await head("a", 2), await head("a", 9), await head("b", 9)], ["ab", "abc", ""]);
});

test("moveDurably() moves a file, also onto an older one", async () => {
  using room = setup();
  const target = join(room.folder, "b");
  writeFileSync(target, "old");
  writeFileSync(room.path, "new");
  await moveDurably(room.path, target);
  assert.equal(readFileSync(target, "utf8"), "new");
  assert.equal(existsSync(room.path), false);
});

test("moveDurably() leaves one name where both were names of one file", async () => {
  using room = setup();
  const target = join(room.folder, "b");
  writeFileSync(room.path, "one");
  await linkOrCopy(room.path, target);
  await moveDurably(room.path, target);
  assert.equal(readFileSync(target, "utf8"), "one");
  assert.equal(existsSync(room.path), false);
});

test("linkOrCopy() gives a second name and overwrites nothing", async () => {
  using room = setup();
  const second = join(room.folder, "b");
  writeFileSync(room.path, "one");
  await linkOrCopy(room.path, second);
  assert.equal(readFileSync(second, "utf8"), "one");
  await assert.rejects(linkOrCopy(room.path, second), { code: "EEXIST" });
});

test("makePrivateFolder() makes folders for us alone, and may be repeated", async () => {
  using room = setup();
  const path = join(room.folder, "x", "y");
  await makePrivateFolder(path);
  await makePrivateFolder(path);
  assert.equal(statSync(path).mode & 0o777, 0o700);
  assert.equal(statSync(join(room.folder, "x")).mode & 0o777, 0o700);
});

test("isDiskTrouble() tells a full disk from a broken connection", () => {
  assert.equal(isDiskTrouble(Object.assign(new Error("x"), { code: "ENOSPC" })), true);
  assert.equal(isDiskTrouble(Object.assign(new Error("x"), { code: "ECONNRESET" })), false);
});

test("moveDurably() copies across file systems", async (context) => {
  using room = setup();
  const other = "/dev/shm";
  if (!existsSync(other) || statSync(other).dev === statSync(room.folder).dev) {
    assert.notEqual(process.env.VIDGO_TEST_REQUIRE, "all", "no second file system");
    return context.skip("no second file system");
  }
  const folder = mkdtempSync(join(other, "disk-"));
  context.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(room.path, "far");
  writeFileSync(join(folder, "b.part"), "left by a crash");
  await moveDurably(room.path, join(folder, "b"));
  assert.equal(readFileSync(join(folder, "b"), "utf8"), "far");
  assert.equal(existsSync(room.path), false);
  assert.equal(existsSync(join(folder, "b.part")), false);
});

test("syncPath() takes files and folders, and throws when there is neither", async () => {
  using room = setup();
  await syncPath(room.folder);
  await assert.rejects(syncPath(room.path), { code: "ENOENT" });
});

test("hasCode() looks at system errors only", () => {
  assert.equal(hasCode(Object.assign(new Error("x"), { code: "EEXIST" }), ["EEXIST"]), true);
  assert.equal(hasCode(Object.assign(new Error("x"), { code: "EIO" }), ["EEXIST"]), false);
  assert.equal(hasCode({ code: "EEXIST" }, ["EEXIST"]), false);
  assert.equal(hasCode(null, ["EEXIST"]), false);
});
