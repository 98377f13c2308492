import assert from "node:assert/strict";
import { test } from "node:test";
import { planScene } from "../scene/plan.ts";
import { readPrompt } from "../scene/read.ts";
import { openSheet } from "./canvas.ts";
import { groundLayers } from "./ground.ts";
import { openStage, STILL } from "./stage.ts";

test("groundLayers() rolls hills over the horizon, and leaves a meadow flat", () => {
  for (const seed of [1, 2, 3]) {
    const heights = ["green hills at noon", "a meadow at noon"].map((prompt) => {
      const stage = openStage(planScene(readPrompt(prompt), { seed }), { width: 240, height: 240 });
      const sheet = openSheet(stage.width, stage.height);
      for (const layer of groundLayers(stage)) layer.draw(sheet, STILL);
      const { data } = sheet.pen.getImageData(0, 0, stage.width, stage.horizonY);
      return data.filter((value, at) => at % 4 === 3 && value > 250).length / stage.width;
    });
    const [hills = 0, meadow = 0] = heights;
    assert.ok(hills > 10, `hills are ${hills.toFixed(1)} of 240 pixels high`);
    assert.ok(meadow < 2, `a meadow is ${meadow.toFixed(1)} high`);
  }
});
