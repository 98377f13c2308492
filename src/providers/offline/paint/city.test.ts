import assert from "node:assert/strict";
import { test } from "node:test";
import { planScene } from "../scene/plan.ts";
import { readPrompt } from "../scene/read.ts";
import { openSheet } from "./canvas.ts";
import { cityLayers } from "./city.ts";
import { placeSubjects } from "./placing.ts";
import { openStage, STILL } from "./stage.ts";

for (const prompt of ["the Eiffel tower at sunset", "the Eiffel tower at night"]) {
  test(`cityLayers() leaves sky behind the upper half of "${prompt}"`, () => {
    for (const seed of [1, 2, 3, 4]) {
      const plan = planScene(readPrompt(prompt), { seed });
      const stage = openStage(plan, { width: 240, height: 240 });
      const [tower] = placeSubjects(stage);
      assert.ok(tower !== undefined && plan.setting === "city");
      const sheet = openSheet(stage.width, stage.height);
      for (const layer of cityLayers(stage)) layer.draw(sheet, STILL);
      const wide = Math.round(tower.height * 0.1);
      const high = Math.round(tower.height * 0.5);
      const [x, y] = [Math.round(tower.x - wide / 2), Math.round(tower.y - tower.height)];
      const { data } = sheet.pen.getImageData(x, y, wide, high);
      const built = data.filter((value, at) => at % 4 === 3 && value > 200).length;
      assert.ok(built / (wide * high) < 0.2, `${built} of ${wide * high} points, seed ${seed}`);
    }
  });
}
