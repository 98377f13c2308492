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
] as const;

for (const [prompt, id, relation] of relations) {
  test(`relationOf() reads ${prompt}`, () => {
    const subject: Subject | undefined = plan(prompt).subjects.find((each) => each.id === id);
    assert.deepEqual(subject?.relation, relation);
  });
}

test("isField() makes fields of plants, and leaves single ones alone", () => {
  const countOf = (prompt: string): number => plan(prompt).subjects[0]?.count ?? 0;
  assert.equal(countOf("a sunflower field"), 36);
  assert.equal(countOf("a field of red tulips"), 36);
  assert.equal(countOf("a sunflower in a pot"), 1);
  assert.equal(countOf("a cow in a field"), 1);
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
