import assert from "node:assert/strict";
import { test } from "node:test";
import { boostStyle } from "./boost-style.ts";
import { lyricsText, readLyrics, themesOf, titleCase, writeLyrics } from "./lyrics.ts";

test("writeLyrics() sings of the idea, with a chorus that returns", () => {
  const { title, sections } = writeLyrics("a lighthouse in the storm", 1, 6);
  const text = lyricsText(sections).toLowerCase();
  assert.match(text, /lighthouse/);
  assert.match(text, /storm/);
  assert.match(title.toLowerCase(), /lighthouse|storm/);
  const choruses = sections.filter(({ kind }) => kind === "chorus");
  assert.equal(choruses.length, 3);
  assert.deepEqual(choruses[0]?.lines, choruses[2]?.lines);
  assert.notDeepEqual(sections[0]?.lines, sections[2]?.lines);
});

test("writeLyrics() depends on the seed and on nothing else", () => {
  assert.deepEqual(writeLyrics("rain", 5, 4), writeLyrics("rain", 5, 4));
  assert.notDeepEqual(writeLyrics("rain", 5, 4), writeLyrics("rain", 6, 4));
});

test("writeLyrics() has words even without an idea", () => {
  assert.ok(writeLyrics("", 1, 2).sections.every(({ lines }) => lines.length === 4));
});

test("readLyrics() reads marks in brackets and keeps lines in order", () => {
  const read = readLyrics(
    "[Verse 1]\nOne line\nTwo lines\n\n[Chorus]\nHook\n[Guitar Solo]\n[Outro]\nBye",
  );
  assert.deepEqual(read, [
    { kind: "verse", lines: ["One line", "Two lines"] },
    { kind: "chorus", lines: ["Hook"] },
    { kind: "solo", lines: [] },
    { kind: "outro", lines: ["Bye"] },
  ]);
});

test("readLyrics() parts unmarked lyrics at empty lines", () => {
  const read = readLyrics("a\nb\n\nc\nd\n\ne");
  assert.deepEqual(
    read.map(({ kind }) => kind),
    ["verse", "chorus", "verse"],
  );
  assert.deepEqual(
    read.map(({ lines }) => lines.length),
    [2, 2, 1],
  );
});

test("readLyrics() finds nothing in marks and signs alone", () => {
  assert.deepEqual(readLyrics("\n---\n[???]\n"), []);
});

test("lyricsText() is read back by readLyrics()", () => {
  const { sections } = writeLyrics("sea", 2, 6);
  assert.deepEqual(readLyrics(lyricsText(sections)), sections);
});

test("themesOf() keeps the words that carry the idea", () => {
  assert.deepEqual(
    themesOf("Please make a happy pop song about the old lighthouse"),
    ["about", "old", "lighthouse"].filter((word) => word !== "about"),
  );
});

test("titleCase() keeps small words small, but not the first", () => {
  assert.equal(titleCase("the rain in the city"), "The Rain in the City");
});

test("boostStyle() keeps the words and adds what the composer will do", () => {
  const style = boostStyle("sad piano ballad at 70 bpm in C minor.", 3);
  assert.match(style, /^sad piano ballad at 70 bpm in C minor\./);
  assert.match(style, /70 bpm in C minor, /);
  assert.equal(style, boostStyle("sad piano ballad at 70 bpm in C minor.", 3));
});
