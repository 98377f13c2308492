import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createMarks } from "./mark.ts";

const marks = createMarks(Buffer.alloc(32, 7));

test("read() gives back the id of a name that mark() made", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^att_[0-9a-z]{26}$/), (id) => {
      assert.equal(marks.read(marks.mark(id)), id);
    }),
  );
});

test("read() refuses a name with any bit of its proof changed", () => {
  const name = marks.mark("att_1");
  const [id, mac] = [name.slice(0, 5), Buffer.from(name.slice(6), "base64url")];
  for (let bit = 0; bit < 128; bit += 1) {
    const forged = Buffer.from(mac);
    forged.writeUInt8(forged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    assert.equal(marks.read(`${id}-${forged.toString("base64url")}`), null, `bit ${bit}`);
  }
});

test("read() refuses the proof of another id, another key and no proof at all", () => {
  const proof = marks.mark("att_1").slice("att_1-".length);
  assert.equal(marks.read(`att_2-${proof}`), null);
  assert.equal(createMarks(Buffer.alloc(32, 8)).read(marks.mark("att_1")), null);
  for (const name of ["", "att_1", "att_1-", "att_1-short", "ATT_1-0000000000000000000000"]) {
    assert.equal(marks.read(name), null);
  }
});
