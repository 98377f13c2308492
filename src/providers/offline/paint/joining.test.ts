import assert from "node:assert/strict";
import { test } from "node:test";
import { planScene } from "../scene/plan.ts";
import { readPrompt } from "../scene/read.ts";
import { placeSubjects } from "./placing.ts";
import { openStage } from "./stage.ts";

for (const prompt of ["a bowl of oranges", "two lemons in a bowl", "a bowl of five apples"]) {
  test(`placeSubjects() lays every fruit of "${prompt}" in the bowl or on others`, () => {
    const plan = planScene(readPrompt(prompt), { seed: 2 });
    const places = placeSubjects(openStage(plan, { width: 512, height: 512 }));
    const bowl = places.find(({ subject }) => subject.id === "dish");
    const fruits = places.filter((place) => place !== bowl);
    assert.ok(bowl !== undefined && fruits.length > 1);
    const rim = bowl.y - bowl.height * 0.5;
    for (const { x, y, height, name } of fruits) {
      const below = fruits.filter((other) => other.y > y + 1 && Math.abs(other.x - x) < height);
      const carried = below.some((other) => y > other.y - other.height * 0.8);
      assert.ok(y > rim || carried, `${name} floats ${Math.round(rim - y)} above the rim`);
      assert.ok(Math.abs(x - bowl.x) + height * 0.4 < bowl.height * 0.65, `${name} sticks out`);
    }
  });
}
