import assert from "node:assert/strict";
import { test } from "node:test";
import { applyLooks } from "../look/apply.ts";
import { openSheet, type Sheet } from "../paint/canvas.ts";
import { buildScene } from "../paint/scene.ts";
import { openStage } from "../paint/stage.ts";
import { planScene, type ScenePlan } from "../scene/plan.ts";
import { readPrompt } from "../scene/read.ts";
import { capitals, fitLetters, letter, noteOn } from "./lettering.ts";

const SIDE = 96;

/** One sign alone, as it is set. */
function drawn(sign: string): string {
  const sheet = openSheet(SIDE, SIDE);
  const lettering = letter(sign, "serif");
  assert.ok(lettering !== null && !lettering.cut, sign);
  fitLetters(sheet.pen, lettering, { size: 64, width: SIDE });
  sheet.pen.fillText(lettering.text, 8, 72);
  return Buffer.from(pixelsOf(sheet)).toString("base64");
}

function pixelsOf({ pen, width, height }: Sheet): Uint8ClampedArray {
  return pen.getImageData(0, 0, width, height).data;
}

for (const [script, signs] of [
  ["Latin with its marks", "aŁčİệ"],
  ["Cyrillic", "ПриЖґ"],
  ["Greek", "Γειάᾳ"],
  ["Chinese, simplified", "营业中熊猫"],
  ["Chinese, traditional", "開放營業"],
  ["Japanese", "こラ語辻。"],
  ["Korean", "안녕하세"],
  ["Arabic", "مرحب"],
  ["Hebrew", "שלום"],
  ["Devanagari", "नमसद"],
  ["Bengali", "বাংল"],
  ["Tamil", "வணகம"],
  ["Thai", "สวดชร"],
  ["Georgian", "გამრჯ"],
  ["Armenian", "Բարև"],
] as const) {
  test(`letter() sets each sign of ${script} as itself, never as an empty box`, () => {
    const shapes = [...signs].map(drawn);
    assert.equal(new Set(shapes).size, shapes.length);
  });
}

test("letter() joins Arabic letters, and keeps to one font for a Japanese text", () => {
  const wide = (text: string): number => {
    const lettering = letter(text, "serif");
    assert.ok(lettering !== null);
    const { pen } = openSheet(8, 8);
    fitLetters(pen, lettering, { size: 64, width: 10_000 });
    return pen.measureText(text).width;
  };
  assert.ok(wide("ببب") < 3 * wide("ب"));
  assert.match(letter("日本の道", "serif")?.families ?? "", /^"[^"]*serif[^"]*", "[^"]*jp[^"]*"$/);
});

test("letter() refuses words that it cannot spell, and drops signs that are no letters", () => {
  assert.equal(letter("ᚠᚢᚦ", "serif"), null);
  const cheered = letter("Hurra 🎉 ★", "poster");
  assert.deepEqual([cheered?.text, cheered?.cut], ["Hurra", true]);
  assert.match(noteOn("ᚠᚢᚦ") ?? "", /left out/);
  assert.match(noteOn("Hurra 🎉") ?? "", /left out/);
  assert.equal(noteOn("Grüße"), null);
  assert.equal(noteOn(null), null);
});

test("capitals() leaves off Greek accents, and writes Georgian as it is", () => {
  assert.equal(capitals("Γειά σου"), "ΓΕΙΑ ΣΟΥ");
  assert.equal(capitals("გამარჯობა"), "გამარჯობა");
});

function painted(plan: ScenePlan): Uint8ClampedArray {
  const sheet = openSheet(160, 160);
  buildScene(openStage(plan, { width: 160, height: 160 })).draw(sheet);
  applyLooks(sheet, plan);
  return pixelsOf(sheet);
}

for (const prompt of ['a street, "营业中"', 'poster of a lake saying "こんにちは"']) {
  test(`applyLooks() letters the words of ${prompt}`, () => {
    const plan = planScene(readPrompt(prompt), { seed: 3 });
    const other = { ...plan, title: [...(plan.title ?? "")].reverse().join("") };
    assert.notDeepEqual(painted(plan), painted(other));
  });
}

test("applyLooks() leaves out a title that no font can spell", () => {
  const plan = planScene(readPrompt('a lake "ᚠᚢᚦ"'), { seed: 3 });
  assert.deepEqual(painted(plan), painted({ ...plan, title: null }));
});

test("castLayers() puts the words on the board of a sign, and nowhere else", () => {
  const plan = planScene(readPrompt('a wooden sign in a meadow that reads "OPEN"'), { seed: 3 });
  const [one, other] = [painted(plan), painted({ ...plan, title: "SHUT" })];
  const rows = new Set<number>();
  for (let at = 0; at < one.length; at += 1)
    if (Math.abs((one[at] ?? 0) - (other[at] ?? 0)) > 24) rows.add(Math.floor(at / 4 / 160));
  assert.ok(rows.size > 3, `${rows.size} rows differ`);
  assert.ok(Math.min(...rows) > 40, "words over the sky");
});

test("readPrompt() takes quotes of many lands, and single ones that are announced", () => {
  const quotes = ["„Größe“", "「開放」", "『春』", "«Мир»", "says 'OPEN'", "titled ‘Dawn’"];
  const read = quotes.map((quote) => readPrompt(`a shop, ${quote}`).quoted[0]);
  assert.deepEqual(read, ["Größe", "開放", "春", "Мир", "OPEN", "Dawn"]);
  assert.deepEqual(readPrompt("a sailor's boat and the boys' kites").quoted, []);
});
