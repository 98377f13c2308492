import assert from "node:assert/strict";
import { test } from "node:test";
import { insertSection, syllablesOf } from "./lyrics.ts";
import { areaBetween, type Brush, paintMask } from "./mask-strokes.ts";
import { boxOf, pixelsOf, ratioOfInput } from "./ratio.ts";
import { looksSecret } from "./secrets.ts";

test("boxOf() draws a ratio as it is, within a square, and nothing for what has none", () => {
  assert.deepEqual(boxOf("16:9"), { width: 24, height: 14 });
  assert.deepEqual(boxOf("720*1280"), { width: 14, height: 24 });
  assert.deepEqual(boxOf("1:1"), { width: 24, height: 24 });
  assert.equal(boxOf("auto"), null);
  assert.equal(boxOf("0:1"), null);
});

test("pixelsOf() reads pixels as text and as an object", () => {
  assert.deepEqual(pixelsOf("1024x768"), { width: 1024, height: 768 });
  assert.deepEqual(pixelsOf({ width: 10, height: 20 }), { width: 10, height: 20 });
  assert.equal(pixelsOf("16:9"), null);
});

test("ratioOfInput() keeps the place of a result", () => {
  assert.equal(ratioOfInput({ aspect_ratio: "16:9" }), 16 / 9);
  assert.equal(ratioOfInput({ size: "1280*640" }), 2);
  assert.equal(ratioOfInput({ size: "auto" }), null);
});

test("syllablesOf() counts what is sung", () => {
  assert.equal(syllablesOf("Open the windows, let the morning in"), 10);
  assert.equal(syllablesOf("I loved the shore"), 4);
  assert.equal(syllablesOf("[Chorus]"), 0);
  assert.equal(syllablesOf("   "), 0);
  assert.equal(syllablesOf("你好"), 2);
});

test("insertSection() puts a tag on a line of its own at the cursor", () => {
  assert.deepEqual(insertSection("", 0, "Verse"), { text: "[Verse]\n", cursor: 8 });
  const { text, cursor } = insertSection("one\ntwo", 4, "Chorus");
  assert.equal(text, "one\n\n[Chorus]\ntwo");
  assert.equal(text.slice(cursor), "two");
});

test("looksSecret() knows keys, and leaves words alone", () => {
  assert.ok(looksSecret('{"prompt":"use sk-abcdefghijklmnop1234"}'));
  assert.ok(looksSecret("vg_live_0123456789abcdef"));
  assert.ok(looksSecret("Authorization: Bearer abcdefghijklmnop1234"));
  assert.ok(!looksSecret("A bearer of good news walks through risk-free streets"));
});

test("areaBetween() keeps a rectangle within the picture, whichever corner came first", () => {
  assert.deepEqual(areaBetween([50, 40], [-10, 200], { width: 100, height: 100 }), {
    left: 0,
    top: 40,
    width: 50,
    height: 60,
  });
});

test("paintMask() erases, turns round and fills by how it lays paint over paint", () => {
  const acts: string[] = [];
  const brush: Brush = {
    canvas: { width: 10, height: 20 } as HTMLCanvasElement,
    globalCompositeOperation: "source-over",
    fillStyle: "",
    strokeStyle: "",
    lineWidth: 0,
    lineCap: "butt",
    lineJoin: "miter",
    clearRect: () => acts.push("clear"),
    fillRect: (...area: readonly number[]) => {
      acts.push(`${brush.globalCompositeOperation} ${area.join(" ")}`);
    },
    beginPath: () => {},
    moveTo: () => {},
    lineTo: () => {},
    stroke: () => {
      acts.push(`${brush.globalCompositeOperation} line ${brush.lineWidth}`);
    },
  };
  paintMask(
    brush,
    [
      { kind: "fill" },
      { kind: "eraser", size: 4, points: [1, 1] },
      { kind: "rectangle", area: { left: 1, top: 2, width: 3, height: 4 } },
      { kind: "invert" },
    ],
    "#000",
  );
  assert.deepEqual(acts, [
    "clear",
    "source-over 0 0 10 20",
    "destination-out line 4",
    "source-over 1 2 3 4",
    "xor 0 0 10 20",
  ]);
});
