import assert from "node:assert/strict";
import { test } from "node:test";
import { planScene } from "../scene/plan.ts";
import { readPrompt } from "../scene/read.ts";
import { openSheet } from "./canvas.ts";
import { openStage, STILL } from "./stage.ts";
import { streetLayers } from "./street.ts";

for (const [width, height] of [
  [240, 240],
  [320, 180],
  [180, 320],
] as const) {
  test(`streetLayers() stands houses on the pavement, ${width} × ${height}`, () => {
    const plan = planScene(readPrompt("a street at noon, no people"), { seed: 4 });
    const stage = openStage(plan, { width, height });
    const sheet = openSheet(width, height);
    for (const layer of streetLayers(stage)) layer.draw(sheet, STILL);
    const above = sheet.pen.getImageData(0, stage.horizonY - 2, width, 1).data;
    const below = sheet.pen.getImageData(0, stage.horizonY + 3, width, 1).data;
    let walls = 0;
    for (let at = 0; at < above.length; at += 4) {
      const parts = [at, at + 1, at + 2];
      if (parts.every((part) => Math.abs((above[part] ?? 0) - (below[part] ?? 0)) < 9)) walls += 1;
    }
    assert.ok(walls > width * 0.6, `walls go on below the horizon in ${walls} of ${width} columns`);
  });
}
