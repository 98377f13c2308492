import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { makeFolder } from "../../test/support/media-samples.ts";
import { appendPoster, readPoster } from "./film-poster.ts";

const box = (type: string, bytes: number): Buffer => {
  const made = Buffer.alloc(8 + bytes, 7);
  made.writeUInt32BE(8 + bytes, 0);
  made.write(type, 4, "latin1");
  return made;
};

test("readPoster() gives what appendPoster() left behind the other boxes", async () => {
  using folder = makeFolder();
  const path = join(folder.path, "film.mp4");
  await writeFile(path, Buffer.concat([box("ftyp", 16), box("moov", 300), box("mdat", 5_000)]));
  assert.equal(await readPoster(path), null);
  await appendPoster(path, Buffer.from("a small picture"));
  assert.equal(Buffer.from((await readPoster(path)) ?? []).toString(), "a small picture");
});

test("readPoster() finds nothing in what is no film, and comes to an end", async () => {
  using folder = makeFolder();
  const wide = Buffer.alloc(64);
  wide.writeUInt32BE(1, 0);
  const endless = Buffer.alloc(64 * 1_024);
  for (let at = 0; at < endless.length; at += 8) endless.writeUInt32BE(8, at);
  const huge = Buffer.concat([box("uuid", 16), Buffer.alloc(8)]);
  Buffer.from("c6d1a3f07b5e4b0f9d2a8e4417f3b65c", "hex").copy(huge, 8);
  for (const bytes of [Buffer.alloc(0), Buffer.from("text"), wide, endless, huge]) {
    const path = join(folder.path, "other");
    await writeFile(path, bytes);
    assert.equal(await readPoster(path), null);
  }
});
