import assert from "node:assert/strict";
import { test } from "node:test";
import { countAreas } from "../../../../test/support/print-areas.ts";

for (const prompt of ["a knight fighting a dragon, pixel art", "a fox in a forest, pixel art"]) {
  test(`paintPixels() leaves whole forms in "${prompt}"`, () => {
    const areas = countAreas(prompt, 512);
    assert.ok(areas > 200 && areas < 1800, `${areas} areas`);
  });
}
