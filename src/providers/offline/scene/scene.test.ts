import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canDraw } from "../props/prop.ts";
import { planScene } from "./plan.ts";
import { LEXICON, readPrompt, SUBJECT_CATEGORIES } from "./read.ts";

const plan = (prompt: string, negative = "") =>
  planScene(readPrompt(prompt, negative), { seed: 5 });

const SCENES: readonly (readonly [string, string, string, string])[] = [
  ["a red fox in a snowy forest at dawn", "forest", "dawn", "1 fox"],
  ["three sailboats on a calm lake at golden hour", "lake", "golden", "3 sailboat"],
  ["a lighthouse by a stormy sea", "sea", "storm", "1 lighthouse"],
  ["cyberpunk street at night", "street", "neon", ""],
  ["two lemons and a blue vase", "table", "candle", "2 lemon,1 vase"],
  ["an astronaut floating in space", "space", "space", "1 astronaut"],
  ["tropical fish in a coral reef", "undersea", "undersea", "1 fish"],
  ["portrait of a wizard", "backdrop", "", "1 wizard"],
  ["a herd of elephants", "savanna", "", "12 elephant"],
  ["a black cat", "meadow", "", "1 cat"],
  ["the mountian at sunset", "mountains", "sunset", ""],
];

for (const [prompt, setting, palette, subjects] of SCENES) {
  test(`planScene() reads "${prompt}"`, () => {
    const made = plan(prompt);
    assert.equal(made.setting, setting);
    if (palette !== "") assert.equal(made.paletteName, palette);
    assert.equal(made.subjects.map(({ count, id }) => `${count} ${id}`).join(","), subjects);
  });
}

test("planScene() leaves out what is negated, in the prompt and beside it", () => {
  assert.deepEqual(
    plan("a street without cars, a dog").subjects.map(({ id }) => id),
    ["dog"],
  );
  assert.deepEqual(
    plan("a cat and a dog", "dogs").subjects.map(({ id }) => id),
    ["cat"],
  );
  assert.equal(plan("a lake, no clouds").has.cloud, undefined);
});

for (const prompt of [
  "a rainbow over a farm after the rain",
  "ein Regenbogen nach dem Regen",
  "un arc-en-ciel après la pluie",
  "un arcoíris después de la lluvia",
  "雨后的彩虹",
]) {
  test(`planScene() lets it rain no more in "${prompt}"`, () => {
    const { has } = plan(prompt);
    assert.deepEqual([has.rainbow, has.after_rain, has.rain], [1, 1, undefined]);
  });
}

test("planScene() gives a colour to the subject beside which it stands", () => {
  const [apple, vase] = plan("a green apple and a blue vase").subjects;
  assert.equal(apple?.colour?.[2], 142);
  assert.equal(vase?.colour?.[2], 255);
});

test("planScene() reads a turn of the day, quotes, riders and looks", () => {
  const day = plan("the city from day to night");
  assert.deepEqual([day.hour, day.hourTo], [12, 23]);
  assert.equal(plan('a poster saying "HELLO"').title, "HELLO");
  assert.equal(plan("a knight riding a horse").subjects[0]?.relation?.id, "horse");
  assert.deepEqual(plan("a fox, oil painting").looks, ["oil"]);
});

test("planScene() tells fun and spicy from normal by the palette", () => {
  const tokens = readPrompt("a meadow");
  const skies = (["normal", "fun", "spicy"] as const).map((direction) =>
    planScene(tokens, { seed: 5, direction }).palette.sky[1].join(),
  );
  assert.equal(new Set(skies).size, 3);
});

test("planScene() lets an unknown word change the colours", () => {
  assert.notDeepEqual(
    plan("a blorptastic meadow").palette.sky,
    plan("a quixelated meadow").palette.sky,
  );
});

test("every subject of the lexicon has a painter", () => {
  const missing = LEXICON.entries
    .filter(({ category }) => SUBJECT_CATEGORIES.has(category))
    .filter(({ facts }) => !canDraw(facts.draw ?? "", facts.kind ?? ""))
    .map(({ id }) => id);
  assert.deepEqual(missing, []);
});

test("readPrompt() and planScene() never throw, whatever the words", () => {
  const words = fc.constantFrom(
    ...LEXICON.entries.map(({ id }) => id.replaceAll("_", " ")),
    "no",
    "and",
    ",",
    "7",
    "zzyx",
    '"A"',
    "🦊",
    "-",
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 14 }), fc.nat(), (soup, seed) => {
      const made = planScene(readPrompt(soup.join(" ")), { seed });
      assert.ok(made.horizon > 0.3 && made.horizon < 0.95);
      assert.ok(made.subjects.length <= 6);
    }),
    { numRuns: 300 },
  );
});
