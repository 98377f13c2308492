import assert from "node:assert/strict";
import { test } from "node:test";
import { countAreas } from "../../../../test/support/print-areas.ts";
import { openSheet } from "../paint/canvas.ts";
import { paintLowPoly } from "./mosaic.ts";

for (const prompt of ["a knight fighting a dragon, pixel art", "a fox in a forest, pixel art"]) {
  test(`paintPixels() leaves whole forms in "${prompt}"`, () => {
    const areas = countAreas(prompt, 512);
    assert.ok(areas > 200 && areas < 1800, `${areas} areas`);
  });
}

test("paintLowPoly() keeps an eye in a face", () => {
  const side = 512;
  const { canvas, pen, width, height } = openSheet(side, side);
  pen.fillStyle = "rgb(235,140,40)";
  pen.fillRect(0, 0, side, side);
  pen.fillStyle = "rgb(20,16,20)";
  const eyes = [101, 158, 217, 283, 341, 402].map((x, index) => [x, 90 + index * 61] as const);
  for (const [x, y] of eyes) {
    pen.beginPath();
    pen.arc(x, y, 4, 0, Math.PI * 2);
    pen.fill();
  }
  paintLowPoly({ canvas, pen, width, height }, { seed: 5, title: null, cells: 46, lead: false });
  for (const [x, y] of eyes) {
    const { data } = pen.getImageData(x - 3, y - 3, 6, 6);
    const dark = data.filter((value, at) => at % 4 === 0 && value < 90).length;
    assert.ok(dark > 9, `${dark} of 36 points of the eye at ${x}, ${y} are dark`);
  }
});
