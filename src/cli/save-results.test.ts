import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import type { ResultFile } from "./results.ts";
import { fileNames, freeStem, stemOf } from "./save-results.ts";

function file(extension: string, label: string | null = null): ResultFile {
  return { url: `/files/f-x${extension}`, extension, label };
}

const NAMED: readonly (readonly [string, readonly ResultFile[], readonly string[]])[] = [
  ["fox.png", [file(".png")], ["fox.png"]],
  ["fox.png", [file(".png"), file(".png"), file(".png")], ["fox.png", "fox-2.png", "fox-3.png"]],
  ["fox", [file(".png"), file(".png")], ["fox", "fox-2"]],
  ["fox.JPG", [file(".jpg"), file(".jpg")], ["fox.JPG", "fox-2.JPG"]],
  [
    "song.mp3",
    [file(".mp3"), file(".jpg"), file(".mp3"), file(".jpg")],
    ["song.mp3", "song.jpg", "song-2.mp3", "song-2.jpg"],
  ],
  [
    "song.mp3",
    [file(".mp3", "vocals"), file(".mp3", "drums")],
    ["song-vocals.mp3", "song-drums.mp3"],
  ],
];

for (const [name, files, names] of NAMED) {
  test(`fileNames() gives ${names.join(", ")}, when ${name} is asked for`, () => {
    assert.deepEqual(fileNames(files, { folder: "/", name }), names);
  });
}

test("fileNames() makes names from a stem, with the extension that each file has", () => {
  const files = [file(".png"), file(".png"), file(".mp4")];
  assert.deepEqual(fileNames(files, { folder: "/", stem: "fox" }), [
    "fox.png",
    "fox-2.png",
    "fox.mp4",
  ]);
});

const STEMS: readonly (readonly [string, string])[] = [
  ["A red fox, in the snow!", "a-red-fox-in-the-snow"],
  ["../../etc/passwd", "etc-passwd"],
  ["", "vidgo"],
  ["…!?", "vidgo"],
  ["un café à Paris", "un-café-à-paris"],
  ["夜の海", "夜の海"],
  ["x".repeat(60), "x".repeat(48)],
];

for (const [prompt, stem] of STEMS) {
  test(`stemOf() gives ${stem}, when the prompt is ${prompt.slice(0, 30)}`, () => {
    assert.equal(stemOf(prompt), stem);
  });
}

test("stemOf() ends before a long prompt does, after a whole word", () => {
  const stem = stemOf("a lighthouse on a cliff above a stormy sea while the lamp turns");
  assert.equal(stem, "a-lighthouse-on-a-cliff-above-a-stormy-sea-while");
});

test("freeStem() goes on to the first number whose names are all free", async () => {
  const folder = scratchFolder("stem");
  const files = [file(".png"), file(".png")];
  assert.equal(await freeStem(folder, "fox", files), "fox");
  await writeFile(join(folder, "fox-2.png"), "");
  assert.equal(await freeStem(folder, "fox", files), "fox-3");
  assert.equal(await freeStem(folder, "fox", files.slice(1)), "fox");
});
