import assert from "node:assert/strict";
import { test } from "node:test";
import { readPrompt } from "../../src/providers/offline/scene/read.ts";
import { GALLERY } from "./gallery.ts";
import { distance, takeImprint } from "./imprint.ts";
import { contactSheet, paintPrompt } from "./sheet.ts";

const prints = GALLERY.map((prompt) => paintPrompt(prompt, 256));
const imprints = prints.map(({ sheet }) => takeImprint(sheet));

test("GALLERY holds sixty different prompts, each with words that are known", () => {
  assert.equal(GALLERY.length, 60);
  assert.equal(new Set(GALLERY).size, 60);
  for (const prompt of GALLERY) assert.ok(readPrompt(prompt).mentions.length > 0, prompt);
});

test("paintPrompt() gives no two prompts of the gallery pictures that look alike", () => {
  const alike: string[] = [];
  for (const [index, one] of imprints.entries()) {
    for (const [later, other] of imprints.slice(index + 1).entries()) {
      const { forms, colours } = distance(one, other);
      if (forms >= 10 || colours >= 4) continue;
      alike.push(`${GALLERY[index]} / ${GALLERY[index + 1 + later]}: ${forms}, ${colours}`);
    }
  }
  assert.deepEqual(alike, []);
});

test("paintPrompt() paints the same prompt alike, at another size too", () => {
  for (const index of [0, 5, 23]) {
    const prompt = GALLERY[index] ?? "";
    const [first, again, large] = [256, 256, 512].map((side) =>
      takeImprint(paintPrompt(prompt, side).sheet),
    );
    assert.ok(first !== undefined && again !== undefined && large !== undefined);
    assert.deepEqual(again, first);
    assert.ok(distance(first, large).forms <= 9, prompt);
    assert.ok(distance(first, large).colours < 4, prompt);
  }
});

test("contactSheet() lays pictures out in rows with room for their prompts", () => {
  const sheet = contactSheet(prints.slice(0, 5), { columns: 2, side: 60, captions: true });
  assert.equal(sheet.width, 2 * 68 + 8);
  assert.equal(sheet.height, 3 * (60 + 8 + 34) + 8);
  const bare = contactSheet(prints.slice(0, 2), { columns: 2, side: 60, captions: false });
  assert.equal(bare.height, 60 + 16);
});
