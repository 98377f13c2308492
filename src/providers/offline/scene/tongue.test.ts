import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES } from "../lexicon/languages.ts";
import { planScene, type ScenePlan } from "./plan.ts";
import { LEXICON, readPrompt } from "./read.ts";

function plan(prompt: string): ScenePlan {
  return planScene(readPrompt(prompt), { seed: 3 });
}

const sentences = [
  ["ein roter Fuchs im verschneiten Wald bei Nacht", "forest", ["1 fox"], 23],
  ["drei Katzen auf der Fensterbank", "room", ["3 cat"], null],
  ["ein Leuchtturm an der Küste bei Sonnenuntergang", "coast", ["1 lighthouse"], 18.8],
  ["un faro en la costa al atardecer", "coast", ["1 lighthouse"], 18.8],
  ["dos perros en la playa", "beach", ["2 dog"], null],
  ["un renard dans la forêt, la nuit", "forest", ["1 fox"], 23],
  ["trois chevaux au bord du lac à l'aube", "lake", ["3 horse"], null],
  ["森林里的三只狐狸", "forest", ["3 fox"], null],
  ["海岸上的灯塔，日落", "coast", ["1 lighthouse"], 18.8],
] as const;

for (const [prompt, setting, subjects, hour] of sentences) {
  test(`readPrompt() reads ${prompt}`, () => {
    const read = plan(prompt);
    assert.equal(read.setting, setting);
    assert.deepEqual(
      read.subjects.map(({ count, id }) => `${count} ${id}`),
      subjects,
    );
    if (hour !== null) assert.equal(read.hour, hour);
  });
}

test("readPrompt() gives a colour to the noun before it where the language does", () => {
  const [car] = plan("un coche rojo en la calle").subjects;
  assert.equal(car?.colour?.[2], 27);
  assert.deepEqual(plan("ein Wald ohne Schnee").has.snow, undefined);
  assert.deepEqual(readPrompt("un bosque sin nieve").banned, ["snow"]);
});

test("readPrompt() keeps to English where words look foreign", () => {
  const read = plan("people chat and see a fox in the court");
  assert.ok(!read.subjects.some(({ id }) => id === "cat"));
  assert.notEqual(read.setting, "lake");
});

for (const { id, table } of LANGUAGES) {
  test(`LANGUAGES has ${id} with known entries only, 150 or more`, () => {
    const known = new Set(LEXICON.entries.map((entry) => entry.id));
    const lines = table.trim().split("\n");
    const ids = lines.map((line) => line.split(":")[0] ?? "");
    assert.deepEqual(
      ids.filter((each) => !known.has(each)),
      [],
    );
    assert.ok(ids.length >= 150, String(ids.length));
    assert.equal(new Set(ids).size, ids.length);
  });
}
