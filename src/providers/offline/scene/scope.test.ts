import assert from "node:assert/strict";
import { test } from "node:test";
import { readPrompt } from "./read.ts";

const READ: readonly (readonly [string, string, string])[] = [
  ["a beach with no dogs and a red umbrella", "dog", "beach red umbrella"],
  ["no clouds and a lighthouse", "cloud", "lighthouse"],
  ["a cat but no dog and a red bicycle", "dog", "cat red bicycle"],
  ["a lake without boats and three swans", "boat", "lake swan"],
  ["a lake without boats and 3 swans", "boat", "lake swan"],
  ["no people and white horses", "person", "white horse"],
  ["no red and blue cars, a dog", "red blue car", "dog"],
  ["a street, no dogs or cats", "dog cat", "street"],
  ["a street without dogs and cats", "dog cat", "street"],
  ["a street without a dog or a cat", "dog cat", "street"],
  ["a street, no dogs or black cats", "dog black cat", "street"],
  ["no people on the beach at sunset", "person", "beach sunset"],
  ["a castle, no clouds in the sky", "cloud sky", "castle"],
  ["a lake without forests and mountains", "forest mountains", "lake"],
  ["keine Menschen am Strand", "person", "beach"],
  ["kein Hund und eine rote Katze", "dog", "red cat"],
  ["eine Straße ohne Hunde und Katzen", "dog cat", "street"],
  ["sans chien et un chat", "dog", "cat"],
  ["una playa sin perros y un gato", "dog", "beach cat"],
];

for (const [prompt, banned, mentioned] of READ) {
  test(`readPrompt() reads how far the negator of "${prompt}" reaches`, () => {
    const read = readPrompt(prompt);
    assert.equal(read.banned.join(" "), banned);
    assert.equal(read.mentions.map(({ entry }) => entry.id).join(" "), mentioned);
  });
}
