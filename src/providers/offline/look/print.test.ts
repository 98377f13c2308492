import assert from "node:assert/strict";
import { test } from "node:test";
import { hashText } from "../chance.ts";
import { openSheet } from "../paint/canvas.ts";
import { buildScene } from "../paint/scene.ts";
import { openStage } from "../paint/stage.ts";
import { planScene } from "../scene/plan.ts";
import { readPrompt } from "../scene/read.ts";
import { applyLooks } from "./apply.ts";

const SIDE = 320;

/** How many areas of one colour a picture is made of. */
function countAreas(prompt: string): number {
  const plan = planScene(readPrompt(prompt), { seed: hashText(prompt) });
  const sheet = openSheet(SIDE, SIDE);
  buildScene(openStage(plan, { width: SIDE, height: SIDE })).draw(sheet);
  applyLooks(sheet, plan);
  const pixels = new Uint32Array(sheet.pen.getImageData(0, 0, SIDE, SIDE).data.buffer);
  const done = new Set<number>();
  let count = 0;
  for (const start of pixels.keys()) {
    if (done.has(start)) continue;
    count += 1;
    const area = [start];
    done.add(start);
    for (const at of area) {
      const x = at % SIDE;
      const sides = [x > 0 ? at - 1 : at, x < SIDE - 1 ? at + 1 : at, at - SIDE, at + SIDE];
      for (const next of sides) {
        if (pixels[next] !== pixels[at] || done.has(next)) continue;
        done.add(next);
        area.push(next);
      }
    }
  }
  return count;
}

for (const prompt of [
  "a cactus in a desert at noon, minimalist poster",
  "the Eiffel tower, travel poster",
  "a fox in a forest, papercut",
]) {
  test(`paintPoster() cuts "${prompt}" from few areas`, () => {
    const areas = countAreas(prompt);
    assert.ok(areas > 20 && areas < 260, `${areas} areas`);
  });
}
