import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { testWish } from "../../../../../test/support/music-room.ts";
import { STYLES } from "../data/styles.ts";
import { readBrief, readDuration, readTempo } from "./brief.ts";
import { compose } from "./compose.ts";

for (const { id, bpm, modes } of STYLES) {
  test(`readBrief() knows the style ${id} by its name and keeps its tempo and modes`, () => {
    const brief = readBrief(testWish({ style: id }));
    assert.equal(brief.style.id, id);
    assert.ok(brief.bpm >= bpm[0] * 0.85 && brief.bpm <= bpm[1] * 1.15, `${brief.bpm} bpm`);
    assert.ok(modes.includes(brief.mode) || brief.mode === "minor", brief.mode);
  });
}

test("readBrief() lets tempo, key and metre words win over the style", () => {
  const brief = readBrief(testWish({ style: "techno at 92 bpm in D minor, 3/4" }));
  assert.deepEqual([brief.bpm, brief.key, brief.mode, brief.barBeats], [92, 2, "minor", 3]);
  assert.equal(brief.style.id, "techno");
});

test("readBrief() takes the first named style when two are named", () => {
  assert.equal(readBrief(testWish({ style: "jazz with a pop touch" })).style.id, "jazz");
  assert.equal(readBrief(testWish({ style: "pop with some jazz" })).style.id, "pop");
});

test("readBrief() moves tempo and mode with moods", () => {
  const sad = readBrief(testWish({ style: "sad slow pop" }));
  const happy = readBrief(testWish({ style: "happy pop" }));
  assert.ok(sad.bpm < happy.bpm * 0.8, `${sad.bpm} against ${happy.bpm}`);
  assert.equal(sad.mode, "minor");
  assert.equal(happy.mode, "major");
});

test("readBrief() pulls the tempo toward the middle when style_weight is small", () => {
  const own = readBrief(testWish({ style: "drum and bass", styleWeight: 1 })).bpm;
  const weak = readBrief(testWish({ style: "drum and bass", styleWeight: 0 })).bpm;
  assert.ok(Math.abs(weak - 108) < Math.abs(own - 108) * 0.4, `${weak} against ${own}`);
});

test("readBrief() removes what negative tags and the text refuse", () => {
  const { removed } = readBrief(
    testWish({ style: "rock without drums", negative: "Piano, strings" }),
  );
  for (const name of ["drums", "piano", "strings"]) assert.ok(removed.has(name), name);
});

test("readBrief() never takes a style that is refused", () => {
  const brief = readBrief(testWish({ style: "", prompt: "rainy night", negative: "lo-fi, jazz" }));
  assert.ok(brief.style.id !== "lo-fi" && brief.style.id !== "jazz", brief.style.id);
});

test("readTempo() reads tempos between 40 and 240", () => {
  assert.equal(readTempo("at 128bpm"), 128);
  assert.equal(readTempo("tempo of 75"), 75);
  assert.equal(readTempo("999 bpm"), null);
  assert.equal(readTempo("bpm"), null);
});

test("readDuration() reads seconds, minutes and clock times", () => {
  assert.equal(readDuration("a 30 seconds jingle"), 30);
  assert.equal(readDuration("2 minutes of rain"), 120);
  assert.equal(readDuration("1.5 min"), 90);
  assert.equal(readDuration("make it 1:30 long"), 90);
  assert.equal(readDuration("1 second"), 8);
  assert.equal(readDuration("60 minutes"), 480);
  assert.equal(readDuration("in the 80s"), null);
  assert.equal(readDuration("no length"), null);
});

test("readBrief() and compose() take any words", () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 200, unit: "grapheme" }),
      fc.integer({ min: 0 }),
      (style, seed) => {
        const brief = readBrief(testWish({ style: `${style} 12 seconds`, seed, weirdness: 1 }));
        const score = compose(brief);
        for (const part of score.parts) {
          for (const note of part.notes) {
            assert.ok(note.beat >= 0 && note.beats > 0, `${part.id} at ${note.beat}`);
            assert.ok(note.midi >= 12 && note.midi <= 115, `${part.id} plays ${note.midi}`);
            assert.ok(note.velocity > 0 && note.velocity <= 1);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});
