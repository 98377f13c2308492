import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import { zipParts } from "./zip.ts";

/** Reads an archive by its directory, as a program that unpacks does. */
function unpack(zip: Buffer): Readonly<Record<string, string>> {
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const files: Record<string, string> = {};
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    assert.equal(zip.readUInt32LE(at), 0x02014b50);
    const [sum, size] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 24)];
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    assert.equal(zip.readUInt32LE(local), 0x04034b50);
    assert.equal(zip.readUInt16LE(local + 8), 0, "stored as it is");
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(from, from + size);
    assert.equal(crc32(bytes), sum, name);
    files[name] = bytes.toString("utf8");
    at += 46 + nameLength;
  }
  assert.equal(at, end, "the directory ends where it says");
  return files;
}

test("zipParts() gives an archive that holds every file under its name", () => {
  const files = { "fox.png": "a picture", "مرحبا-🦊.txt": "", "b.bin": "\u0000\u0001" };
  const entries = Object.entries(files).map(([name, text]) => ({
    name,
    bytes: new TextEncoder().encode(text),
  }));
  assert.deepEqual(unpack(Buffer.concat(zipParts(entries))), files);
  assert.deepEqual(unpack(Buffer.concat(zipParts([]))), {});
});
