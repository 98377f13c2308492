import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isVowel, soundsOf, syllablesOf, wordsOf } from "./pronounce.ts";

const WORDS: readonly (readonly [string, string])[] = [
  ["night", "n ai t"],
  ["rain", "r ei n"],
  ["love", "l a v"],
  ["shine", "sh ai n"],
  ["moon", "m u n"],
  ["station", "s t A sh @ n"],
  ["through", "th r u"],
  ["know", "n ou"],
  ["city", "s I t i"],
  ["queen", "k w i n"],
  ["phone", "f ou n"],
  ["ring", "r I ng"],
];
for (const [word, sounds] of WORDS) {
  test(`soundsOf() pronounces "${word}"`, () => assert.equal(soundsOf(word).join(" "), sounds));
}

const COUNTS: readonly (readonly [string, number])[] = [
  ["The lighthouse keeps turning", 6],
  ["Hold on to me tonight", 6],
  ["I'm never gonna let you go", 8],
  ["Beautiful melody", 6],
  ["Über den Wolken", 5],
  ["夜空の星", 4],
  ["любовь", 2],
  ["42", 2],
  ["!!! ...", 0],
];
for (const [line, count] of COUNTS) {
  test(`syllablesOf() finds ${count} syllables in "${line}"`, () => {
    assert.equal(syllablesOf(line).length, count, JSON.stringify(syllablesOf(line)));
  });
}

test("syllablesOf() puts weight on words that carry it, not on small ones", () => {
  const stressed = syllablesOf("the river of stars").map((syllable) => syllable.stressed);
  assert.deepEqual(stressed, [false, true, false, false, true]);
});

test("wordsOf() keeps apostrophes inside words", () => {
  assert.deepEqual(wordsOf("Don't stop, it's 'now'"), ["Don't", "stop", "it's", "now"]);
});

test("syllablesOf() gives each syllable one vowel, for any text", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60, unit: "grapheme" }), (line) => {
      for (const { sounds } of syllablesOf(line)) {
        assert.equal(sounds.split(" ").filter(isVowel).length, 1, `${line}: ${sounds}`);
      }
    }),
    { numRuns: 300 },
  );
});
