import assert from "node:assert/strict";
import { test } from "node:test";
import { countAreas } from "../../../../test/support/print-areas.ts";

for (const prompt of [
  "a cactus in a desert at noon, minimalist poster",
  "the Eiffel tower, travel poster",
  "a fox in a forest, papercut",
]) {
  test(`paintPoster() cuts "${prompt}" from few areas`, () => {
    const areas = countAreas(prompt, 320);
    assert.ok(areas > 20 && areas < 260, `${areas} areas`);
  });
}
