import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyLooks } from "../look/apply.ts";
import { LOOKS } from "../look/look.ts";
import { planScene, type ScenePlan } from "../scene/plan.ts";
import { LEXICON, readPrompt } from "../scene/read.ts";
import { SETTINGS } from "../scene/settings.ts";
import { openSheet, type Sheet } from "./canvas.ts";
import type { Place } from "./place.ts";
import { placeSubjects } from "./placing.ts";
import { buildScene } from "./scene.ts";
import { openStage } from "./stage.ts";

const SIZE = { width: 128, height: 72 };

function plan(prompt: string, seed = 5): ScenePlan {
  return planScene(readPrompt(prompt), { seed });
}

function isSetting(name: string): name is ScenePlan["setting"] {
  return name in SETTINGS;
}

function pixelsOf(sheet: Sheet): Uint8ClampedArray {
  return sheet.pen.getImageData(0, 0, sheet.width, sheet.height).data;
}

/** How far brightness strays from its mean, of 255. */
function spreadOf(sheet: Sheet): number {
  const data = pixelsOf(sheet);
  const luma = Array.from(
    { length: data.length / 4 },
    (_, place) => ((data[place * 4] ?? 0) + 2 * (data[place * 4 + 1] ?? 0)) / 3,
  );
  const mean = luma.reduce((sum, value) => sum + value, 0) / luma.length;
  return Math.sqrt(luma.reduce((sum, value) => sum + (value - mean) ** 2, 0) / luma.length);
}

for (const setting of Object.keys(SETTINGS).filter(isSetting)) {
  test(`buildScene() paints ${setting} with light and dark, each moment by itself`, () => {
    const staged = openStage({ ...plan("a fox"), setting }, { ...SIZE, margin: 8 });
    const later = { t: 1.5, duration: 3, x: 0.01, y: 0, zoom: 0.02 };
    const [first, again] = [openSheet(SIZE.width, SIZE.height), openSheet(SIZE.width, SIZE.height)];
    const scene = buildScene(staged);
    scene.draw(first);
    assert.ok(spreadOf(first) > 6, `spread ${spreadOf(first)}`);
    const atRest = pixelsOf(first);
    scene.draw(first, later);
    assert.notDeepEqual(pixelsOf(first), atRest);
    buildScene(staged).draw(again, later);
    assert.deepEqual(pixelsOf(first), pixelsOf(again));
  });
}

function placed(prompt: string, id: string): Place {
  const stage = openStage(plan(prompt), { width: 400, height: 400 });
  const found = placeSubjects(stage).find(({ subject }) => subject.id === id);
  assert.ok(found !== undefined, `${id} in ${prompt}`);
  return found;
}

test("placeSubjects() puts foes face to face, and riders and readers on what bears them", () => {
  const [knight, dragon] = [
    placed("a knight fighting a dragon", "knight"),
    placed("a knight fighting a dragon", "dragon"),
  ];
  assert.ok(knight.x < dragon.x && !knight.flipped && dragon.flipped);
  assert.equal(knight.y, dragon.y);
  const [rider, horse] = [
    placed("an astronaut on a horse", "astronaut"),
    placed("an astronaut on a horse", "horse"),
  ];
  assert.ok(Math.abs(rider.x - horse.x) < horse.height * 0.1);
  assert.ok(rider.y < horse.y - horse.height * 0.2 && rider.carrier?.id === "horse");
  const reader = "a boy reading on a bench";
  assert.equal(placed(reader, "boy").subject.motion, "sitread");
  assert.equal(placed(reader, "boy").y, placed(reader, "bench").y);
  assert.ok(Math.abs(placed(reader, "book").x - placed(reader, "boy").x) < 60);
});

test("placeSubjects() keeps apart what would hide each other, and kites inside the frame", () => {
  const pair = "a dog and a cat";
  assert.ok(Math.abs(placed(pair, "dog").x - placed(pair, "cat").x) > 100);
  const kite = placed("a boy flying a kite on a hill", "kite");
  assert.ok(kite.tether !== undefined && kite.y > kite.height && kite.x > 20 && kite.x < 380);
});

for (const prompt of ["a lighthouse on a cliff", "a windmill", "a tower", "a ferris wheel"]) {
  test(`placeSubjects() keeps the top of "${prompt}" inside a wide frame`, () => {
    const stage = openStage(plan(prompt), { width: 840, height: 360 });
    for (const { y, height } of placeSubjects(stage)) assert.ok(y - height > 0, `${y - height}`);
  });
}

test("applyLooks() paints low poly in facets that can be told apart, also in wide frames", () => {
  const size = { width: 840, height: 360 };
  const planned: ScenePlan = { ...plan("a lighthouse on a cliff"), looks: ["lowpoly"] };
  const sheet = openSheet(size.width, size.height);
  buildScene(openStage(planned, size)).draw(sheet);
  applyLooks(sheet, planned);
  const data = pixelsOf(sheet);
  let same = 0;
  for (let at = 4; at < data.length; at += 4)
    if ([0, 1, 2].every((part) => data[at + part] === data[at + part - 4])) same += 1;
  const share = same / (size.width * size.height);
  assert.ok(share > 0.3, `${Math.round(share * 100)} % are like their neighbours`);
});

for (const look of Object.keys(LOOKS)) {
  test(`applyLooks() changes a picture by ${look}, the same way each time`, () => {
    const planned: ScenePlan = { ...plan("a lighthouse on a cliff"), looks: [look] };
    const draw = (looks: readonly string[]): Uint8ClampedArray => {
      const sheet = openSheet(SIZE.width, SIZE.height);
      buildScene(openStage(planned, SIZE)).draw(sheet);
      applyLooks(sheet, { ...planned, looks });
      return pixelsOf(sheet);
    };
    assert.notDeepEqual(draw([look]), draw([]));
    assert.deepEqual(draw([look]), draw([look]));
  });
}

test("buildScene() never throws and never paints one flat tone, whatever the words", () => {
  const words = LEXICON.entries.map(({ id }) => id.replaceAll("_", " "));
  const soup = fc.array(fc.constantFrom(...words, "no", "and", "on", "of", "three"), {
    minLength: 1,
    maxLength: 7,
  });
  fc.assert(
    fc.property(soup, fc.nat(), (prompt, seed) => {
      const planned = plan(prompt.join(" "), seed);
      const sheet = openSheet(96, 54);
      buildScene(openStage(planned, { width: 96, height: 54 })).draw(sheet);
      assert.ok(spreadOf(sheet) > 4, `${prompt.join(" ")}: ${spreadOf(sheet)}`);
    }),
    { numRuns: 40 },
  );
});

test("planScene() leaves out what is negated, wherever it is named", () => {
  const animals = LEXICON.entries.filter(({ category }) => category === "animal");
  fc.assert(
    fc.property(fc.constantFrom(...animals), ({ id }) => {
      const name = id.replaceAll("_", " ");
      const read = plan(`a castle on a hill, no ${name}`);
      assert.ok(!read.subjects.some((subject) => subject.id === id), name);
    }),
  );
});
