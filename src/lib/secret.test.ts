import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { deriveKey, secretFromFile, secretFromText } from "./secret.ts";

function setup() {
  const folder = mkdtempSync(join(tmpdir(), "secret-"));
  return {
    folder,
    path: join(folder, "data", "secret"),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

test("secretFromFile() makes a secret of 256 bits that only we can read, and keeps it", () => {
  using room = setup();
  const first = secretFromFile(room.path);
  assert.equal(statSync(room.path).mode & 0o777, 0o600);
  assert.equal(statSync(join(room.folder, "data")).mode & 0o777, 0o700);
  assert.equal(Buffer.from(readFileSync(room.path, "utf8"), "base64url").length, 32);
  assert.deepEqual(secretFromFile(room.path), first);
  assert.deepEqual(readdirSync(join(room.folder, "data")), ["secret"]);
});

test("secretFromFile() gives another secret in another folder", () => {
  using one = setup();
  using other = setup();
  assert.notDeepEqual(secretFromFile(one.path), secretFromFile(other.path));
});

test("secretFromFile() refuses a file that holds too little, and leaves it alone", () => {
  using room = setup();
  secretFromFile(room.path);
  writeFileSync(room.path, "short");
  assert.equal(secretFromFile(room.path), null);
  assert.equal(readFileSync(room.path, "utf8"), "short");
});

test("secretFromText() takes 32 characters or more and ignores blanks around them", () => {
  assert.equal(secretFromText("x".repeat(31)), null);
  assert.deepEqual(secretFromText(`  ${"x".repeat(32)}\n`), secretFromText("x".repeat(32)));
});

test("deriveKey() gives 32 bytes that depend on root, purpose and version", () => {
  const root = { bytes: Buffer.alloc(32, 1) };
  const other = { bytes: Buffer.alloc(32, 2) };
  const keys = [
    deriveKey(root, "file-links"),
    deriveKey(root, "attempt-marks"),
    deriveKey(root, "file-links", 2),
    deriveKey(other, "file-links"),
  ].map((key) => Buffer.from(key).toString("hex"));
  assert.equal(new Set(keys).size, 4);
  assert.ok(keys.every((key) => key.length === 64));
});

test("deriveKey() gives the same key for ever: links outlive a release", () => {
  const key = deriveKey({ bytes: Buffer.from("a root secret of thirty-two bytes") }, "file-links");
  assert.equal(
    Buffer.from(key).toString("hex"),
    "72b7f24160ea81f901e73158ef61ab21c61e3f0e91a913f9f47825223006b63f",
  );
});
