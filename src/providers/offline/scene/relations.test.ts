import assert from "node:assert/strict";
import { test } from "node:test";
import { matchGolden } from "../../../../test/support/golden.ts";
import { GALLERY } from "../../../../tools/demo/gallery.ts";
import { hashText } from "../chance.ts";
import { planScene, type ScenePlan } from "./plan.ts";
import { readPrompt } from "./read.ts";
import type { Subject } from "./subjects.ts";

function plan(prompt: string): ScenePlan {
  return planScene(readPrompt(prompt), { seed: hashText(prompt) });
}

const relations = [
  ["an astronaut on a horse", "astronaut", { how: "rides", id: "horse" }],
  ["a knight riding a white unicorn", "knight", { how: "rides", id: "unicorn" }],
  ["an old fisherman in a rowing boat", "old_man", { how: "rides", id: "boat" }],
  ["a girl beside a horse", "girl", null],
  ["a bowl of oranges on a table", "orange_fruit", { how: "inside", id: "dish" }],
  ["a vase with red tulips", "tulip", { how: "inside", id: "vase" }],
  ["roses in a vase", "rose", { how: "inside", id: "vase" }],
  ["a vase and a lemon", "lemon", null],
  ["a train on a bridge", "train", { how: "crosses", id: "bridge" }],
  ["a train under a bridge", "train", null],
  ["a knight fighting a dragon", "knight", { how: "fights", id: "dragon" }],
  ["two dogs fighting a bear in the snow", "dog", { how: "fights", id: "bear" }],
  ["a boy reading on a bench", "boy", { how: "sits", id: "bench" }],
  ["a cat asleep in an armchair", "cat", { how: "sits", id: "chair" }],
  ["a bicycle leaning on a fence", "bicycle", { how: "leans", id: "fence" }],
  ["a bicycle and a fence", "bicycle", null],
] as const;

for (const [prompt, id, relation] of relations) {
  test(`relationOf() reads ${prompt}`, () => {
    const subject: Subject | undefined = plan(prompt).subjects.find((each) => each.id === id);
    assert.deepEqual(subject?.relation, relation);
  });
}

const deeds = [
  ["wild horses gallop through shallow water", "horse", "run"],
  ["a hare running", "rabbit", "run"],
  ["sheep cross a road", "sheep", "walk"],
  ["a cat watching a bird flying", "cat", null],
  ["a cat and a dog running", "cat", "run"],
  ["a girl reading under a tree", "girl", "read"],
  ["a woman with an umbrella", "woman", "hold"],
  ["a man playing the violin", "man", "play"],
  ["a knight fighting a dragon", "dragon", "fight"],
  ["two samurai dueling", "samurai", "fight"],
  ["a dog asleep by the fire", "dog", "sleep"],
  ["a galloping horse on the beach", "horse", "run"],
  ["a girl riding horses", "girl", "ride"],
  ["an astronaut on a horse", "horse", "walk"],
  ["a boy flying a kite", "boy", "hold"],
  ["a wolf howling at the moon", "wolf", "howl"],
  ["a monkey eating a banana", "monkey", "eat"],
  ["ein Junge liest im Park", "boy", "read"],
] as const;

for (const [prompt, id, motion] of deeds) {
  test(`subjectsOf() reads what is done: ${prompt}`, () => {
    const subject = plan(prompt).subjects.find((each) => each.id === id);
    assert.equal(subject?.motion, motion);
  });
}

test("subjectsOf() gives a book to who reads and no second crown to a queen", () => {
  const idsOf = (prompt: string): readonly string[] => plan(prompt).subjects.map(({ id }) => id);
  assert.deepEqual(idsOf("a boy reading on a bench"), ["boy", "bench", "book"]);
  assert.deepEqual(idsOf("a queen with a crown"), ["queen"]);
  assert.deepEqual(idsOf("a crown on a table"), ["crown"]);
});

test("isField() makes fields of plants, and leaves single ones alone", () => {
  const countOf = (prompt: string): number => plan(prompt).subjects[0]?.count ?? 0;
  assert.equal(countOf("a sunflower field"), 36);
  assert.equal(countOf("a field of red tulips"), 36);
  assert.equal(countOf("a sunflower in a pot"), 1);
  assert.equal(countOf("a cow in a field"), 1);
  assert.equal(countOf("sunflowers in a meadow"), 36);
  assert.equal(countOf("three sunflowers in a meadow"), 3);
  assert.equal(countOf("sunflowers on a kitchen table"), 3);
});

test("isBacklit() puts the light behind what is named after it", () => {
  assert.equal(plan("a full moon behind a tree").backlit, true);
  assert.equal(plan("a tree and a full moon").backlit, false);
});

test("planScene() plans the gallery as it was looked at", () => {
  const scenes = GALLERY.map((prompt) => {
    const { setting, paletteName, hour, subjects, looks, mood } = plan(prompt);
    const cast = subjects.map(({ count, id }) => `${count} ${id}`).join(", ");
    return [prompt, setting, paletteName, hour, cast, looks.join(), mood ?? ""].join(" | ");
  });
  matchGolden("offline-gallery", scenes);
});
