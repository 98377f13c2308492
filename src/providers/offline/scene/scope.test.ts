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
  ["a park, no dogs, cats or birds", "dog cat bird", "meadow"],
  ["a park with no dogs, cats, or birds", "dog cat bird", "meadow"],
  ["a beach, no people, boats and umbrellas", "person boat umbrella", "beach"],
  ["a street with neither cars, buses nor trucks", "car bus truck", "street"],
  ["neither dogs nor cats in a garden", "dog cat", "meadow"],
  ["a lake without boats, swans or ducks at dusk", "boat swan duck", "lake dusk"],
  ["no dogs, cats, birds, a red house", "dog cat bird", "red house"],
  ["not a dog, a cat or a horse, a house", "dog cat horse", "house"],
  ["no red cars, blue buses or people; a dog", "red car blue bus person", "dog"],
  ["no dogs, cats, birds, horses, cows or sheep, a barn", "dog cat bird horse cow sheep", "barn"],
  ["no chairs, tables, or lamps, and a cat", "chair table lamp", "cat"],
  ["no people, cars or bicycles on the street", "person car bicycle", "street"],
  ["a park, don't show dogs, cats or birds", "dog cat bird", "meadow"],
  ["no dog, a cat", "dog", "cat"],
  ["no cars, a house or a tree", "car", "house tree"],
  ["a lake, no boats, swans", "boat", "lake swan"],
  ["no clouds, mountains at sunset or dawn", "cloud", "mountains sunset dawn"],
  ["no people, snow, a wolf and a moon", "person", "snow wolf moon"],
  ["keine Hunde, Katzen oder Vögel, ein Haus", "dog cat bird", "house"],
  ["weder Hunde noch Katzen, ein Haus", "dog cat", "house"],
  ["sans chiens, chats ni oiseaux, une maison", "dog cat bird", "house"],
  ["ni chien ni chat, une maison", "dog cat", "house"],
  ["sin perros, gatos ni pájaros, una casa", "dog cat bird", "house"],
  ["没有狗、猫和鸟的公园", "dog cat bird", "meadow"],
  ["una playa sin perros y un gato", "dog", "beach cat"],
];

for (const [prompt, banned, mentioned] of READ) {
  test(`readPrompt() reads how far the negator of "${prompt}" reaches`, () => {
    const read = readPrompt(prompt);
    assert.equal(read.banned.join(" "), banned);
    assert.equal(read.mentions.map(({ entry }) => entry.id).join(" "), mentioned);
  });
}
