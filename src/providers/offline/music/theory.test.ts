import assert from "node:assert/strict";
import { test } from "node:test";
import { harmonyOf, hertz, keyName, readKey, scaleOf, wrap } from "./theory.ts";

test("hertz() gives concert pitch, an octave doubles", () => {
  assert.equal(hertz(69), 440);
  assert.equal(hertz(81), 880);
  assert.ok(Math.abs(hertz(60) - 261.6256) < 0.001);
});

test("wrap() is never negative", () => {
  assert.equal(wrap(-1, 12), 11);
  assert.equal(wrap(25, 12), 1);
});

test("scaleOf() spells modes from their tonic", () => {
  assert.deepEqual(scaleOf(2, "minor"), [2, 4, 5, 7, 9, 10, 0]);
  assert.deepEqual(scaleOf(0, "lydian"), [0, 2, 4, 6, 7, 9, 11]);
});

const DEGREES: readonly (readonly [
  string,
  number,
  "major" | "minor" | "mixolydian",
  number,
  readonly number[],
])[] = [
  ["I", 0, "major", 0, [0, 4, 7]],
  ["vi", 0, "major", 9, [0, 3, 7]],
  ["ii7", 0, "major", 2, [0, 3, 7, 10]],
  ["V7", 7, "major", 2, [0, 4, 7, 10]],
  ["IVmaj7", 0, "major", 5, [0, 4, 7, 11]],
  ["bVII", 0, "major", 10, [0, 4, 7]],
  ["VI", 9, "minor", 5, [0, 4, 7]],
  ["VII", 9, "minor", 7, [0, 4, 7]],
  ["bII", 9, "minor", 10, [0, 4, 7]],
  ["V/V", 0, "major", 2, [0, 4, 7]],
  ["I5", 0, "mixolydian", 0, [0, 7, 12]],
  ["ii9", 0, "major", 2, [0, 3, 7, 10, 14]],
];
for (const [degree, key, mode, root, tones] of DEGREES) {
  test(`harmonyOf() reads ${degree} in ${keyName(key)} ${mode}`, () => {
    assert.deepEqual(harmonyOf(degree, key, mode), { root, tones });
  });
}

const ASKED: readonly (readonly [string, string | null])[] = [
  ["a song in D minor", "D minor"],
  ["Eb major waltz", "Eb major"],
  ["F# dorian groove", "F# dorian"],
  ["in the key of C", "C major"],
  ["in g minor, slow", "G minor"],
  ["Bb mixolydian funk", "Bb mixolydian"],
  ["a major event in the city", null],
  ["be a minor hero", null],
  ["nothing of the kind", null],
];
for (const [text, expected] of ASKED) {
  test(`readKey() finds ${expected ?? "no key"} in "${text}"`, () => {
    const found = readKey(text);
    assert.equal(found === null ? null : `${keyName(found.key)} ${found.mode}`, expected);
  });
}
