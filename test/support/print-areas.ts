import { hashText } from "../../src/providers/offline/chance.ts";
import { applyLooks } from "../../src/providers/offline/look/apply.ts";
import { openSheet } from "../../src/providers/offline/paint/canvas.ts";
import { buildScene } from "../../src/providers/offline/paint/scene.ts";
import { openStage } from "../../src/providers/offline/paint/stage.ts";
import { planScene } from "../../src/providers/offline/scene/plan.ts";
import { readPrompt } from "../../src/providers/offline/scene/read.ts";

/** How many areas of one colour the picture of a prompt is made of, `side` by `side` pixels. */
export function countAreas(prompt: string, side: number): number {
  const plan = planScene(readPrompt(prompt), { seed: hashText(prompt) });
  const sheet = openSheet(side, side);
  buildScene(openStage(plan, { width: side, height: side })).draw(sheet);
  applyLooks(sheet, plan);
  const pixels = new Uint32Array(sheet.pen.getImageData(0, 0, side, side).data.buffer);
  const done = new Set<number>();
  let count = 0;
  for (const start of pixels.keys()) {
    if (done.has(start)) continue;
    count += 1;
    const area = [start];
    done.add(start);
    for (const at of area) {
      const x = at % side;
      const sides = [x > 0 ? at - 1 : at, x < side - 1 ? at + 1 : at, at - side, at + side];
      for (const next of sides) {
        if (pixels[next] !== pixels[at] || done.has(next)) continue;
        done.add(next);
        area.push(next);
      }
    }
  }
  return count;
}
