import assert from "node:assert/strict";
import { existsSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeFolder } from "../../test/support/media-samples.ts";
import { systemRandom } from "../lib/random.ts";
import { openStaging } from "./staging.ts";

async function setup() {
  const folder = makeFolder();
  const path = join(folder.path, "staging");
  return {
    path,
    staging: await openStaging(path, systemRandom),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

test("reserve() makes an empty file that only we can read, under a name of its own", async () => {
  using room = await setup();
  const [one, other] = [await room.staging.reserve("png"), await room.staging.reserve("png")];
  assert.notEqual(one.name, other.name);
  assert.match(one.name, /^[0-9a-z]{26}\.png$/);
  assert.equal(room.staging.pathOf(one.name), one.path);
  assert.equal(statSync(one.path).size, 0);
  assert.equal(statSync(one.path).mode & 0o777, 0o600);
  assert.equal(statSync(room.path).mode & 0o777, 0o700);
});

test("newPlace() makes no file", async () => {
  using room = await setup();
  assert.equal(existsSync(room.staging.newPlace("mp4").path), false);
});

test("pathOf() takes names of ours only", async () => {
  using room = await setup();
  for (const name of [
    "",
    "..",
    "../x.png",
    "/etc/passwd",
    `${"a".repeat(26)}`,
    `${"a".repeat(26)}.png/..`,
    `${"A".repeat(26)}.png`,
  ]) {
    assert.equal(room.staging.pathOf(name), null, name);
  }
});

test("reserve() refuses what is no extension", async () => {
  using room = await setup();
  for (const extension of ["", "../x", "a/b", "PNG", "a.b"]) {
    await assert.rejects(room.staging.reserve(extension), { name: "AssertionError" }, extension);
  }
});

test("sweep() removes what is older, and only that", async () => {
  using room = await setup();
  const [old, fresh] = [await room.staging.reserve("a"), await room.staging.reserve("b")];
  const nowMs = statSync(fresh.path).mtimeMs;
  utimesSync(old.path, (nowMs - 3_600_001) / 1000, (nowMs - 3_600_001) / 1000);
  writeFileSync(join(room.path, "stranger"), "x");
  assert.equal(await room.staging.sweep(nowMs, 3_600_000), 1);
  assert.equal(existsSync(old.path), false);
  assert.equal(existsSync(fresh.path), true);
});
