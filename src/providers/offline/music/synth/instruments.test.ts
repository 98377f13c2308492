import assert from "node:assert/strict";
import { test } from "node:test";
import { chromaOf } from "../analysis/tonality.ts";
import { chanceOf } from "../chance.ts";
import { wrap } from "../theory.ts";
import { INSTRUMENTS } from "./instruments.ts";
import { DRUMS } from "./kits.ts";
import { newStage, RATE } from "./stage.ts";

const DRUM_STEMS = new Set([
  "acoustic",
  "machine",
  "brushes",
  "deep",
  "chipkit",
  "hands",
  "taiko",
  "shakers",
]);

for (const [name, { play, stem }] of Object.entries(INSTRUMENTS)) {
  if (play === null || DRUM_STEMS.has(name)) continue;
  test(`${name} plays the note that is written, and lets it die`, () => {
    const midi = stem === "bass" ? 45 : 69;
    const stage = newStage(8 * RATE);
    play({ at: 4800, length: RATE, midi, velocity: 0.7, chance: chanceOf(1, name) }, stage);
    assert.ok(stage.left.every(Number.isFinite), "finite");
    assert.ok(
      stage.left.subarray(0, 4800).every((value) => value === 0),
      "silent before it begins",
    );
    const chroma = chromaOf(stage, 9600, 43_200);
    const heard = chroma.indexOf(Math.max(...chroma));
    assert.equal(heard, wrap(midi, 12));
    assert.ok(Math.abs(stage.left.at(-1) ?? 1) < 1e-3, "has died away after seven seconds");
  });
}

for (const name of DRUM_STEMS) {
  test(`${name} has every drum of its map, no two hits the same`, () => {
    const play = INSTRUMENTS[name]?.play;
    assert.ok(play !== null && play !== undefined);
    for (const midi of Object.values(DRUMS)) {
      const chance = chanceOf(2, `${name}:${midi}`);
      const hits = [0, 1, 2, 3].map(() => {
        const stage = newStage(RATE * 3);
        play({ at: 0, length: 480, midi, velocity: 0.9, chance }, stage);
        return stage.left.reduce((sum, value) => sum + value * value, 0);
      });
      assert.ok(Math.min(...hits) > 0.01, `drum ${midi} sounds`);
      assert.ok(new Set(hits).size > 1, `drum ${midi} varies`);
    }
  });
}

test("a louder touch is louder and brighter on the piano", () => {
  const play = INSTRUMENTS.piano?.play;
  assert.ok(play !== null && play !== undefined);
  const [soft, loud] = [0.3, 0.95].map((velocity) => {
    const stage = newStage(RATE);
    play({ at: 0, length: RATE, midi: 48, velocity, chance: chanceOf(3, "touch") }, stage);
    const power = stage.left.reduce((sum, value) => sum + value * value, 0);
    const edges = stage.left.reduce(
      (sum, value, at) => sum + (value - (stage.left[at - 1] ?? 0)) ** 2,
      0,
    );
    return { power, brightness: edges / power };
  });
  assert.ok(soft !== undefined && loud !== undefined);
  assert.ok(loud.power > 3 * soft.power, "louder");
  assert.ok(
    loud.brightness > 1.3 * soft.brightness,
    `brighter: ${soft.brightness} ${loud.brightness}`,
  );
});
