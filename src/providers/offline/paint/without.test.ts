import assert from "node:assert/strict";
import { test } from "node:test";
import { planScene, type ScenePlan } from "../scene/plan.ts";
import { readPrompt } from "../scene/read.ts";
import { openSheet } from "./canvas.ts";
import { buildScene } from "./scene.ts";
import { openStage } from "./stage.ts";

const SIZE = { width: 160, height: 90 };

function paint(plan: ScenePlan): Uint8ClampedArray {
  const sheet = openSheet(SIZE.width, SIZE.height);
  buildScene(openStage(plan, SIZE)).draw(sheet);
  return sheet.pen.getImageData(0, 0, SIZE.width, SIZE.height).data;
}

function planOf(prompt: string): ScenePlan {
  return planScene(readPrompt(prompt), { seed: 5 });
}

/** How many points of two pictures differ plainly. */
function differences(one: Uint8ClampedArray, other: Uint8ClampedArray): number {
  let found = 0;
  for (let at = 0; at < one.length; at += 4)
    if (Math.abs((one[at + 1] ?? 0) - (other[at + 1] ?? 0)) > 6) found += 1;
  return found;
}

for (const prompt of [
  "a street without people",
  "a street at noon without crowds",
  "a concert on a stage without people",
  "a garden without flowers",
  "a meadow at noon without trees",
  "a beach at noon without palms",
  "a farm at noon without clouds",
  "the sky without clouds",
  "a jungle waterfall without trees",
  "a lake at night without stars",
  "a lake at night without a moon",
]) {
  test(`buildScene() leaves out what "${prompt}" forbids`, () => {
    const plan = planOf(prompt);
    const allowed = { ...plan, without: [] };
    const count = differences(paint(plan), paint(allowed));
    assert.ok(count > 4, `${count} points differ`);
  });
}

test("buildScene() paints as ever where nothing of a place is forbidden", () => {
  const plan = planOf("a street without dragons");
  assert.deepEqual(paint(plan), paint({ ...plan, without: [] }));
});

test("buildScene() plants no cactus beside camels and pyramids", () => {
  for (const prompt of ["two camels in the desert at noon", "pyramids in the desert at noon"]) {
    const plan = planOf(prompt);
    const bare = { ...plan, without: ["cactus"] };
    assert.equal(differences(paint(plan), paint(bare)), 0, prompt);
  }
});

test("planScene() makes a wood without trees a clearing", () => {
  assert.equal(planOf("a forest without trees").setting, "meadow");
  assert.equal(planOf("a jungle without trees").setting, "meadow");
  assert.equal(planOf("a forest without birds").setting, "forest");
  assert.deepEqual(planOf("an orchard without trees").subjects, []);
});
