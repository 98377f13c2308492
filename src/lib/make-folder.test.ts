import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { makeFolder } from "./make-folder.ts";

const root = mkdtempSync(join(tmpdir(), "vidgo-folder-"));
after(() => rmSync(root, { recursive: true }));

test("makeFolder() makes every folder above and tells the first that it made", () => {
  assert.equal(makeFolder(join(root, "a", "b", "c")), join(root, "a"));
  assert.equal(statSync(join(root, "a", "b", "c")).mode & 0o777, 0o700);
});

test("makeFolder() leaves a folder that is there", () => {
  assert.equal(makeFolder(root), null);
  assert.equal(makeFolder(join(root, "d")), join(root, "d"));
  assert.equal(makeFolder(join(root, "d")), null);
});

test("makeFolder() fails where no folder can be, instead of trying for ever", () => {
  writeFileSync(join(root, "file"), "");
  assert.throws(() => makeFolder(join(root, "file", "below")), { code: "ENOTDIR" });
  assert.throws(() => makeFolder("/proc/vidgo/below"), { code: "ENOENT" });
});
