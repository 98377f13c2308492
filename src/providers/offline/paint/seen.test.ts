import assert from "node:assert/strict";
import { test } from "node:test";
import { hashText, makeChance } from "../chance.ts";
import { drawProp } from "../props/prop.ts";
import { planScene } from "../scene/plan.ts";
import { readPrompt } from "../scene/read.ts";
import { openSheet } from "./canvas.ts";
import type { Place } from "./place.ts";
import { sceneLayers } from "./scene.ts";
import { type Layer, openStage, STILL, type Stage } from "./stage.ts";

const RATIOS = {
  "1:1": { width: 160, height: 160 },
  "16:9": { width: 224, height: 126 },
  "9:16": { width: 126, height: 224 },
  "21:9": { width: 280, height: 120 },
  "3:4": { width: 138, height: 184 },
} as const;

const PROMPTS = [
  "a dog and a cat",
  "a lighthouse and a sailing boat",
  "an elephant and a mouse",
  "a red car and a blue truck in a street",
  "two dogs and a cat on a beach",
  "three cats and two dogs in a garden",
  "a gift beside three astronauts",
  "a cat beside three kings",
  "an orange fruit beside three frogs",
  "two burgers and a camel",
  "a bus in front of a lotus",
  "a gear beside three boys",
  "two squirrels and a clock in a forest",
  "a clock and a farmer on a beach",
  "two tigers and an egg",
  "a horse, a cow and a sheep",
  "a castle, a dragon and a knight",
  "a robot and a unicorn in the snow",
  "a whale next to a cake",
  "a couple and a polar bear at night",
] as const;

/** Points of one copy as it would be seen with nothing before it. */
function outlineOf({ width, height, plan }: Stage, place: Place): Uint8ClampedArray {
  const { pen } = openSheet(width, height);
  const { subject } = place;
  const scale = place.height / 100;
  pen.translate(place.x, place.y);
  pen.rotate(place.tilt ?? 0);
  pen.scale(place.flipped ? -scale : scale, scale);
  pen.translate(0, -98.5);
  const flies = place.medium === "air" && (subject.draw === "bird" || subject.draw === "dragon");
  const motion = flies ? "fly" : subject.motion;
  const random = makeChance(plan.seed)(`prop-${place.name}`);
  drawProp(pen, { ...subject, motion, phase: 0, random });
  return pen.getImageData(0, 0, width, height).data;
}

function draw(layers: readonly Layer[], { width, height }: Stage): Uint8ClampedArray {
  const sheet = openSheet(width, height);
  for (const layer of layers) {
    layer.draw(sheet, STILL);
    sheet.pen.resetTransform();
    sheet.pen.globalAlpha = 1;
    sheet.pen.globalCompositeOperation = "source-over";
  }
  return sheet.pen.getImageData(0, 0, width, height).data;
}

interface Sight {
  readonly id: string;
  /** Points that its outline has, and those that would change without it. */
  readonly own: number;
  readonly seen: number;
}

function look(stage: Stage): Sight[] {
  const layers = sceneLayers(stage);
  const all = draw(layers, stage);
  return layers.flatMap((layer) => {
    if (layer.place === undefined) return [];
    const outline = outlineOf(stage, layer.place);
    const without = draw(
      layers.filter((each) => each !== layer),
      stage,
    );
    let [own, seen] = [0, 0];
    for (let at = 0; at < all.length; at += 4) {
      if ((outline[at + 3] ?? 0) < 128) continue;
      own += 1;
      const parts = [at, at + 1, at + 2];
      if (parts.some((part) => Math.abs((all[part] ?? 0) - (without[part] ?? 0)) > 6)) seen += 1;
    }
    return { id: layer.place.subject.id, own, seen };
  });
}

for (const prompt of PROMPTS) {
  for (const [ratio, size] of Object.entries(RATIOS)) {
    test(`sceneLayers() shows everyone of "${prompt}" in ${ratio}`, () => {
      const plan = planScene(readPrompt(prompt), { seed: hashText(prompt) });
      const sights = look(openStage(plan, size));
      assert.ok(plan.subjects.length > 1);
      for (const { id, count } of plan.subjects) {
        const own = sights.filter((sight) => sight.id === id);
        assert.equal(own.length, count, id);
        for (const { seen, own: points } of own) {
          const share = seen / points;
          assert.ok(share > 0.4, `${id}: ${Math.round(share * 100)} % of it is seen`);
        }
        const seen = own.reduce((sum, sight) => sum + sight.seen, 0) / size.width / size.height;
        assert.ok(seen > 0.0015, `${id}: ${(seen * 100).toFixed(2)} % of the picture`);
      }
    });
  }
}
