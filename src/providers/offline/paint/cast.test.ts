import assert from "node:assert/strict";
import { test } from "node:test";
import { planScene } from "../scene/plan.ts";
import { readPrompt } from "../scene/read.ts";
import { openSheet } from "./canvas.ts";
import { castLayers } from "./cast.ts";
import { openStage, STILL } from "./stage.ts";

for (const [prompt, spouts] of [
  ["a whale under water", false],
  ["a whale in the sea", true],
] as const) {
  test(`castLayers() lets "${prompt}" ${spouts ? "spout" : "hold its breath"}`, () => {
    const stage = openStage(planScene(readPrompt(prompt), { seed: 6 }), {
      width: 256,
      height: 256,
    });
    const [layer] = castLayers(stage);
    assert.ok(layer?.place !== undefined);
    const { x, y, height } = layer.place;
    const sheet = openSheet(stage.width, stage.height);
    layer.draw(sheet, STILL);
    // Its back is at three quarters of its height.
    const from = Math.round(y - height * 1.1);
    const [wide, high] = [Math.round(height * 1.4), Math.round(height * 0.28)];
    const { data } = sheet.pen.getImageData(Math.round(x - wide / 2), from, wide, high);
    const above = data.filter((value, at) => at % 4 === 3 && value > 60).length;
    assert.equal(above > 8, spouts, `${above} points above its back`);
  });
}
